/**
 * A voice that answers over HTTP (docs/operating/giong-doc.md): a text goes out as JSON, a WAV comes back. The address is the
 * operator's and nobody else's; whatever answers there is believed only so far as it is sound.
 */
import { decodeSound } from '@loa/audio'
import type { Log, Spoken, VoiceRefusal, VoiceTrouble } from './context.ts'
import type { Engine } from './voice.ts'
import { wordsIn } from './word-times.ts'

export type HttpVoiceOptions = {
  readonly id: string
  readonly url: string
  /** Sent as a bearer token; never logged. */
  readonly token: string | undefined
  readonly log: Log
  /** How long an answer may take to be there whole, milliseconds. Default 15,000. */
  readonly replyTimeoutMs?: number
  /** How long it is left alone after it has failed, milliseconds. Default 30,000. */
  readonly restMs?: number
}

const REPLY_TIMEOUT_MS = 15_000
/** A text goes from voice to voice meanwhile: not every one of its sentences must wait for the same silence. */
const REST_MS = 30_000
const TEXT_LENGTH_MAX = 20_000
/** A long sentence, slowly spoken and in the largest samples, is half of this. */
const ANSWER_BYTES_MAX = 16_777_216
const RATE_MIN_HERTZ = 8_000
const RATE_MAX_HERTZ = 192_000
const TIMES_CHARACTERS_MAX = 200_000

type Answered = { readonly sound: Spoken } | { readonly refusal: VoiceRefusal } | { readonly trouble: VoiceTrouble }

const wrong = (detail: string): Answered => ({ trouble: { code: 'wrongAnswer', detail } })

/** The whole body, or nothing where it is larger than any speech. */
const bodyOf = async (answer: Response): Promise<Uint8Array | undefined> => {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Times told in the header `x-word-times`, where there is one for each word and they ascend within the sound. */
const timesTold = (header: string | null, text: string, lengthMs: number): Spoken['words'] => {
  if (header === null || header.length > TIMES_CHARACTERS_MAX) return []
  const times = header.split(',').map(Number)
  const words = wordsIn(text)
  const ascend = times.every((atMs, i) => Number.isFinite(atMs) && atMs >= (times[i - 1] ?? 0) && atMs < lengthMs)
  return times.length === words.length && ascend ? words.map((word, i) => ({ ...word, atMs: times[i] ?? 0 })) : []
}

const soundIn = async (answer: Response, text: string): Promise<Answered> => {
  const type = answer.headers.get('content-type') ?? ''
  if (!/^audio\/(x-|vnd\.)?wave?\b/i.test(type)) return wrong(`content-type: ${type.slice(0, 60)}`)
  const bytes = await bodyOf(answer)
  if (bytes === undefined) return wrong(`> ${ANSWER_BYTES_MAX} bytes`)
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== 'RIFF') return wrong('not a WAV')
  const pcm = await decodeSound(bytes)
  if ('refused' in pcm) return wrong(pcm.refused)
  const { samples, sampleRate } = pcm
  if (sampleRate < RATE_MIN_HERTZ || sampleRate > RATE_MAX_HERTZ) return wrong(`${sampleRate} Hz`)
  const words = timesTold(answer.headers.get('x-word-times'), text, (samples.length * 1_000) / sampleRate)
  return { sound: { samples, sampleRate, words } }
}

const answerOf = async (answer: Response, text: string): Promise<Answered> => {
  if (answer.status === 413) return { refusal: { refused: 'voice.textTooLong' } }
  if (answer.status === 422) return { refusal: { refused: 'voice.nothingToSay' } }
  if (answer.status === 401 || answer.status === 403) {
    await answer.body?.cancel()
    return { trouble: { code: 'tokenRefused', detail: `HTTP ${answer.status}` } }
  }
  const result = answer.ok ? await soundIn(answer, text) : wrong(`HTTP ${answer.status}`)
  // what was not read is not to be waited for
  if (!answer.bodyUsed) await answer.body?.cancel()
  return result
}

const isLate = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

const nameOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = (cause as { code?: unknown } | null)?.code
  if (typeof code === 'string') return code
  if (!(cause instanceof Error)) return 'fault'
  return cause.name.endsWith('TimeoutError') ? cause.name : cause.message.slice(0, 80)
}

/** A voice over HTTP. It is asked when there is something to say, and left alone for a while after it has failed. */
export const openHttpVoice = (options: HttpVoiceOptions): Engine => {
  const { id, url, token, log, replyTimeoutMs = REPLY_TIMEOUT_MS, restMs = REST_MS } = options
  const stopping = new AbortController()
  let trouble: VoiceTrouble | undefined
  let restsUntil = 0

  const ask = async (text: string, asked: object): Promise<Answered> => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          accept: 'audio/wav',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ text, ...asked }),
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(replyTimeoutMs)]),
      })
      return await answerOf(answer, text)
    } catch (error) {
      const detail = isLate(error) ? `> ${replyTimeoutMs / 1_000} s` : nameOf(error)
      return { trouble: { code: 'unreachable', detail } }
    }
  }

  const isResting = (): boolean => trouble !== undefined && performance.now() < restsUntil

  return {
    speak: async (text, { accent, rate }) => {
      if (text.length > TEXT_LENGTH_MAX) return { refused: 'voice.textTooLong' }
      if (wordsIn(text).length === 0) return { refused: 'voice.nothingToSay' }
      if (stopping.signal.aborted || isResting()) return { refused: 'voice.unavailable' }
      const answered = await ask(text, { accent, rate })
      if ('trouble' in answered) {
        trouble = answered.trouble
        restsUntil = performance.now() + restMs
        log.warn('Giọng đọc qua mạng không dùng được.', { voice: id, ...trouble })
        return { refused: 'voice.unavailable' }
      }
      trouble = undefined
      return 'sound' in answered ? answered.sound : answered.refusal
    },
    state: () => (trouble === undefined ? 'ready' : isResting() ? 'away' : 'starting'),
    trouble: () => trouble,
    stop: async () => stopping.abort(),
  }
}
