import load, { type EspeakEvent } from '@echogarden/espeak-ng-emscripten'
import { hasWords, sayable } from './sayable.ts'
import { type Accent, accents, type Speech } from './speech.ts'

export type Speak = (
  text: string,
  options: { accent: Accent; rate: number },
) => Speech | { refused: 'voice.textTooLong' | 'voice.nothingToSay' }

const voices: Record<Accent, string> = { north: 'vi', central: 'vi-vn-x-central', south: 'vi-vn-x-south' }

/** About twenty minutes of speech. */
const TEXT_LENGTH_MAX = 20_000
/** Some scripts are spelt out letter by letter for hours; nothing longer than a broadcast session is spoken. */
const SPEECH_SECONDS_MAX = 1_800
/** eSpeak NG's own normal speed, words a minute; it accepts 80 to 450. */
const WORDS_PER_MINUTE = 175
const RATE_MIN = 0.5
const RATE_MAX = 2.5
/** The first sentences run three to ten times slower, until the WebAssembly has been compiled for good. */
const WARM_UP = 'Thông báo của Ủy ban nhân dân xã về lịch cắt điện ngày mai, đề nghị bà con chú ý theo dõi.'
const WARM_UP_ROUNDS = 2

/** Loads eSpeak NG and warms it up. Speaking is synchronous; one sentence at a time. */
export async function openEngine(): Promise<Speak> {
  const complain = (text: string) => process.stderr.write(`${text}\n`)
  // Standard output carries replies only.
  const engine = await load({ print: complain, printErr: complain })
  const worker = new engine.eSpeakNGWorker()
  const speak: Speak = (text, { accent, rate }) => {
    if (text.length > TEXT_LENGTH_MAX) return { refused: 'voice.textTooLong' }
    const input = sayable(text)
    if (!hasWords(input.text)) return { refused: 'voice.nothingToSay' }
    if (worker.set_voice(voices[accent]) !== 0) throw new Error(`eSpeak NG has no voice ${voices[accent]}`)
    worker.set_rate(Math.round(WORDS_PER_MINUTE * Math.min(RATE_MAX, Math.max(RATE_MIN, rate))))
    const pieces: Int16Array[] = []
    const events: EspeakEvent[] = []
    let left = SPEECH_SECONDS_MAX * worker.get_samplerate()
    worker.synthesize(input.text, (samples, more) => {
      pieces.push(samples)
      for (const event of more) if (event.type === 'word') events.push(event)
      left -= samples.length
      return left < 0
    })
    if (left < 0) return { refused: 'voice.textTooLong' }
    if (events.length === 0) return { refused: 'voice.nothingToSay' }
    return { sampleRate: worker.get_samplerate(), samples: joined(pieces), words: wordsOf(events, input) }
  }
  for (let round = 0; round < WARM_UP_ROUNDS; round++) for (const accent of accents) speak(WARM_UP, { accent, rate: 1 })
  return speak
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  return samples
}

/** Word events in the writer's own text. A word spelt out letter by letter counts once, where it begins. */
function wordsOf(events: readonly EspeakEvent[], input: { from: number[]; to: number[] }): Speech['words'] {
  const words: Speech['words'] = []
  for (const event of events) {
    const first = event.text_position - 1
    const last = Math.min(first + Math.max(1, event.word_length), input.to.length) - 1
    const from = input.from[first]
    const to = input.to[last]
    if (from === undefined || to === undefined || from < (words.at(-1)?.to ?? 0)) continue
    words.push({ from, to, atMs: event.audio_position })
  }
  return words
}
