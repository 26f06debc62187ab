import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Context as HonoContext } from 'hono'
import type { Actor } from '../../kernel/actor.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router, reply } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { deviceOf, listensOf } from '../devices/index.ts'
import { recordsBelow, unitPath } from '../org/index.ts'
import {
  partSchema,
  partsOfSound,
  presentPart,
  presentReadBy,
  presentWord,
  readBySchema,
  soundsOf,
  timedWordSchema,
  unitsFramedBy,
  unitsOfVoicedSound,
  voicingsById,
} from '../voicing/index.ts'
import { soundAnswer } from './sound-file.ts'
import { soundReaches, unitsOfSound } from './store.ts'

/** What stands around the notices of a unit above is heard around one's own. */
const standsAbove = async (ctx: Context, units: readonly string[], hash: string): Promise<boolean> => {
  const framed = await unitsFramedBy(ctx.db, hash)
  if (framed.length === 0) return false
  const paths = await Promise.all(units.map((unit) => unitPath(ctx.db, unit, localDate(ctx.clock.now()))))
  return paths.some((path) => path?.some((unit) => framed.includes(unit)))
}

/** The units of the actor's posts and everything below them. */
const unitsBelow = (ctx: Context, actor: Actor): Promise<readonly string[]> =>
  recordsBelow(
    ctx.db,
    actor.posts.map(({ unit }) => unit),
    localDate(ctx.clock.now()),
  )

/** The actor's units where one of them, or anything below, made, issues or hears this sound; undefined where none does. */
const unitsHearing = async (ctx: Context, actor: Actor, hash: string): Promise<readonly string[] | undefined> => {
  const [voiced, released] = await Promise.all([unitsOfVoicedSound(ctx.db, hash), unitsOfSound(ctx.db, hash)])
  const concerned = new Set([...voiced, ...released])
  if (concerned.size === 0) return undefined
  const own = await unitsBelow(ctx, actor)
  const posts = actor.posts.map(({ unit }) => unit)
  return own.some((unit) => concerned.has(unit)) || (await standsAbove(ctx, posts, hash)) ? own : undefined
}

/** Whether the device listens, now or later, to a unit for which a release with this sound is proposed or issued. */
const reachesDevice = async (ctx: Context, device: string, hash: string): Promise<boolean> => {
  const now = ctx.clock.now()
  const listens = await listensOf(ctx.db, device, localDate(now))
  const units = listens.filter(({ to }) => to === null || to > now).map(({ unit }) => unit)
  return soundReaches(ctx.db, hash, units)
}

const answer = async (ctx: Context, c: HonoContext, hash: string): Promise<Response> => {
  const bytes = await ctx.blobs.get(hash)
  if (bytes === undefined) return reply(c, refuse('input.notFound'))
  return soundAnswer(hash, bytes, { range: c.req.header('range'), known: c.req.header('if-none-match') })
}

const described = (router: Router, path: string, summary: string): void => {
  router.openAPIRegistry.registerPath({
    method: 'get',
    path,
    summary,
    request: { params: z.object({ hash: z.string() }) },
    responses: {
      200: { description: 'OK', content: { 'audio/ogg': { schema: z.string().openapi({ format: 'binary' }) } } },
    },
  })
}

const timelineSchema = z
  .object({
    durationMs: z.number(),
    parts: z.array(
      partSchema.extend({
        /** The text as it was written; null for what is no reading of a text. */
        written: z.string().nullable(),
        /** What is said of it, word by word: `atMs` from the beginning of the whole sound, `from` and `to` in `written`. */
        words: z.array(timedWordSchema),
        /** What made it sound so; null for what is no reading of a text. */
        readBy: readBySchema.nullable(),
      }),
    ),
  })
  .openapi('SoundTimeline')

/** What is heard when, with the words. Of a sound that is one reading, the reading is its only part. */
const timelineOf = async (
  ctx: Context,
  hash: string,
  units: readonly string[],
): Promise<z.input<typeof timelineSchema> | undefined> => {
  const sound = (await soundsOf(ctx.db, [hash])).get(hash)
  if (sound === undefined) return undefined
  const { durationMs } = sound
  const parts = await partsOfSound(ctx.db, { sound: hash, durationMs, units })
  const voicings = new Map(
    (await voicingsById(ctx.db, [...new Set(parts.flatMap(({ voicing }) => voicing ?? []))])).map((each) => [
      each.id,
      each,
    ]),
  )
  return {
    durationMs,
    parts: parts.map((part) => {
      const said = part.voicing === null ? undefined : voicings.get(part.voicing)
      const words = said?.words ?? []
      return {
        ...presentPart(part),
        written: said?.written ?? null,
        words: words.map((word) => presentWord(word, part.atMs)),
        readBy: said === undefined ? null : presentReadBy(said),
      }
    }),
  }
}

const timelineRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/sounds/{hash}/timeline',
      summary:
        'Trong âm thanh sẽ phát, lúc nào nghe gì: âm báo, nhạc hiệu, từng lần đọc và từng từ (mili giây từ đầu); để hiện chữ chạy theo tiếng trên màn hình, bảng điện tử và cổng thông tin',
      params: z.object({ hash: z.string().max(64) }),
      result: timelineSchema,
    },
    async ({ params: { hash }, c }) => {
      const units = await unitsHearing(ctx, actorOf(c), hash)
      return (units && (await timelineOf(ctx, hash, units))) ?? refuse('input.notFound')
    },
  )

export const releaseRoutes = (router: Router, ctx: Context): void => {
  described(router, '/api/sounds/{hash}', 'Âm thanh sẽ phát, đúng từng byte')
  router.get('/api/sounds/:hash', async (c) => {
    const { hash } = c.req.param()
    return (await unitsHearing(ctx, actorOf(c), hash)) ? answer(ctx, c, hash) : reply(c, refuse('input.notFound'))
  })
  described(router, '/api/device/sounds/{hash}', 'Âm thanh cho thiết bị: chỉ những gì được gửi tới nơi thiết bị nghe')
  router.get('/api/device/sounds/:hash', async (c) => {
    const { hash } = c.req.param()
    const device = deviceOf(c)
    return (await reachesDevice(ctx, device, hash)) ? answer(ctx, c, hash) : reply(c, refuse('input.notFound'))
  })
  timelineRoute(router, ctx)
}
