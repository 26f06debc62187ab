import { type Instant, localDate } from '@loa/protocol'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { localIso } from '../../../kernel/instant.ts'
import { sha256Hex } from '../../../platform/crypto.ts'
import { type Airing, stateOf } from '../../schedule/index.ts'
import text from './i18n/page.vi.json' with { type: 'json' }
import { type Word, words } from './model.ts'

type Text = keyof typeof text
type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const say = (name: Text, blanks: Readonly<Record<string, string>> = {}): string =>
  text[name].replace(/\{(\w+)\}/g, (_, blank: string) => blanks[blank] ?? '')

/**
 * All of the page's looks: no file beside it, for each is another wait on a bad line. Sizes follow the reader's own text size;
 * buttons are as wide as the page and as high as a thumb. Red is kept for real emergencies.
 */
const STYLE = `:root{color-scheme:light dark;--ink:#1b2a2f;--soft:#4a5a60;--paper:#fbfaf7;--card:#fff;--line:#7d878a;--teal:#0f5c63;--on:#fff;--ok:#1f6a3e;--oks:#e6f3ea;--sunk:#f3f1ea}
@media(prefers-color-scheme:dark){:root{--ink:#eceae4;--soft:#b9c2c4;--paper:#10181a;--card:#182326;--line:#7d8b8f;--teal:#7cc4c4;--on:#0b1a1c;--ok:#7ccf9b;--oks:#16301f;--sunk:#0b1214}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}body{margin:0;background:var(--paper);color:var(--ink);font:400 1.125rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
main{max-width:38rem;margin:0 auto;padding:1rem}h1{font-size:1.5rem;line-height:1.35;margin:.25rem 0}h2{font-size:1.25rem;line-height:1.4;margin:0}p{margin:.5rem 0}
.soft{color:var(--soft)}article{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem;margin:1rem 0;scroll-margin-top:1rem}
.tag{display:inline-block;border:2px solid currentColor;border-radius:.5rem;padding:0 .5rem;font-weight:700}
form{display:grid;gap:.75rem;margin:.75rem 0 0}button{font:inherit;font-size:1.25rem;font-weight:700;line-height:1.35;color:var(--ink);background:var(--card);border:2px solid var(--line);border-radius:.75rem;min-height:4rem;padding:.75rem 1rem;width:100%;text-align:left;cursor:pointer;display:flex;align-items:center;gap:.75rem}
button svg,.said svg{flex:none;width:2rem;height:2rem;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}button span{min-width:0}
button[aria-pressed=true]{background:var(--teal);border-color:var(--teal);color:var(--on)}button:focus-visible{outline:.25rem solid var(--teal);outline-offset:.2rem}
.said{display:flex;gap:.5rem;background:var(--oks);color:var(--ok);border-radius:.5rem;padding:.5rem .75rem;font-weight:700}.trouble{background:var(--ink);color:var(--paper);border-radius:.5rem;padding:.75rem 1rem;font-weight:700}
footer{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:.5rem;font-size:1rem}`

/** Nothing but this page's own style and its own form: no script, no picture, no font, no frame, nobody else's address. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${Buffer.from(sha256Hex(STYLE), 'hex').toString('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const drawings: Readonly<Record<Word, string>> = {
  clear: 'M3 10v4h4l6 4V6l-6 4zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  unclear: 'M3 10v4h4l6 4V6l-6 4zM17 10a1.8 1.8 0 1 1 2.5 1.6c-.5.3-.7.6-.7 1.2M18.800 15.200v.1',
  none: 'M3 10v4h4l6 4V6l-6 4zM16.500 9.500l5 5M21.500 9.500l-5 5',
}

const CHECK = 'M4 12.5 9.5 18 20 6.500'

const drawing = (path: string): Html =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${path}"/></svg>`

const timeWords = (at: Instant): string => localIso(at).slice(11, 16)

const whenWords = (at: Instant, now: Instant): string =>
  say(localDate(at) === localDate(now) ? 'today' : 'yesterday', { time: timeWords(at) })

/** `22/11/2026` */
const dateWords = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`

const frame = (title: string, body: Html): Html => html`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>${title}</title><link rel="icon" href="data:,"><style>${rawStyle}</style></head><body><main>${body}</main></body></html>`

/** The style is ours and holds nothing to be escaped; escaping its quotation marks would change its hash. */
const rawStyle = Object.assign(new String(STYLE), { isEscaped: true as const }) as unknown as HtmlEscapedString

/** What one airing's part of the page says: its title, when it was, and what its reader has said of it so far. */
export type Asked = {
  readonly airing: Airing
  readonly said: { readonly word: Word; readonly at: Instant } | undefined
}

const tagOf = ({ airing }: Asked, now: Instant): Html => {
  const kind = airing.class === 'normal' ? '' : html`<span class="tag">${say(`kind.${airing.class}`)}</span> `
  const playing = stateOf(airing, now) === 'playing' ? html` <span class="tag">${say('playing')}</span>` : ''
  return html`<p class="soft">${kind}${whenWords(airing.at, now)}${playing}</p>`
}

const button = (word: Word, isSaid: boolean): Html =>
  html`<button name="word" value="${word}" aria-pressed="${String(isSaid)}">${drawing(drawings[word])}<span>${say(`word.${word}`)}</span></button>`

const saidLine = ({ said }: Asked): Html => {
  if (said === undefined) return html``
  const line = say('said', { time: timeWords(said.at), word: say(`word.${said.word}`) })
  return html`<p class="said" role="status">${drawing(CHECK)}<span>${line}${said.word === 'none' ? html`<br>${say('sent')}` : ''}</span></p>`
}

/** A form without an action goes back to the address it came from, which is the only place where the token stands. */
const article = (asked: Asked, now: Instant): Html => {
  const { airing, said } = asked
  const heading = `t-${airing.id}`
  return html`<article id="a-${airing.id}"><h2 id="${heading}">${airing.title}</h2>${tagOf(asked, now)}${saidLine(asked)}<form method="post" aria-labelledby="${heading}"><input type="hidden" name="airing" value="${airing.id}">${words.map((word) => button(word, said?.word === word))}</form></article>`
}

export type Shown = {
  readonly name: string
  readonly villageName: string
  readonly expiresOn: string
  readonly now: Instant
  readonly asked: readonly Asked[]
  /** Why the last press was not kept. */
  readonly trouble: 'notAsked' | 'tooManyPresses' | 'malformed' | undefined
}

/** The page of a village: nothing but titles of what was on air there, and three buttons for each. */
export const villagePage = ({ name, villageName, expiresOn, now, asked, trouble }: Shown): Html => {
  const told = trouble === undefined ? '' : html`<p class="trouble" role="alert">${say('notKept')} ${say(trouble)}</p>`
  const list =
    asked.length === 0
      ? html`<p>${say('empty')}</p>`
      : html`<p>${say('lead')}</p>${asked.map((each) => article(each, now))}<p class="soft">${say('onlyDay')}</p>`
  const foot = say('foot', { name, date: dateWords(expiresOn) })
  return frame(
    say('title'),
    html`<h1>${say('title')}</h1><p class="soft">${say('to', { name, village: villageName })}</p>${told}${list}<footer><p class="soft">${foot}</p></footer>`,
  )
}

/** What somebody sees whose link does not open, with plain words and nothing about what there is or was. */
export const closedPage = (why: 'unknown' | 'tries' | 'fault'): Html =>
  frame(say(`${why}.title`), html`<h1>${say(`${why}.title`)}</h1><p>${say(`${why}.words`)}</p>`)
