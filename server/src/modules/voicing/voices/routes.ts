import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { endpoint, type Router } from '../../../platform/http.ts'
import { actorOf } from '../../access/index.ts'
import { unitsOn } from '../../org/index.ts'
import { type SeenSettings, seeSettings, setVoiceSettings } from './commands.ts'
import { accentSchema, type Effective, ownSettingsSchema, rateSchema } from './model.ts'

/** The unit a setting comes from; `null` where nobody has set it. */
const fromSchema = z.object({ id: z.string(), name: z.string() }).nullable()
const effectiveSchema = z.object({
  accent: accentSchema,
  rate: rateSchema,
  voices: z.array(z.string()),
  hornFilter: z.boolean(),
  from: z.object({ accent: fromSchema, rate: fromSchema, voices: fromSchema, hornFilter: fromSchema }),
})

const troubleSchema = z.object({
  code: z.enum(['folderRefused', 'engineMissing', 'modelBroken', 'unreachable', 'wrongAnswer', 'tokenRefused']),
  detail: z.string(),
})

const settingsSchema = effectiveSchema
  .extend({
    /** What would hold if the unit had set nothing itself. */
    above: effectiveSchema,
    /** Every voice this server knows, with its state now. */
    installed: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        state: z.enum(['ready', 'starting', 'away']),
        accents: z.array(accentSchema),
        trouble: troubleSchema.nullable(),
      }),
    ),
    may: z.object({ set: z.boolean() }),
  })
  .openapi('VoiceSettings')

const shownEffective = (
  { settings, from }: Effective,
  names: ReadonlyMap<string, string>,
): z.input<typeof effectiveSchema> => {
  const who = (unit: string | undefined) => (unit === undefined ? null : { id: unit, name: names.get(unit) ?? unit })
  return {
    ...settings,
    voices: [...settings.voices],
    from: {
      accent: who(from.accent),
      rate: who(from.rate),
      voices: who(from.voices),
      hornFilter: who(from.hornFilter),
    },
  }
}

const present = async (
  ctx: Context,
  { effective, above, maySet }: SeenSettings,
): Promise<z.input<typeof settingsSchema>> => {
  const units = [...Object.values(effective.from), ...Object.values(above.from)].flatMap((unit) => unit ?? [])
  const rows = await unitsOn(ctx.db, localDate(ctx.clock.now()), [...new Set(units)])
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return {
    ...shownEffective(effective, names),
    above: shownEffective(above, names),
    installed: ctx.voice.list().map(({ id, name, state, accents, trouble }) => ({
      id,
      name,
      state,
      accents: [...accents],
      // what an engine said is for those who look after it
      trouble: trouble === undefined || !maySet ? null : { code: trouble.code, detail: trouble.detail },
    })),
    may: { set: maySet },
  }
}

const path = '/api/voice-settings'
const query = z.object({ unit: z.string().min(1).max(64) })

export const voiceSettingsRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path,
      summary: 'Giọng đọc của đơn vị: đang theo đâu, có giọng nào',
      query,
      result: settingsSchema,
    },
    async ({ c, query: { unit } }) => {
      const seen = await seeSettings(ctx, actorOf(c), unit)
      return isRefusal(seen) ? seen : present(ctx, seen)
    },
  )
  endpoint(
    router,
    {
      method: 'put',
      path,
      summary: 'Đặt giọng đọc của đơn vị; để trống là theo cấp trên',
      query,
      body: ownSettingsSchema,
      result: settingsSchema,
    },
    async ({ c, query: { unit }, body }) => {
      const actor = actorOf(c)
      const refused = await setVoiceSettings(ctx, actor, { unit, own: body })
      if (refused) return refused
      const seen = await seeSettings(ctx, actor, unit)
      return isRefusal(seen) ? seen : present(ctx, seen)
    },
  )
}
