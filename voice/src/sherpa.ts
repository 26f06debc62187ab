/**
 * A Piper or VITS voice of the operator's, spoken by sherpa-onnx: `node sherpa.ts <folder> [speaker]`, the protocol of README.md
 * on standard input and output. A program of its own: the library carries eSpeak NG (GPL-3.0) inside, and it ends its process
 * where a model or a text does not suit it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endWithReader, giveUp, type SpeakAny, serve } from './pipe.ts'
import { hasWords, sayable } from './sayable.ts'

const TEXT_LENGTH_MAX = 20_000
const SPEECH_SECONDS_MAX = 1_800
const RATE_MIN = 0.5
const RATE_MAX = 2.5
const LOUDEST = 32_767

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)

async function libraryOf(): Promise<typeof import('sherpa-onnx-node').default> {
  try {
    return (await import('sherpa-onnx-node')).default
  } catch (error) {
    return giveUp('voice.engineMissing', whyOf(error))
  }
}

/** Samples as the protocol carries them; undefined where one of them is no number. */
function whole(samples: Float32Array): Int16Array | undefined {
  const out = new Int16Array(samples.length)
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] as number
    if (!Number.isFinite(sample)) return undefined
    out[at] = Math.round(Math.max(-1, Math.min(1, sample)) * LOUDEST)
  }
  return out
}

/** A text of a single letter is none to the library; one with a stop behind it is. */
const ended = (text: string): string => (/[.!?]\s*$/.test(text) ? text : `${text.trimEnd()}.`)

const firstOfLines = (file: string): Set<string> =>
  new Set(
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s/)[0]?.toLocaleLowerCase('vi').normalize('NFC') ?? ''),
  )

/**
 * Whether the voice can say every word: the library passes over what it does not know, and a warning must not lose a word
 * unheard. With eSpeak NG's data it can say anything; with a lexicon the words in it; else the letters among its tokens.
 */
function knowledgeOf(folder: string, has: { lexicon: boolean; dataDir: boolean }): (text: string) => boolean {
  if (has.dataDir) return () => true
  const known = firstOfLines(join(folder, has.lexicon ? 'lexicon.txt' : 'tokens.txt'))
  const unit = has.lexicon ? /[\p{L}\p{M}\p{N}]+/gu : /[\p{L}\p{N}]\p{M}*/gu
  return (text) => [...text.matchAll(unit)].every(([each]) => known.has(each))
}

async function openVoice(folder: string, speaker: number): Promise<SpeakAny> {
  const { OfflineTts } = await libraryOf()
  const file = (name: string): string | undefined => (existsSync(join(folder, name)) ? join(folder, name) : undefined)
  const [lexicon, dataDir] = [file('lexicon.txt'), file('espeak-ng-data')]
  const tts = new OfflineTts({
    model: {
      vits: {
        model: join(folder, 'model.onnx'),
        tokens: join(folder, 'tokens.txt'),
        ...(lexicon === undefined ? {} : { lexicon }),
        ...(dataDir === undefined ? {} : { dataDir }),
      },
      // the server has other work: two cores, and an alarm that must not wait
      ...{ numThreads: 1, provider: 'cpu', debug: false },
    },
    maxNumSentences: 1,
  })
  if (speaker >= Math.max(1, tts.numSpeakers)) throw new Error(`no speaker ${speaker}, only ${tts.numSpeakers}`)
  const knowsAll = knowledgeOf(folder, { lexicon: lexicon !== undefined, dataDir: dataDir !== undefined })
  return (text, { rate }) => {
    if (text.length > TEXT_LENGTH_MAX) return { refused: 'voice.textTooLong' }
    // the library knows small letters only, and knows no way from Đ to đ: capitals would be passed over unheard
    const input = sayable(text).text.toLocaleLowerCase('vi')
    if (!hasWords(input)) return { refused: 'voice.nothingToSay' }
    if (!knowsAll(input)) return { refused: 'voice.cannotSay' }
    const speed = Math.min(RATE_MAX, Math.max(RATE_MIN, rate))
    const audio = tts.generate({ text: ended(input), sid: speaker, speed, enableExternalBuffer: false })
    if (audio.samples.length > SPEECH_SECONDS_MAX * audio.sampleRate) return { refused: 'voice.textTooLong' }
    const samples = whole(audio.samples)
    return samples && samples.length > 0
      ? { sampleRate: audio.sampleRate, samples, words: [] }
      : { refused: 'voice.broken' }
  }
}

endWithReader()
const [, , folder = '', speaker = '0'] = process.argv
const speak = await openVoice(folder, Number(speaker)).catch((error: unknown) =>
  giveUp('voice.modelBroken', whyOf(error)),
)
await serve('sherpa-onnx', speak)
