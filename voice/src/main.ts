/**
 * The voice: text in, speech out, over standard input and output. See README.md for the protocol. A program of its own
 * because eSpeak NG is GPL-3.0; any other engine that keeps the protocol can stand in its place.
 */
import engineInfo from '@echogarden/espeak-ng-emscripten/package.json' with { type: 'json' }
import { type Accent, accents, openEngine, type Speak } from './engine.ts'

const NEWLINE = 0x0a

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

function answer(speak: Speak, line: string): void {
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

async function main(): Promise<void> {
  process.stdout.on('error', () => process.exit(0))
  const speak = await openEngine()
  say({ ready: true, engine: `eSpeak NG (${engineInfo.name} ${engineInfo.version})` })
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

await main()
