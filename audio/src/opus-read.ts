/**
 * Opus in Ogg, incoming (RFC 7845). A file is checked whole before a sample of it is decoded: every page's CRC and
 * number, the headers, the length of every packet, the end-of-stream mark. What is accepted can be played to its end.
 */
import { createDecoder, DecoderCtl, type OpusDecoderHandle } from 'libopus-wasm'
import { type Loudness, loudnessMeter } from './loudness.ts'
import { type Page, readPage } from './ogg.ts'
import { BROADCAST_RATE, finite, fitted, type Pcm, SOUND_SECONDS_MAX } from './pcm.ts'
import { readAll, type SoundSource, type SoundStream } from './stream.ts'

export type OpusRefusal = { refused: 'sound.formatUnknown' | 'sound.truncated' | 'sound.tooLong' }

export type OpusReader = {
  /** Length of the sound, milliseconds. */
  readonly durationMs: number
  /** The next piece of 48 kHz mono sound, about 20 ms; `undefined` at the end. Synchronous and cheap. */
  next(): Float32Array | undefined
  /** Gives the decoder's memory back. Nothing may be asked after that. */
  close(): void
}

/** A checked file: what the decoder needs to know before it starts. */
type Stream = {
  audioAt: number
  preSkip: number
  /** Output gain, Q7.8 dB, RFC 7845 §5.1. */
  gain: number
  /** Samples of real sound, pre-skip and end trim taken off. */
  length: number
}

const unknown = { refused: 'sound.formatUnknown' } as const
const truncated = { refused: 'sound.truncated' } as const
/** RFC 6716 §3.2: no packet lasts longer than 120 ms. */
const PACKET_SAMPLES_MAX = 5_760
/** RFC 7845 §5.2.1 lets tags be of any size; ours and everyone's fit in far less. */
const TAGS_BYTES_MAX = 1_048_576

/** Samples at 48 kHz an Opus packet lasts, from its first byte or two (RFC 6716 §3.1, table 2); 0 for a bad packet. */
export function packetSamples(packet: Uint8Array): number {
  const toc = packet[0]
  if (toc === undefined) return 0
  const config = toc >> 3
  const silk = [480, 960, 1920, 2880]
  const celt = [120, 240, 480, 960]
  const frame = (config < 12 ? silk[config & 3] : config < 16 ? silk[config & 1] : celt[config & 3]) as number
  const code = toc & 3
  const frames = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63
  return frame * frames > PACKET_SAMPLES_MAX ? 0 : frame * frames
}

/** The packets from the page at `at` on, each with the page it is the last to end on. Pages are read as they are needed. */
function* packetsFrom(bytes: Uint8Array, at: number): Generator<{ packet: Uint8Array; endsPage: Page | undefined }> {
  let pending: Uint8Array[] = []
  for (let page = readPage(bytes, at); typeof page === 'object'; page = readPage(bytes, at)) {
    let body = page.bodyAt
    let start = body
    for (let i = 0; i < page.segments; i++) {
      const size = bytes[page.tableAt + i] as number
      body += size
      if (size === 255) continue
      const piece = bytes.subarray(start, body)
      const packet = pending.length === 0 ? piece : concatenated([...pending, piece])
      pending = []
      start = body
      yield { packet, endsPage: i === page.segments - 1 ? page : undefined }
    }
    if (start < body) pending.push(bytes.subarray(start, body))
    at += page.length
  }
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/**
 * Every page in order, of one stream, whole, with a beginning and an end, and nothing after the end. Answers the
 * position at which the sound ends (the last page may hold no packet, only that).
 */
function checkPages(bytes: Uint8Array): OpusRefusal | { end: number } {
  let serial: number | undefined
  let sequence = 0
  let open = false
  let end = 0
  for (let at = 0; ; sequence++) {
    const page = readPage(bytes, at)
    if (typeof page !== 'object') return sequence === 0 && page === 'damaged' ? unknown : truncated
    serial ??= page.serial
    // A second stream, beside or after the first, would be heard by some players and not by others.
    if (page.serial !== serial || page.first !== (sequence === 0)) return unknown
    if (page.sequence !== sequence || page.continued !== open) return truncated
    if (page.segments > 0) open = bytes[page.bodyAt - 1] === 255
    at += page.length
    if (page.granule >= 0) end = page.granule
    if (page.last) return open ? truncated : at === bytes.length ? { end } : unknown
  }
}

const startsWith = (packet: Uint8Array, word: string): boolean =>
  packet.length >= word.length && [...word].every((letter, i) => packet[i] === letter.charCodeAt(0))

/** OpusHead: mono or stereo of mapping family 0, any version whose upper half is 0 (RFC 7845 §5.1). */
function readHead(packet: Uint8Array): { preSkip: number; gain: number } | undefined {
  if (!startsWith(packet, 'OpusHead') || packet.length < 19) return undefined
  const view = new DataView(packet.buffer, packet.byteOffset)
  const channels = view.getUint8(9)
  if (view.getUint8(8) > 15 || view.getUint8(18) !== 0 || channels < 1 || channels > 2) return undefined
  return { preSkip: view.getUint16(10, true), gain: view.getInt16(16, true) }
}

/** Where the first audio page begins: the page after the one on which the second packet ends. */
function audioStart(bytes: Uint8Array): number | undefined {
  const head = readPage(bytes, 0) as Page
  if (head.segments !== 1) return undefined
  let at = head.length
  let size = 0
  for (;;) {
    const page = readPage(bytes, at)
    if (typeof page !== 'object') return undefined
    at += page.length
    size += page.length
    if (size > TAGS_BYTES_MAX) return undefined
    const ends = [...bytes.subarray(page.tableAt, page.bodyAt)].findIndex((lacing) => lacing < 255)
    if (ends === page.segments - 1 && ends >= 0) return at
    if (ends >= 0) return undefined
  }
}

/** The whole file checked and measured, or why it is refused. Allocates nothing that grows with the file. */
function inspect(bytes: Uint8Array): Stream | OpusRefusal {
  const pages = checkPages(bytes)
  if ('refused' in pages) return pages
  const packets = packetsFrom(bytes, 0)
  const head = readHead((packets.next().value?.packet ?? new Uint8Array()) as Uint8Array)
  const tags = packets.next().value?.packet as Uint8Array | undefined
  const audioAt = head && tags && startsWith(tags, 'OpusTags') ? audioStart(bytes) : undefined
  if (!head || audioAt === undefined) return unknown
  let samples = 0
  let start: number | undefined
  for (const { packet, endsPage } of packetsFrom(bytes, audioAt)) {
    const more = packetSamples(packet)
    if (more === 0) return truncated
    samples += more
    // A stream cut out of a longer one begins at a later position (RFC 7845 §4.5); an end trim may only shorten it.
    if (endsPage) start ??= endsPage.last ? 0 : Math.max(0, endsPage.granule - samples)
  }
  if (start === undefined) return truncated
  const length = Math.min(samples, pages.end - start) - head.preSkip
  if (length < 0) return truncated
  return { audioAt, preSkip: head.preSkip, gain: head.gain, length }
}

/** A packet's sound; silence of the same length where libopus calls it corrupt although its frame length is sound. */
function decodePacket(decoder: OpusDecoderHandle, packet: Uint8Array): Float32Array {
  try {
    return decoder.decodeFloat(packet)
  } catch {
    return new Float32Array(packetSamples(packet))
  }
}

/** What a receiver will hear of packets as the encoder makes them: straight to a meter. */
export type OpusListener = {
  /** `given`: samples the encoder had been given by then; what is decoded beyond them is padding and not heard. */
  packet(packet: Uint8Array, given: number): void
  end(): Loudness
  close(): void
}

/** Decodes packets and measures the sound, all but the first `preSkip` samples and the padding of the last packet. */
export async function openOpusListener(preSkip: number): Promise<OpusListener> {
  const decoder = await createDecoder({ sampleRate: BROADCAST_RATE, channels: 1 })
  const meter = loudnessMeter(BROADCAST_RATE)
  let heard = -preSkip
  const packet = (bytes: Uint8Array, given: number): void => {
    const sound = decoder.decodeFloat(bytes)
    const from = Math.max(0, -heard)
    const to = Math.min(sound.length, given - heard)
    heard += sound.length
    if (to > from) meter.push(sound.subarray(from, to))
  }
  const end = (): Loudness => {
    meter.end()
    return meter.measured()
  }
  return { packet, end, close: () => decoder.free() }
}

/** A checked file from its first sample on. */
async function openStream(bytes: Uint8Array, stream: Stream): Promise<SoundStream> {
  const decoder = await createDecoder({ sampleRate: BROADCAST_RATE, channels: 1 })
  if (stream.gain !== 0) decoder.decoderCtl(DecoderCtl.SetGain, stream.gain)
  const packets = packetsFrom(bytes, stream.audioAt)
  let skip = stream.preSkip
  let left = stream.length
  const next = (): Float32Array | undefined => {
    while (left > 0) {
      const step = packets.next()
      if (step.done) return undefined
      const sound = decodePacket(decoder, step.value.packet)
      const from = Math.min(skip, sound.length)
      skip -= from
      const to = Math.min(sound.length, from + left)
      if (to === from) continue
      left -= to - from
      return from === 0 && to === sound.length ? sound : sound.subarray(from, to)
    }
    return undefined
  }
  return { next, close: () => decoder.free() }
}

/**
 * Opens a file for playing piece by piece: the whole file is checked first, then memory stays at one packet.
 * The file's bytes are read where they are and must not change meanwhile.
 */
export async function openOggOpusDecoder(bytes: Uint8Array): Promise<OpusReader | OpusRefusal> {
  const stream = inspect(bytes)
  if ('refused' in stream) return stream
  return { durationMs: (stream.length * 1000) / BROADCAST_RATE, ...(await openStream(bytes, stream)) }
}

/** A whole Ogg Opus file as a source, checked once. Refused if longer than half an hour. */
export function openOggOpus(bytes: Uint8Array): SoundSource | OpusRefusal {
  const stream = inspect(bytes)
  if ('refused' in stream) return stream
  if (stream.length > SOUND_SECONDS_MAX * BROADCAST_RATE) return { refused: 'sound.tooLong' }
  const open = async (): Promise<SoundStream> => {
    const { next, close } = await openStream(bytes, stream)
    return { next: () => finite(next()), close }
  }
  return { sampleRate: BROADCAST_RATE, samplesMax: stream.length, open }
}

/** A whole Ogg Opus file as 48 kHz mono sound (stereo is mixed down); pre-skip, end trim and output gain are honoured. */
export async function decodeOggOpus(bytes: Uint8Array): Promise<Pcm | OpusRefusal> {
  const source = openOggOpus(bytes)
  if ('refused' in source) return source
  return fitted(await readAll(source))
}
