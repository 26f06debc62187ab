/** Several voices behind one door: each an engine of its own, asked by its id, none of them believed blindly. */
import { join } from 'node:path'
import type { Log, Spoken, Voice, VoiceAccent, VoiceInfo, VoiceRefusal } from './context.ts'
import { type Engine, openVoice } from './voice.ts'
import { type FoundVoice, voicesIn } from './voice-folders.ts'
import { openHttpVoice } from './voice-http.ts'
import { estimatedTimes, wordsIn } from './word-times.ts'

export type NamedEngine = {
  readonly id: string
  readonly name: string
  readonly accents: readonly VoiceAccent[]
  readonly engine: Engine
}

/** The voice that comes with Loa. */
export const builtInVoice = (engine: Engine): NamedEngine => ({
  id: 'espeak',
  name: 'eSpeak NG',
  accents: ['north', 'central', 'south'],
  engine,
})

/** −50 dBFS: what is weaker is no speech, and would be lifted into noise. */
const PEAK_MIN = 0.003
/** The fastest reader says twelve syllables a second. */
const WORD_MS_MIN = 40
/** A word spelt out letter by letter at half speed. */
const WORD_MS_MAX = 15_000

/** The loudest sample; undefined where one of them is no number. */
const peakOf = (samples: Float32Array): number | undefined => {
  let peak = 0
  for (const sample of samples) {
    if (!Number.isFinite(sample)) return undefined
    peak = Math.max(peak, Math.abs(sample))
  }
  return peak
}

/** Why this cannot be the text read out; undefined where it can. */
const doubtOf = (text: string, { samples, sampleRate }: Spoken, peak: number | undefined): string | undefined => {
  if (peak === undefined) return 'not a number'
  if (peak < PEAK_MIN) return 'silence'
  const words = Math.max(1, wordsIn(text).length)
  const lengthMs = (samples.length * 1_000) / sampleRate
  if (lengthMs < words * WORD_MS_MIN) return `${words} words in ${Math.round(lengthMs)} ms`
  return lengthMs > words * WORD_MS_MAX ? `${words} words in ${Math.round(lengthMs / 1_000)} s` : undefined
}

const unavailable: VoiceRefusal = { refused: 'voice.unavailable' }

const infoOf = ({ id, name, accents, engine }: NamedEngine): VoiceInfo => ({
  id,
  name,
  accents,
  state: engine.state(),
  trouble: engine.trouble?.(),
})

/** One voice of several. What comes is checked, and given times where its engine told none. */
export const voiceOf = (engines: readonly NamedEngine[], log?: Log): Voice => ({
  list: () => engines.map(infoOf),
  speak: async (text, { accent, rate, voice }) => {
    const found = engines.find(({ id }) => id === voice)
    if (found === undefined) return unavailable
    const own = found.accents.includes(accent) ? accent : (found.accents[0] ?? accent)
    const spoken = await found.engine.speak(text, { accent: own, rate })
    if ('refused' in spoken) return spoken
    const peak = peakOf(spoken.samples)
    const doubt = doubtOf(text, spoken, peak)
    if (doubt !== undefined || peak === undefined) {
      log?.warn('Giọng đọc trả về âm thanh không dùng được.', { voice, doubt })
      return unavailable
    }
    if (spoken.words.length > 0) return spoken
    return { ...spoken, words: estimatedTimes(text, spoken, peak), timesEstimated: true }
  },
})

/** A voice that cannot even be tried. */
const refusing = (trouble: Extract<FoundVoice, { kind: 'refused' }>['trouble']): Engine => ({
  speak: async () => unavailable,
  state: () => 'away',
  trouble: () => trouble,
  stop: async () => undefined,
})

/** Loading a large model takes seconds of a processor, and one that does not load seldom mends itself. */
const MODEL_RESTART_PAUSE_MS = 600_000

const programs = join(import.meta.dirname, '..', '..', '..', 'voice', 'src')

const engineOf = (found: FoundVoice, log: Log): Engine => {
  const { id } = found
  if (found.kind === 'refused') return refusing(found.trouble)
  if (found.kind === 'http') return openHttpVoice({ id, url: found.url, token: found.token, log })
  const args = [found.folder, String(found.speaker)]
  const program = join(programs, 'sherpa.ts')
  const care = { restartPauseMs: MODEL_RESTART_PAUSE_MS, hasStandIn: true }
  return openVoice({ id, program, args, nodePath: process.execPath, log, ...care })
}

export type Voices = {
  readonly voice: Voice
  stop(): Promise<void>
}

/** Starts the built-in voice and those the operator has put under `<home>/voices`. */
export const openVoices = async ({ home, log }: { readonly home: string; readonly log: Log }): Promise<Voices> => {
  const espeak = openVoice({ id: 'espeak', program: join(programs, 'main.ts'), nodePath: process.execPath, log })
  const added = (await voicesIn(join(home, 'voices'))).map((found) => {
    if (found.kind === 'refused')
      log.warn('Không dùng được một thư mục giọng đọc.', { voice: found.id, ...found.trouble })
    return { id: found.id, name: found.name, accents: found.accents, engine: engineOf(found, log) }
  })
  const all = [builtInVoice(espeak), ...added]
  return {
    voice: voiceOf(all, log),
    stop: async () => void (await Promise.all(all.map(({ engine }) => engine.stop()))),
  }
}
