import type { BulletinClass } from '@loa/protocol'
import { checkText, type Reading } from '@loa/speech'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { readAloud } from '../../platform/reading.ts'
import { soundOfFile, soundWork } from '../../platform/sound.ts'
import { record } from '../audit/index.ts'
import { type VoicingMade, voicingMade } from './facts.ts'
import { lexiconOf } from './lexicon/commands.ts'
import { type Correction, isSpeakable } from './lexicon/model.ts'
import { recordingKey, steppedRate, TEXT_CHARACTERS_MAX, type TextRequest, textKey, timedWords } from './model.ts'
import { sayReading } from './saying.ts'
import { refuseClassified } from './secrecy.ts'
import {
  findByRequest,
  findSounds,
  findVoicings,
  insertSound,
  insertVoicing,
  type SoundRow,
  type VoicingRow,
} from './store.ts'
import {
  atOneRate,
  type Candidate,
  candidatesOf,
  firstInTime,
  firstThatSpeaks,
  type Patience,
} from './voices/choosing.ts'
import { voiceSettingsOf } from './voices/commands.ts'

export type Sound = Omit<SoundRow, 'madeAt'>
export type Voicing = Omit<VoicingRow, 'sound' | 'request'> & { readonly sound: Sound }

const presented = ({ request: _, ...row }: VoicingRow, sound: SoundRow | undefined): Voicing => {
  if (sound === undefined) throw new Error(`voicing ${row.id} has lost its sound`)
  return { ...row, sound }
}

/** Voicings by id, in no promised order. */
export const voicingsById = async (db: Db, ids: readonly string[]): Promise<Voicing[]> => {
  const rows = await findVoicings(db, ids)
  const sounds = new Map(
    (
      await findSounds(
        db,
        rows.map(({ sound }) => sound),
      )
    ).map((sound) => [sound.hash, sound]),
  )
  return rows.map((row) => presented(row, sounds.get(row.sound)))
}

export const voicingById = async (db: Db, id: string): Promise<Voicing | undefined> => (await voicingsById(db, [id]))[0]

/** What is known of these sounds, by hash. */
export const soundsOf = async (db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, Sound>> =>
  new Map((await findSounds(db, hashes)).map((sound) => [sound.hash, sound]))

/**
 * A text as it is kept: one form of every letter, no invisible signs, no line ends but LF. Offsets of readings are offsets in
 * this form. Refused `text.legacyFont`, `text.control`, `voice.textTooLong`.
 */
export const cleanText = (text: string, charactersMax = TEXT_CHARACTERS_MAX): string | Refusal => {
  if (text.length > charactersMax) return refuse('voice.textTooLong', { charactersMax })
  const checked = checkText(text)
  if (!('refused' in checked)) return checked.text
  return checked.refused === 'text.tooLong' ? refuse('voice.textTooLong') : refuse(checked.refused, checked.detail)
}

/** A clean text to be read out for a unit, with readings put right for it alone. */
export type ToRead = {
  readonly unit: string
  readonly text: string
  readonly corrections?: readonly Correction[] | undefined
}

/** How a clean text will be read out by the unit's lexicon, without making a sound of it. */
export const readingOf = async (ctx: Context, { unit, text, corrections }: ToRead): Promise<Reading | Refusal> =>
  text.trim() === '' ? refuse('voice.nothingToSay') : readAloud(text, await lexiconOf(ctx, unit, corrections))

type Made = Awaited<ReturnType<typeof soundWork>>

/** Stores a sound that was made; the row is not written yet, so that it can share the transaction of what needs it. */
export const madeSound = async (ctx: Context, done: Made): Promise<SoundRow | Refusal> => {
  if ('refused' in done) return refuse(done.refused)
  const { opus, ...measured } = done
  return { hash: await ctx.blobs.put(opus), bytes: opus.length, ...measured, madeAt: ctx.clock.now() }
}

/** Writes sound and voicing; of two that answer one request at once, the first stays and both get it. */
const kept = (ctx: Context, row: VoicingRow, sound: SoundRow): Promise<Voicing> =>
  inTransaction(ctx.db, async (db) => {
    await insertSound(db, sound)
    if (!(await insertVoicing(db, row))) {
      const earlier = await findByRequest(db, row.request)
      const [found] = await voicingsById(db, [earlier?.id ?? ''])
      if (found === undefined) throw new Error(`voicing request ${row.request} was neither kept nor found`)
      return found
    }
    const { unit, kind } = row
    const made: VoicingMade = { unit, kind, sound: sound.hash }
    await announce(db, { id: ctx.ids.next(), kind: voicingMade, at: row.madeAt, subject: row.id, body: made })
    await record(db, {
      at: row.madeAt,
      person: row.madeBy,
      action: voicingMade,
      subject: row.id,
      unit,
      detail: { kind },
    })
    return presented(row, sound)
  })

const madeBefore = async (ctx: Context, request: string): Promise<Voicing | undefined> => {
  const row = await findByRequest(ctx.db, request)
  return row && voicingById(ctx.db, row.id)
}

/** What is to be read out, once it may be: clean, and unmarked in all its words. */
const readable = async (ctx: Context, raw: TextRequest, person: string): Promise<ReadRequest | Refusal> => {
  const text = cleanText(raw.text)
  if (isRefusal(text)) return text
  const corrections = raw.corrections ?? []
  const said = corrections.flatMap(({ written, spoken }) => [written, spoken])
  const classified = await refuseClassified(ctx, { unit: raw.unit, person, texts: [text, ...said] })
  if (classified) return classified
  if (!corrections.every(({ spoken }) => isSpeakable(spoken))) return refuse('lexicon.unspeakable')
  const reading = await readingOf(ctx, { ...raw, text })
  return isRefusal(reading) ? reading : { unit: raw.unit, text, corrections, reading }
}

type ReadRequest = {
  readonly unit: string
  readonly text: string
  readonly corrections: readonly Correction[]
  readonly reading: Reading
}

/**
 * So long, milliseconds, a text that is urgent waits for the voices that are wanted, all together, before the built-in one reads it.
 * A voice that works has said a warning by then; one that hangs would take 15 s to be given up. What is not named waits for each.
 */
const patienceMs: Partial<Record<BulletinClass, number>> = { emergency: 4_000, drill: 4_000, priority: 8_000 }
const notWanted = { refused: 'voice.unavailable' } as const

const patienceOf = ({ clock }: Pick<Context, 'clock'>, asked: Pick<TextRequest, 'class'>): Patience | undefined => {
  const ms = patienceMs[asked.class ?? 'normal']
  if (ms === undefined) return undefined
  let end = (): void => undefined
  const over = new Promise<void>((done) => {
    end = clock.at(clock.now() + ms, done)
  })
  return { over, end }
}

/**
 * Reads a text out and makes it fit for a loudspeaker, with the first of the unit's voices that can. The same request gives the
 * same voicing. Refused `voice.*`, `notice.classified`, `system.busy`.
 */
export const requestVoicing = async (ctx: Context, raw: TextRequest, person: string): Promise<Voicing | Refusal> => {
  const asked = await readable(ctx, raw, person)
  if (isRefusal(asked)) return asked
  const { unit, text, corrections, reading } = asked
  const settings = raw.settings ?? (await voiceSettingsOf(ctx, unit))
  const rate = steppedRate(raw.rate ?? settings.rate)
  const { hornFilter } = settings
  const keyOf = ({ voice, accent, wanted }: Candidate): string =>
    textKey({
      ...{ unit, text, corrections, accent, rate, hornFilter },
      ...{ spoken: reading.spoken, voice: voice.id, wanted: wanted?.id ?? voice.id },
    })
  const order = raw.voice === undefined ? settings.voices : [raw.voice]
  const candidates = candidatesOf(ctx.voice, order, raw.accent ?? settings.accent)
  const ways = {
    before: (candidate: Candidate) => madeBefore(ctx, keyOf(candidate)),
    speak: ({ voice, accent }: Candidate, isWanted: () => boolean) => {
      const say = async (piece: string) =>
        isWanted() ? ctx.voice.speak(piece, { accent, rate, voice: voice.id }) : notWanted
      return sayReading(reading, rate, atOneRate(say))
    },
  }
  const patience = patienceOf(ctx, raw)
  const tried = await (patience ? firstInTime(candidates, ways, patience) : firstThatSpeaks(candidates, ways))
  if ('refused' in tried) return refuse(tried.refused)
  if ('found' in tried) return tried.found
  const { candidate, spoken } = tried
  const pcm = { samples: spoken.samples, sampleRate: spoken.sampleRate }
  const urgency = raw.class === 'emergency' ? 'emergency' : 'reading'
  const sound = await madeSound(ctx, await soundWork({ kind: 'finish', pcm, hornFilter }, urgency))
  if (isRefusal(sound)) return sound
  const row: VoicingRow = {
    ...{ id: ctx.ids.next(), request: keyOf(candidate), unit, kind: 'text', written: text, spoken: reading.spoken },
    words: timedWords(reading.words, reading.spans, spoken.words),
    timesEstimated: spoken.timesEstimated ?? false,
    ...{ accent: candidate.accent, rate, corrections, voice: candidate.voice, wantedVoice: candidate.wanted },
    ...{ uploadHash: null, sound: sound.hash, madeBy: person, madeAt: ctx.clock.now() },
  }
  return kept(ctx, row, sound)
}

export type Upload = {
  readonly unit: string
  /** Taken over: empty afterwards where the recording is long. */
  readonly bytes: Uint8Array
  /** As the browser named it; looked at for a secrecy mark, never kept. */
  readonly fileName: string
}

/** Takes a recording in: the original is kept under its hash, the sound for loudspeakers made from it. Refused `sound.*`. */
export const takeRecording = async (ctx: Context, upload: Upload, person: string): Promise<Voicing | Refusal> => {
  const { unit, bytes, fileName } = upload
  const classified = await refuseClassified(ctx, { unit, person, texts: [], fileName })
  if (classified) return classified
  const { hornFilter } = await voiceSettingsOf(ctx, unit)
  const { file, outcome } = await soundOfFile(bytes, { hornFilter })
  const sound = await madeSound(ctx, outcome)
  if (isRefusal(sound)) return sound
  const uploadHash = await ctx.blobs.put(file)
  const request = recordingKey(unit, uploadHash, hornFilter)
  const row: VoicingRow = {
    id: ctx.ids.next(),
    request,
    unit,
    kind: 'recording',
    ...{ written: null, spoken: null, words: null, accent: null, rate: null, corrections: [] },
    ...{ voice: null, wantedVoice: null, timesEstimated: false },
    uploadHash,
    sound: sound.hash,
    madeBy: person,
    madeAt: ctx.clock.now(),
  }
  return kept(ctx, row, sound)
}
