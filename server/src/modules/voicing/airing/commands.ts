import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import { noteBusy } from '../../../platform/busy.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction, rootOf } from '../../../platform/database.ts'
import { isSoundIdle, soundWork } from '../../../platform/sound.ts'
import { madeSound, requestVoicing, type Sound, type Voicing } from '../commands.ts'
import { framesOf } from '../frame/commands.ts'
import type { Frame } from '../frame/model.ts'
import words from '../i18n/said.vi.json' with { type: 'json' }
import { insertSound } from '../store.ts'
import {
  aroundOf,
  compositionKey,
  isLedAgain,
  layOut,
  lengthOf,
  type NoticeKind,
  type Part,
  type PartSound,
} from './model.ts'
import { findComposition, findLead, insertComposition } from './store.ts'

/** Longer airings are composed when they are submitted; most drafts never are. */
const AHEAD_MS_MAX = 180_000
/** "Xin nhắc lại." at speed 1, for a length that is told before it was ever said. */
const LEAD_MS = 900

/** What one airing is made of: a reading, heard as often as wanted, and the notice it belongs to. */
export type Composition = NoticeKind & {
  readonly unit: string
  readonly reading: Pick<Voicing, 'id' | 'kind' | 'accent' | 'rate' | 'voice' | 'madeBy'> & {
    readonly sound: Pick<Sound, 'hash' | 'durationMs'>
  }
  readonly repeats: number
}

/** So long a submission waits for "Xin nhắc lại.": a voice that is well says it in a fifth of a second, behind others in five. */
const LEAD_WAIT_MS = 5_000

type Lead = (asked: Composition) => Promise<PartSound | null>

const partSound = ({ id, sound }: Pick<Voicing, 'id'> & { sound: Pick<Sound, 'hash' | 'durationMs'> }): PartSound => ({
  sound: sound.hash,
  durationMs: sound.durationMs,
  voicing: id,
})

/** "I repeat" of this reading's voice as it was said before, or its likely length. */
const leadKnown =
  (db: Db): Lead =>
  async ({ unit, reading }) => {
    const { accent, rate, voice } = reading
    if (accent === null || rate === null) return null
    const known = await findLead(db, { unit, words: words.again, accent, rate, voice: voice?.id ?? null })
    return known ?? { sound: 'lead', durationMs: Math.round(LEAD_MS / rate), voicing: null }
  }

const inTime = <Value>({ clock }: Context, work: Promise<Value>): Promise<Value | null> =>
  new Promise((done, failed) => {
    const cancel = clock.at(clock.now() + LEAD_WAIT_MS, () => done(null))
    work.then(done, failed).finally(cancel)
  })

/**
 * The same, said now where it never was. A voice that is away or hangs keeps no notice waiting, and no other voice speaks between two
 * readings: then the reading is repeated without it.
 */
const leadMade =
  (ctx: Context): Lead =>
  async ({ unit, reading, class: of }) => {
    const { accent, rate, voice, madeBy } = reading
    if (accent === null || rate === null || madeBy === null) return null
    const asked = { unit, text: words.again, accent, rate, voice: voice?.id, class: of }
    const made = await inTime(ctx, requestVoicing(ctx, asked, madeBy))
    return made === null || isRefusal(made) || made.voice?.id !== voice?.id ? null : partSound(made)
  }

/** Only a text that is heard more than once is led to: a recording has no voice to say it with. */
const laidOut = async (asked: Composition, frame: Frame, lead: Lead): Promise<Part[]> => {
  const wanted = asked.reading.kind === 'text' && asked.repeats > 1 && isLedAgain(asked, frame)
  const around = aroundOf(asked, frame, wanted ? await lead(asked) : null)
  return layOut(around, partSound(asked.reading), asked.repeats)
}

/** How long these airings will be, milliseconds each, in their order. */
export const lengthsOf = async (ctx: Context, db: Db, all: readonly Composition[]): Promise<number[]> => {
  if (all.length === 0) return []
  const frames = await framesOf(
    ctx,
    db,
    all.map(({ unit }) => unit),
  )
  const lead = leadKnown(db)
  const lengths: number[] = []
  for (const asked of all) lengths.push(lengthOf(await laidOut(asked, frames.get(asked.unit) as Frame, lead)))
  return lengths
}

type Making = Map<string, Promise<Sound | Refusal>>
/** Compositions being made now, by request: who asks for one gets that one. */
const underWay = new WeakMap<Db, Making>()

const makingIn = ({ db }: Context): Making => {
  const found = underWay.get(rootOf(db)) ?? new Map()
  underWay.set(rootOf(db), found)
  return found
}

/**
 * The sound of a whole airing: what stands around the unit's notices, and the reading as often as it is to be heard, levelled as
 * one. Made once per input: who approves hears the very bytes that will play.
 */
export const composeSound = async (ctx: Context, asked: Composition): Promise<Sound | Refusal> => {
  const frames = await framesOf(ctx, ctx.db, [asked.unit])
  const parts = await laidOut(asked, frames.get(asked.unit) as Frame, leadMade(ctx))
  const request = compositionKey(asked.unit, parts)
  const before = await findComposition(ctx.db, request)
  if (before) return before
  const making = makingIn(ctx)
  const now =
    making.get(request) ?? composedNow(ctx, { ...asked, parts, request }).finally(() => making.delete(request))
  making.set(request, now)
  return now
}

/**
 * Makes the sound of an airing before it is submitted, where nothing else is to be done and it takes a few seconds only, so
 * that nobody waits for it then. Returns at once; what fails is left to the submission, which says so.
 */
export const composeAhead = (ctx: Context, asked: Composition): void => {
  if (!isSoundIdle() || asked.repeats * asked.reading.sound.durationMs > AHEAD_MS_MAX) return
  noteBusy(
    ctx.db,
    composeSound(ctx, asked).catch((error: unknown) =>
      ctx.log.warn('Chưa ghép trước được âm thanh của tin.', { error }),
    ),
  )
}

/** The files of the parts, each once. */
const filesOf = async (ctx: Context, parts: readonly Part[]): Promise<Record<string, Uint8Array> | Refusal> => {
  const files: Record<string, Uint8Array> = {}
  for (const { sound } of parts) {
    if (sound === 'chime' || files[sound]) continue
    const bytes = await ctx.blobs.get(sound)
    if (bytes === undefined) return refuse('notice.soundFailed')
    files[sound] = bytes
  }
  return files
}

type Planned = Composition & { readonly parts: readonly Part[]; readonly request: string }

const composedNow = async (ctx: Context, { unit, parts, request, class: of }: Planned): Promise<Sound | Refusal> => {
  const files = await filesOf(ctx, parts)
  if (isRefusal(files)) return files
  const urgency = of === 'emergency' ? 'emergency' : 'submission'
  const placed = parts.map(({ sound, atMs }) => ({ sound, atMs }))
  const sound = await madeSound(
    ctx,
    await soundWork({ kind: 'compose', files, parts: placed, lengthMs: lengthOf(parts) }, urgency),
  )
  if (isRefusal(sound)) return sound
  await inTransaction(ctx.db, async (db) => {
    await insertSound(db, sound)
    await insertComposition(db, { request, unit, sound: sound.hash, parts, madeAt: sound.madeAt })
  })
  return (await findComposition(ctx.db, request)) ?? sound
}
