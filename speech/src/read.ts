/** Reads a text: one pass from left to right, the first rule that recognises something wins. */
import { abbreviations } from './abbreviations.ts'
import { addresses } from './addresses.ts'
import { localNumbers } from './calls.ts'
import { DIGIT, digitsEnd, FOREIGN, kindOf, LETTER, lettersEnd, MARK, NEWLINE, SPACE } from './characters.ts'
import { digitCodes, letterCodes, plates } from './codes.ts'
import { dates } from './dates.ts'
import { documents } from './documents.ts'
import { findEntry, indexLexicon, type LexiconIndex } from './lexicon.ts'
import { currency, gluedMoney } from './money.ts'
import { groups, names } from './names.ts'
import { phones } from './phones.ts'
import { type Prepared, prepare } from './prepare.ts'
import { quantities } from './quantities.ts'
import { roman } from './roman.ts'
import { followsLast, type Hit, openScene, type Rule, type Said, type Scene, say } from './scene.ts'
import { compose } from './spoken.ts'
import { isSyllable } from './syllables.ts'
import { symbols } from './symbols.ts'
import { times } from './times.ts'
import type { Lexicon, Pause, Reading, SpokenWord } from './types.ts'
import { degreeLetters, units } from './units.ts'
import { andSoOn, words } from './words.ts'

/** What may stand at a digit, the most particular writing first, chosen by the character after the first digits. */
// biome-ignore format: a table
const BEFORE_SIGN: Readonly<Record<string, readonly Rule[]>> = {
  ' ': [phones, localNumbers, documents, dates, times, quantities],
  '.': [addresses, plates, phones, localNumbers, dates, gluedMoney, quantities],
  '-': [addresses, plates, phones, localNumbers, documents, dates, quantities],
  '–': [documents, dates, quantities],
  '—': [dates, quantities],
  '/': [phones, documents, dates, quantities],
  ':': [addresses, times, quantities],
  "'": [times, quantities],
  ',': [phones, localNumbers, gluedMoney, quantities],
}
const BEFORE_LETTER: readonly Rule[] = [addresses, plates, documents, dates, times, gluedMoney, digitCodes, quantities]
const BEFORE_END: readonly Rule[] = [phones, localNumbers, quantities]
const BEFORE_OTHER: readonly Rule[] = [addresses, phones, localNumbers, dates, quantities]
const ONLY_NUMBER: readonly Rule[] = [quantities]

/** What may stand at a letter. */
// biome-ignore format: one list
const AT_LETTER: readonly Rule[] = [
  addresses, andSoOn, degreeLetters, currency, units, roman, groups, letterCodes, abbreviations, names, words,
]

const firstHit = (rules: readonly Rule[], scene: Scene, at: number): Hit | undefined => {
  for (const rule of rules) {
    const hit = rule(scene, at)
    if (hit !== undefined) return hit
  }
  return undefined
}

/** Signs after a word that make it more than a word. */
const JOINS = /[\d@&./:\-–'’‘²³,]/

/** True when nothing but the first letter is a capital. */
const isWrittenSmall = (scene: Scene, at: number, to: number): boolean => {
  for (let i = at + 1; i < to; i++) if (scene.text.charCodeAt(i) !== scene.lower.charCodeAt(i)) return false
  return true
}

/** Most words are plain syllables: nothing but their own letters needs to be looked at. */
const plainWord = (scene: Scene, at: number): Hit | undefined => {
  const to = lettersEnd(scene.text, at)
  const lower = scene.lower.slice(at, to)
  if (to < at + 2 || !isWrittenSmall(scene, at, to)) return undefined
  const next = scene.text[to] ?? ' '
  if (next !== ' ' && JOINS.test(next) && /[\p{L}\d@/]/u.test(scene.text[to + 1] ?? ' ')) return undefined
  if (!isSyllable(lower) || SPECIAL.has(lower)) return undefined
  return say({ text: scene.text.slice(at, to), from: at, to, rule: 'plain' })
}

/** Syllables that some rule may still claim: names and units that look like words. */
const SPECIAL = new Set('ha no tr ph cor kor top hot chat ron gas dap ths tp tx tt đak dak bana'.split(' '))

const foreignRun = (scene: Scene, at: number): Hit => {
  let to = at
  while (to < scene.text.length) {
    const code = scene.text.codePointAt(to) ?? 0
    const kind = kindOf(code)
    if (kind !== FOREIGN && kind !== MARK) break
    to += code > 0xffff ? 2 : 1
  }
  return say({ text: 'chữ nước ngoài', from: at, to, rule: 'foreign-script', doubtful: [] })
}

const pass = (to: number): Hit => ({ to, said: [] })

/** A telephone number without blanks has more digits than this. */
const SHORT_NUMBER_DIGITS = 6
/** After a blank only these go on with a number: another group of digits, a dash, an hour, a slash. */
const GOES_ON = /[\d\-–—/ghGHA-ZĐ(.:]/
/** Signs after which a short number is only a number. */
const ENDS_NUMBER = /[\s;%\]"”|)]/

const rulesAtDigit = (scene: Scene, at: number): readonly Rule[] => {
  const to = digitsEnd(scene.text, at)
  const next = scene.text[to] ?? '\n'
  const short = to - at <= SHORT_NUMBER_DIGITS
  if (kindOf(next.charCodeAt(0)) === LETTER) return BEFORE_LETTER
  if (short && next === ' ' && !GOES_ON.test(scene.text[to + 1] ?? '\n')) return ONLY_NUMBER
  if (next !== ' ' && ENDS_NUMBER.test(next)) return short && scene.text[at - 1] !== '(' ? ONLY_NUMBER : BEFORE_END
  return BEFORE_SIGN[next] ?? BEFORE_OTHER
}

const number = (scene: Scene, at: number): Hit => firstHit(rulesAtDigit(scene, at), scene, at) ?? pass(at + 1)

const recognise = (scene: Scene, at: number): Hit => {
  const code = scene.text.codePointAt(at) ?? 0
  const kind = kindOf(code)
  if (kind === LETTER) return plainWord(scene, at) ?? firstHit(AT_LETTER, scene, at) ?? pass(lettersEnd(scene.text, at))
  if (kind === DIGIT) return number(scene, at)
  if (kind === SPACE && scene.text[at] !== '\t') return pass(at + 1)
  if (kind === FOREIGN) return foreignRun(scene, at)
  if (kind === MARK) return pass(at + 1)
  return symbols(scene, at) ?? pass(at + (code > 0xffff ? 2 : 1))
}

const RANKS: Readonly<Record<Pause, number>> = { none: 0, short: 1, sentence: 2, paragraph: 3 }

/** The words said so far; a later sign may lengthen the rest after the last of them. */
class Script {
  readonly said: Said[] = []

  add(hit: Hit): void {
    this.said.push(...hit.said)
    if (hit.pause !== undefined) this.rest(hit.pause)
  }

  rest(pause: Pause): void {
    const last = this.said.at(-1)
    if (last !== undefined && RANKS[pause] > RANKS[last.pause ?? 'none'])
      this.said[this.said.length - 1] = { ...last, pause }
  }
}

/** Lines this long or longer are judged by their beginning. */
const LINE_CHARS_SEEN = 120

/** A line is written in capitals when it has at least four of them and hardly a small letter. */
const isCapsLine = (texts: { readonly text: string; readonly lower: string }, at: number): boolean => {
  let capitals = 0
  let letters = 0
  for (let i = at; i < at + LINE_CHARS_SEEN && i < texts.text.length; i++) {
    const kind = kindOf(texts.text.charCodeAt(i))
    if (kind === NEWLINE) break
    if (kind !== LETTER) continue
    letters++
    if (texts.text[i] !== texts.lower[i]) capitals++
  }
  return capitals >= 4 && letters * 8 <= capitals * 9
}

/** A line that goes on in small letters continues the one before: the break was only the edge of the paper. */
const isWrapped = (scene: Scene, at: number): boolean => {
  const before = scene.text.slice(Math.max(0, at - 8), at).trimEnd()
  return /[\p{L}\d,]$/u.test(before) && /^\s*\p{Ll}(?![.)])/u.test(scene.text.slice(at, at + 12))
}

const COUNTS = /^(?:number|fraction)/
const ENDS_IN_FIGURE = /[\dIVX]/
const ENDS_IN_NUMBER =
  /(?:^| )(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|triệu|tỷ|nhất)$/

/** "trên báo động III 0,42m": two numbers without a sign between them would be heard as one, so the voice rests. */
const standsBesideNumber = (scene: Scene, at: number, hit: Hit): boolean => {
  const { last } = scene
  const first = hit.said[0]
  if (last === undefined || first === undefined || last.to >= at) return false
  if (first.rule === 'phone' && last.rule === 'phone') return followsLast(scene, at)
  if (!COUNTS.test(first.rule)) return false
  if (last.rule === 'plain' || last.rule === 'unit' || (first.rule === 'fraction' && last.rule === 'number'))
    return false
  return ENDS_IN_FIGURE.test(scene.text[last.to - 1] ?? '') && ENDS_IN_NUMBER.test(last.text) && followsLast(scene, at)
}

const BULLETS = /[\s\-–—*+•·#>_"“(]/

const startLine = (scene: Scene, at: number, script: Script): void => {
  if (!isWrapped(scene, at)) script.rest('paragraph')
  scene.lineStart = true
  scene.capsLine = isCapsLine(scene, at + 1)
}

const readPrepared = (text: string, index: LexiconIndex): readonly Said[] => {
  const lowered = text.toLowerCase()
  const lower = lowered.length === text.length ? lowered : text
  const scene = openScene(text, lower)
  scene.capsLine = isCapsLine(scene, 0)
  const script = new Script()
  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at))
    if (kind === NEWLINE) startLine(scene, at, script)
    if (kind === NEWLINE || (kind === SPACE && text[at] !== '\t')) {
      at++
      continue
    }
    const entry = index.size === 0 ? undefined : findEntry(index, scene, at)
    const hit =
      entry === undefined
        ? recognise(scene, at)
        : say({ text: entry.spoken, from: at, to: at + entry.written.length, rule: 'lexicon' })
    if (standsBesideNumber(scene, at, hit)) script.rest('short')
    script.add(hit)
    if (hit.said.length > 0) scene.last = hit.said.at(-1)
    if (hit.said.length > 0 || !BULLETS.test(text[at] ?? '')) scene.lineStart = false
    at = Math.max(hit.to, at + 1)
  }
  return script.said
}

/** Turns offsets of the prepared text into offsets of the source, in order and never empty. */
const toSource = (said: readonly Said[], { starts, ends }: Prepared): readonly SpokenWord[] => {
  const result: SpokenWord[] = []
  let end = 0
  for (const word of said) {
    const from = Math.max(starts?.[word.from] ?? word.from, end)
    const to = ends?.[word.to - 1] ?? word.to
    const { text, rule, pause = 'none', doubtful } = word
    const previous = result.at(-1)
    if (to > from) {
      result.push(doubtful === undefined ? { text, from, to, rule, pause } : { text, from, to, rule, pause, doubtful })
      end = to
    } else if (previous !== undefined) {
      result[result.length - 1] = { ...previous, text: `${previous.text} ${text}`, pause }
    }
  }
  return result
}

/** The words of an operator's reading: the same rules read it, without any lexicon. */
const speakable = (spoken: string): string =>
  readPrepared(prepare(spoken.slice(0, 1000)).text, new Map())
    .map((word) => word.text)
    .join(' ')

/**
 * Turns official Vietnamese text into words to be spoken. Pure and linear; any string is accepted.
 * The lexicon's readings come before every rule.
 */
export const read = (text: string, lexicon: Lexicon = []): Reading => {
  const prepared = prepare(text)
  return compose(toSource(readPrepared(prepared.text, indexLexicon(lexicon, speakable)), prepared))
}
