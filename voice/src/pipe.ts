/** The protocol of README.md: requests on standard input, replies and sound on standard output, whichever engine speaks. */
import { type Accent, accents, type Speech } from './speech.ts'

const NEWLINE = 0x0a

/**
 * `voice.broken`: the engine made no sound that can be used. `voice.cannotSay`: it does not know all the words. Another engine may
 * say the same text.
 */
export type SpeakRefusal = {
  refused: 'voice.textTooLong' | 'voice.nothingToSay' | 'voice.broken' | 'voice.cannotSay'
}
export type SpeakAny = (text: string, options: { accent: Accent; rate: number }) => Speech | SpeakRefusal

type Request = { id: string; text: string; accent: Accent; rate: number }

/** A request line, or undefined where it is none. */
function readRequest(line: string): Request | undefined {
  try {
    const { id, text, accent, rate = 1 } = JSON.parse(line) as Partial<Request>
    if (typeof id !== 'string' || typeof text !== 'string' || !accent || !accents.includes(accent)) return undefined
    return typeof rate === 'number' && Number.isFinite(rate) ? { id, text, accent, rate } : undefined
  } catch {
    return undefined
  }
}

const say = (reply: object): boolean => process.stdout.write(`${JSON.stringify(reply)}\n`)

function answer(speak: SpeakAny, line: string): void {
  const request = readRequest(line)
  if (!request) {
    say({ id: '', refused: 'voice.malformed' })
    return
  }
  const speech = speak(request.text, request)
  if ('refused' in speech) {
    say({ id: request.id, ...speech })
    return
  }
  const { sampleRate, samples, words } = speech
  say({ id: request.id, sampleRate, samples: samples.length, words })
  // Every processor Node runs on here is little-endian, so the samples are s16le as they lie.
  process.stdout.write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
}

/** Says that the engine is ready, then answers request after request until standard input closes. */
export async function serve(engine: string, speak: SpeakAny): Promise<void> {
  say({ ready: true, engine })
  let waiting: Buffer[] = []
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    // Split on bytes: JSON may hold U+2028, which line readers take for the end of a line.
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      answer(speak, Buffer.concat([...waiting, chunk.subarray(from, end)]).toString('utf8'))
      waiting = []
      from = end + 1
    }
    if (from < chunk.length) waiting.push(chunk.subarray(from))
  }
}

/** Says why there will be no speech from this program, and ends it. */
export function giveUp(failed: 'voice.engineMissing' | 'voice.modelBroken', detail: string): never {
  say({ failed, detail })
  process.exit(1)
}

export function endWithReader(): void {
  process.stdout.on('error', () => process.exit(0))
}
