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
  | ComposeWork

/** A sound heard from `atMs` on: `chime`, or one of the files. Parts ascend; between them there is silence. */
type Placed = { readonly sound: string; readonly atMs: number }
type ComposeWork = {
  readonly kind: 'compose'
  /** Finished sounds (Ogg Opus), by hash. */
  readonly files: Readonly<Record<string, Uint8Array>>
  readonly parts: readonly Placed[]
  /** Of the whole. */
  readonly lengthMs: number
}

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

const samplesOf = (ms: number): number => Math.round((ms * BROADCAST_RATE) / 1000)

const silence = (samples: number): SoundSource =>
  sourceOf({ samples: new Float32Array(samples), sampleRate: BROADCAST_RATE })

/** The parts in their order, silence between them. All come levelled; the whole is levelled once more. */
const strung = async ({ files, parts }: ComposeWork): Promise<SoundSource | SoundRefusal> => {
  const sources = new Map<string, SoundSource>([['chime', sourceOf(chime('attention'))]])
  for (const [hash, file] of Object.entries(files)) {
    const source = openOggOpus(file)
    if ('refused' in source) return source
    sources.set(hash, await keptIfShort(source))
  }
  let at = 0
  const all: SoundSource[] = []
  for (const { sound, atMs } of parts) {
    const source = sources.get(sound)
    if (source === undefined) throw new Error(`the sound ${sound} was not handed over`)
    const rest = Math.max(0, samplesOf(atMs) - at)
    if (rest > 0) all.push(silence(rest))
    all.push(source)
    at += rest + source.samplesMax
  }
  return inOrder(all)
}

/** Does the work, wherever it runs. Pure: the same work gives the same bytes. */
export const doSoundWork = async (work: SoundWork): Promise<SoundOutcome> => {
  if (work.kind === 'compose') {
    const source = await strung(work)
    return 'refused' in source ? source : finish(source, { refuseSilence: false })
  }
  const { hornFilter } = work
  if (work.kind === 'finish') return finish(sourceOf(work.pcm), { refuseSilence: false, hornFilter })
  const source = openSound(work.file)
  return 'refused' in source ? source : finish(source, { refuseSilence: true, hornFilter })
}
