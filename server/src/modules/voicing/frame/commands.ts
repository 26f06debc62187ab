import { localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitPath } from '../../org/index.ts'
import { CHIME } from '../airing/model.ts'
import { type Voicing, voicingById, voicingsById } from '../commands.ts'
import {
  type Frame,
  type FrameChoice,
  type FrameInForce,
  type FrameSound,
  frameInForce,
  nothingChosen,
  type SoundChoice,
  type SoundField,
  soundFields,
  soundRefusal,
} from './model.ts'
import { maySetFrame } from './policy.ts'
import { frameChoices, lockFrame, saveFrame } from './store.ts'

const pathToday = (ctx: Context, db: Db, unit: string) => unitPath(db, unit, localDate(ctx.clock.now()))

/** What a unit has chosen itself, and what holds for it. */
export const frameOfUnit = async (
  ctx: Context,
  db: Db,
  unit: string,
): Promise<{ readonly own: FrameChoice; readonly inForce: FrameInForce }> => {
  const path = (await pathToday(ctx, db, unit)) ?? [unit]
  const choices = await frameChoices(db, path)
  return { own: choices.get(unit) ?? nothingChosen, inForce: frameInForce(path, choices) }
}

/** The recordings named in these choices, by id. */
export const soundsChosen = async (db: Db, choices: readonly SoundChoice[]): Promise<ReadonlyMap<string, Voicing>> => {
  const ids = choices.flatMap((choice) => (choice?.use === 'own' ? [choice.voicing] : []))
  return new Map((await voicingsById(db, [...new Set(ids)])).map((voicing) => [voicing.id, voicing]))
}

const withSounds = (inForce: FrameInForce, sounds: ReadonlyMap<string, Voicing>): Frame => {
  const own = (field: SoundField): FrameSound | null => {
    const { value } = inForce[field]
    if (value.use !== 'own') return null
    const voicing = sounds.get(value.voicing)
    if (voicing === undefined) throw new Error(`the ${field} sound ${value.voicing} is lost`)
    return { sound: voicing.sound.hash, durationMs: voicing.sound.durationMs, voicing: voicing.id }
  }
  const attention = inForce.attention.value.use === 'chime' ? { ...CHIME, voicing: null } : own('attention')
  return { attention, opening: own('opening'), closing: own('closing'), again: inForce.again.value }
}

/** What stands around notices of these units today, by unit. */
export const framesOf = async (ctx: Context, db: Db, units: readonly string[]): Promise<ReadonlyMap<string, Frame>> => {
  const found = new Map<string, FrameInForce>()
  for (const unit of new Set(units)) found.set(unit, (await frameOfUnit(ctx, db, unit)).inForce)
  const choices = [...found.values()].flatMap((inForce) => soundFields.map((field) => inForce[field].value))
  const sounds = await soundsChosen(db, choices)
  return new Map([...found].map(([unit, inForce]) => [unit, withSounds(inForce, sounds)]))
}

/** Why this recording cannot stand there for this unit. One of another unit is not there. */
const choiceRefusal = async (
  db: Db,
  unit: string,
  { field, choice }: { readonly field: SoundField; readonly choice: SoundChoice | undefined },
): Promise<Refusal | undefined> => {
  if (choice?.use !== 'own') return undefined
  const voicing = await voicingById(db, choice.voicing)
  if (voicing === undefined || voicing.unit !== unit || voicing.kind !== 'recording') return refuse('input.notFound')
  return soundRefusal(field, voicing.sound)
}

export type FrameChange = { readonly [Name in keyof FrameChoice]?: FrameChoice[Name] | undefined }

/**
 * Chooses what stands around the unit's notices from now on; what is not named stays. Notices that were submitted keep their
 * sound. Refused `frame.tooLong`, `frame.tooShort`.
 */
export const chooseFrame = (
  ctx: Context,
  actor: Actor,
  { unit, change }: { readonly unit: string; readonly change: FrameChange },
): Promise<'done' | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const { person } = actor
    const refused = authorise(actor, maySetFrame, await pathToday(ctx, db, unit))
    if (refused) return refused
    for (const field of soundFields) {
      const wrong = await choiceRefusal(db, unit, { field, choice: change[field] })
      if (isRefusal(wrong)) return wrong
    }
    await lockFrame(db, unit)
    const before = (await frameChoices(db, [unit])).get(unit) ?? nothingChosen
    const { attention, opening, closing, again } = change
    const choice: FrameChoice = {
      attention: attention === undefined ? before.attention : attention,
      opening: opening === undefined ? before.opening : opening,
      closing: closing === undefined ? before.closing : closing,
      again: again === undefined ? before.again : again,
    }
    const now = ctx.clock.now()
    await saveFrame(db, unit, { choice, by: person, now })
    await record(db, { at: now, person, action: 'frame.chosen', subject: unit, unit, detail: { ...change } })
    return 'done'
  })
