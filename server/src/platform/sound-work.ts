import {
  BROADCAST_RATE,
  chime,
  inOrder,
  keptIfShort,
  openOggOpus,
  openSound,
  type Pcm,
  prepareBroadcastFrom,
  type SoundRefusal,
  type SoundSource,
  sourceOf,
} from '@loa/audio'

/** Silence after the chime and between two readings: long enough to be heard as a pause out of doors. */
export const PAUSE_MS = 1_200
/** What the database can hold of "no sound at all"; −∞ is no number of JSON. */
const QUIETEST_DB = -120

/** A sound that may be played: Ogg Opus with what was measured on it. */
export type FinishedSound = {
  readonly opus: Uint8Array
  readonly durationMs: number
  readonly loudnessLufs: number
  readonly peakDbtp: number
  /** RMS, dBFS, one per 200 ms. */
  readonly levels: readonly number[]
}

/** `hornFilter`: fitted to horn loudspeakers. Once only: what is composed from finished sounds is not filtered again. */
export type SoundWork =
  | { readonly kind: 'finish'; readonly pcm: Pcm; readonly hornFilter?: boolean }
  | { readonly kind: 'finishFile'; readonly file: Uint8Array; readonly hornFilter?: boolean }
  | { readonly kind: 'compose'; readonly reading: Uint8Array; readonly repeats: number }

export type SoundOutcome = FinishedSound | SoundRefusal

const tenths = (value: number): number => Math.round(Math.max(QUIETEST_DB, value) * 10) / 10

type Finishing = { readonly refuseSilence: boolean; readonly hornFilter?: boolean | undefined }

const finish = async (source: SoundSource, { refuseSilence, hornFilter = false }: Finishing): Promise<SoundOutcome> => {
  const ready = await prepareBroadcastFrom(source, { refuseSilence, hornFilter })
  if ('refused' in ready) return ready
  return {
    opus: ready.opus,
    durationMs: Math.max(1, Math.round((ready.samples * 1000) / BROADCAST_RATE)),
    loudnessLufs: tenths(ready.heard.integratedLufs),
    peakDbtp: tenths(ready.heard.truePeakDbtp),
    levels: Array.from(ready.levels, tenths),
  }
}

const pauseSamples = (PAUSE_MS * BROADCAST_RATE) / 1000

/** Chime, then the reading as often as wanted, a pause before each. Both come levelled; the whole is levelled once more. */
const strung = async (reading: SoundSource, repeats: number): Promise<SoundSource> => {
  const pause = sourceOf({ samples: new Float32Array(pauseSamples), sampleRate: BROADCAST_RATE })
  const read = await keptIfShort(reading)
  return inOrder([sourceOf(chime('attention')), ...Array.from({ length: repeats }, () => [pause, read]).flat()])
}

let chimeKnownMs: number | undefined
/** To make the chime takes 17 ms, and its length is asked for at every approval. */
const chimeMs = (): number => {
  chimeKnownMs ??= Math.round((chime('attention').samples.length * 1000) / BROADCAST_RATE)
  return chimeKnownMs
}

/** Length a composed sound will have, milliseconds. */
export const composedMs = (readingMs: number, repeats: number): number => chimeMs() + repeats * (PAUSE_MS + readingMs)

/** Does the work, wherever it runs. Pure: the same work gives the same bytes. */
export const doSoundWork = async (work: SoundWork): Promise<SoundOutcome> => {
  if (work.kind === 'finish') return finish(sourceOf(work.pcm), { refuseSilence: false, hornFilter: work.hornFilter })
  const source = work.kind === 'finishFile' ? openSound(work.file) : openOggOpus(work.reading)
  if ('refused' in source) return source
  return work.kind === 'finishFile'
    ? finish(source, { refuseSilence: true, hornFilter: work.hornFilter })
    : finish(await strung(source, work.repeats), { refuseSilence: false })
}
