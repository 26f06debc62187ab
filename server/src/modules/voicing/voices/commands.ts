import { localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitPath } from '../../org/index.ts'
import { type Effective, effectiveSettings, type OwnSettings, type VoiceSettings } from './model.ts'
import { maySeeVoice, maySetVoice } from './policy.ts'
import { saveSettings, settingsOf } from './store.ts'

type Asking = Pick<Context, 'db' | 'clock'>

const effectiveOn = async ({ db }: Asking, path: readonly string[]): Promise<Effective> =>
  effectiveSettings(path, await settingsOf(db, path))

/** How texts of a unit are read out today. */
export const voiceSettingsOf = async (ctx: Asking, unit: string): Promise<VoiceSettings> => {
  const path = (await unitPath(ctx.db, unit, localDate(ctx.clock.now()))) ?? [unit]
  return (await effectiveOn(ctx, path)).settings
}

export type SeenSettings = {
  readonly effective: Effective
  /** What would hold if the unit had set nothing. */
  readonly above: Effective
  readonly maySet: boolean
}

/** How texts of a unit are read out, where each of it comes from, and whether this person may change it. */
export const seeSettings = async (ctx: Context, actor: Actor, unit: string): Promise<SeenSettings | Refusal> => {
  const path = await unitPath(ctx.db, unit, localDate(ctx.clock.now()))
  const refused = authorise(actor, maySeeVoice, path)
  if (refused || path === undefined) return refused ?? refuse('input.notFound')
  return {
    effective: await effectiveOn(ctx, path),
    above: await effectiveOn(ctx, path.slice(0, -1)),
    maySet: authorise(actor, maySetVoice, path) === undefined,
  }
}

/**
 * Sets how texts of a unit and of those below it are read out. A voice that this server does not have is refused
 * `voice.unknown`, unless it is in the order already: one that is away for a day keeps its place.
 */
export const setVoiceSettings = (
  ctx: Context,
  actor: Actor,
  { unit, own }: { readonly unit: string; readonly own: OwnSettings },
): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    const path = await unitPath(db, unit, localDate(ctx.clock.now()))
    const refused = authorise(actor, maySetVoice, path)
    if (refused || path === undefined) return refused ?? refuse('input.notFound')
    const seen = await seeSettings({ ...ctx, db }, actor, unit)
    if (isRefusal(seen)) return seen
    const known = new Set([...seen.effective.settings.voices, ...ctx.voice.list().map(({ id }) => id)])
    const unknown = own.voices?.find((id) => !known.has(id))
    if (unknown !== undefined) return refuse('voice.unknown', { voice: unknown })
    const by = { person: actor.person, at: ctx.clock.now() }
    await saveSettings(db, { unit, own }, by)
    await record(db, { ...by, action: 'voice.set', subject: unit, unit, detail: { ...own } })
    return undefined
  })
