import { z } from '@hono/zod-openapi'
import { classSchema, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath, unitsOn } from '../../org/index.ts'
import { lengthsOf } from '../airing/commands.ts'
import { CHIME } from '../airing/model.ts'
import { type Voicing, voicingsById } from '../commands.ts'
import { mayVoice } from '../policy.ts'
import { chooseFrame, frameOfUnit, soundsChosen } from './commands.ts'
import { type InForce, SECONDS_MAX, type SoundChoice, soundFields } from './model.ts'
import { maySeeFrame, maySetFrame } from './policy.ts'

const unit = z.string().min(1).max(64)

const soundSchema = z.object({ hash: z.string(), durationMs: z.number(), levels: z.array(z.number()) })
const fromSchema = z.object({ unit: z.string(), name: z.string() }).nullable()
/** What a unit chose: the built-in chime, its own sound, or none. */
const choiceSchema = z.object({ use: z.enum(['chime', 'own', 'none']), sound: soundSchema.nullable() })
const fieldSchema = z.object({
  /** What the unit itself chose; null where it takes what the unit above has. */
  own: choiceSchema.nullable(),
  /** What is heard, and of which unit that is; null where nobody chose. */
  inForce: choiceSchema,
  from: fromSchema,
  secondsMax: z.number(),
})
const again = z.enum(['always', 'urgent', 'never'])
const frameSchema = z
  .object({
    unit: z.string(),
    attention: fieldSchema,
    opening: fieldSchema,
    closing: fieldSchema,
    again: z.object({ own: again.nullable(), inForce: again, from: fromSchema }),
    chimeMs: z.number(),
    may: z.object({ change: z.boolean() }),
  })
  .openapi('NoticeFrame')
type Shown = z.input<typeof frameSchema>

const shownChoice = (choice: NonNullable<SoundChoice>, sounds: ReadonlyMap<string, Voicing>) => {
  const sound = choice.use === 'own' ? sounds.get(choice.voicing)?.sound : undefined
  return {
    use: choice.use,
    sound: sound ? { hash: sound.hash, durationMs: sound.durationMs, levels: [...sound.levels] } : null,
  }
}

const present = async (ctx: Context, actor: Actor, of: string): Promise<Shown> => {
  const on = localDate(ctx.clock.now())
  const { own, inForce } = await frameOfUnit(ctx, ctx.db, of)
  const sounds = await soundsChosen(
    ctx.db,
    soundFields.flatMap((field) => [own[field], inForce[field].value]),
  )
  const units = [...soundFields, 'again' as const].flatMap((field) => inForce[field].from ?? [])
  const names = new Map((await unitsOn(ctx.db, on, [...new Set(units)])).map(({ id, name }) => [id, name]))
  const from = ({ from: id }: InForce<unknown>) => (id === null ? null : { unit: id, name: names.get(id) ?? id })
  const field = (name: (typeof soundFields)[number]): Shown['attention'] => {
    const choice = own[name]
    return {
      own: choice && shownChoice(choice, sounds),
      inForce: shownChoice(inForce[name].value, sounds),
      from: from(inForce[name]),
      secondsMax: SECONDS_MAX[name],
    }
  }
  return {
    unit: of,
    ...{ attention: field('attention'), opening: field('opening'), closing: field('closing') },
    again: { own: own.again, inForce: inForce.again.value, from: from(inForce.again) },
    chimeMs: CHIME.durationMs,
    may: { change: authorise(actor, maySetFrame, await unitPath(ctx.db, of, on)) === undefined },
  }
}

const ownSound = z.object({ use: z.literal('own'), voicing: z.string().min(1).max(64) })
const jingle = z.union([z.object({ use: z.literal('none') }), ownSound]).nullable()
const attention = z.union([z.object({ use: z.enum(['chime', 'none']) }), ownSound]).nullable()

const lengthRoute = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/airing-length',
      summary: 'Một lượt phát dài bao lâu, kể cả âm hiệu, số lần đọc và lời nhắc lại; voicings cách nhau bằng dấu phẩy',
      query: z.object({
        unit,
        class: classSchema,
        standing: z.enum(['true', 'false']).default('false'),
        repeats: z.coerce.number().int().min(1).max(5),
        voicings: z.string().min(1).max(600),
      }),
      result: z.object({ durationMs: z.number() }),
    },
    async ({ query, c }) => {
      const allowed = async (id: string) =>
        authorise(actorOf(c), mayVoice, await unitPath(ctx.db, id, localDate(ctx.clock.now())))
      const found = new Map((await voicingsById(ctx.db, query.voicings.split(','))).map((each) => [each.id, each]))
      const readings = query.voicings.split(',').flatMap((id) => found.get(id) ?? [])
      if (readings.length !== query.voicings.split(',').length) return refuse('input.notFound')
      for (const of of new Set([query.unit, ...readings.map((reading) => reading.unit)])) {
        const refused = await allowed(of)
        if (refused) return refused
      }
      const { class: of, repeats } = query
      const standing = query.standing === 'true'
      const all = readings.map((reading) => ({ unit: query.unit, class: of, standing, repeats, reading }))
      return { durationMs: (await lengthsOf(ctx, ctx.db, all)).reduce((sum, ms) => sum + ms, 0) }
    },
  )

export const frameRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/frames/{unit}',
      summary: 'Âm hiệu quanh tin của đơn vị: âm báo, nhạc hiệu, lời nhắc lại',
      params: z.object({ unit }),
      result: frameSchema,
    },
    async ({ params, c }) => {
      const actor = actorOf(c)
      const refused = authorise(actor, maySeeFrame, await unitPath(ctx.db, params.unit, localDate(ctx.clock.now())))
      return refused ?? present(ctx, actor, params.unit)
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/frames/{unit}',
      summary: 'Đổi âm hiệu quanh tin; mục nào không gửi thì giữ nguyên, null là theo cấp trên',
      params: z.object({ unit }),
      body: z.strictObject({
        attention: attention.optional(),
        opening: jingle.optional(),
        closing: jingle.optional(),
        again: again.nullable().optional(),
      }),
      result: frameSchema,
    },
    async ({ params, body, c }) => {
      const actor = actorOf(c)
      const done = await chooseFrame(ctx, actor, { unit: params.unit, change: body })
      return isRefusal(done) ? done : present(ctx, actor, params.unit)
    },
  )
  lengthRoute(router, ctx)
}
