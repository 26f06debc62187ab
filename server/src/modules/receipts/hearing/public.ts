import { idSchema, localDate } from '@loa/protocol'
import type { Context as HonoContext } from 'hono'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import type { Router } from '../../../platform/http.ts'
import { addressGroup, addressOf } from '../../access/index.ts'
import { unitOn } from '../../org/index.ts'
import { askedOf, openLink, sayWord } from './commands.ts'
import { newestOf, wordSchema } from './model.ts'
import { closedPage, PAGE_POLICY, type Shown, villagePage } from './page.ts'
import { type LinkRow, saidBy } from './store.ts'

/** A form of ours is two hundred bytes. */
const FORM_CHARS_MAX = 2000

const pressSchema = z.object({ airing: idSchema, word: wordSchema })

type Page = ReturnType<typeof closedPage>

const answer = async (c: HonoContext, page: Page, status: 200 | 400 | 404 | 409 | 429 | 503): Promise<Response> => {
  c.header('Content-Security-Policy', PAGE_POLICY)
  c.header('X-Robots-Tag', 'noindex, nofollow')
  return c.html(await page, status)
}

const closed = (c: HonoContext, { refused }: Refusal): Promise<Response> =>
  refused === 'hearing.tooManyTries' ? answer(c, closedPage('tries'), 429) : answer(c, closedPage('unknown'), 404)

const show = async (ctx: Context, link: LinkRow, trouble?: Shown['trouble']): Promise<Page> => {
  const now = ctx.clock.now()
  const airings = await askedOf(ctx, ctx.db, link.village)
  const said = await saidBy(
    ctx.db,
    link.id,
    airings.map(({ id }) => id),
  )
  const newest = new Map(newestOf(said).map((each) => [each.airing, each]))
  return villagePage({
    name: link.name,
    villageName: (await unitOn(ctx.db, link.village, localDate(now)))?.name ?? '',
    expiresOn: link.expiresOn,
    now,
    asked: airings.map((airing) => ({ airing, said: newest.get(airing.id) })),
    trouble,
  })
}

/** The press in the body of a form; `undefined` for anything else. */
const pressIn = async (c: HonoContext): Promise<z.output<typeof pressSchema> | undefined> => {
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) return undefined
  const text = await c.req.text()
  if (text.length > FORM_CHARS_MAX) return undefined
  return pressSchema.safeParse(Object.fromEntries(new URLSearchParams(text))).data
}

const press = async (ctx: Context, c: HonoContext, link: LinkRow): Promise<Response> => {
  const pressed = await pressIn(c)
  if (pressed === undefined) return answer(c, await show(ctx, link, 'malformed'), 400)
  const refused = await sayWord(ctx, link, pressed)
  if (refused?.refused === 'hearing.notAsked') return answer(c, await show(ctx, link, 'notAsked'), 409)
  if (refused?.refused === 'hearing.tooManyPresses') return answer(c, await show(ctx, link, 'tooManyPresses'), 409)
  if (refused !== undefined) return closed(c, refused)
  // back to the page by GET, so that loading it again says nothing a second time; to the airing that was spoken of
  c.header('Location', `${c.req.path}#a-${pressed.airing}`)
  return c.body(null, 303)
}

/**
 * The one page that is open to people without an account: the token in its address is all there is to know. It needs no
 * script and no cookie. What goes wrong is said on the page and written without the address, which must not get into a log.
 */
export const publicRoutes = (router: Router, ctx: Context): void => {
  router.on(['GET', 'POST'], '/nghe/:token', async (c) => {
    try {
      const link = await openLink(ctx, c.req.param('token') ?? '', addressGroup(addressOf(c)))
      if (isRefusal(link)) return await closed(c, link)
      return c.req.method === 'POST' ? await press(ctx, c, link) : await answer(c, await show(ctx, link), 200)
    } catch (error) {
      ctx.log.error('Không mở được trang hỏi nghe loa.', { error })
      return answer(c, closedPage('fault'), 503)
    }
  })
}
