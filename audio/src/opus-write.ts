/** Opus in Ogg, outgoing (RFC 6716, RFC 7845). */
import { Application, createEncoder, Signal } from 'libopus-wasm'
import { oggCrc, sealed, segmentsOf, writePage } from './ogg.ts'
import { BROADCAST_RATE, type Pcm } from './pcm.ts'
import { resample } from './resample.ts'

export const FRAME_SAMPLES = 960
const BITRATE = 32_000
/** Of 0–10. Measured: 3 encodes 110× real time, 5 a sixth slower, 8 half as fast; an alert cannot wait for that. */
const COMPLEXITY = 3
/** What the encoder is told to expect, so that it spends bits on forward error correction at all. */
const EXPECTED_LOSS_PERCENT = 5
/** Packets to a page, one second of sound: RFC 7845 §5 asks that a page should not hold more. */
const PACKETS_PER_PAGE = 50
const SEGMENTS_PER_PAGE = 255
const VENDOR = 'Loa'

export type OpusStream = {
  packets: Uint8Array[]
  /** Samples (48 kHz) a decoder must drop at the beginning: the encoder's look-ahead. */
  preSkip: number
  /** Samples (48 kHz) of real sound after that. */
  length: number
}

/** Takes a packet as it is made; `given`: samples the encoder had been given by then. */
export type PacketTaker = (packet: Uint8Array, given: number) => void

export type OpusEncoder = {
  /** Samples (48 kHz) a decoder must drop at the beginning: the encoder's look-ahead. */
  readonly preSkip: number
  push(piece: Float32Array): void
  /** The last packets; answers the samples that were given. */
  end(): number
  /** Gives the encoder's memory back. */
  close(): void
}

/** 48 kHz mono sound, in pieces of any size, to 20 ms packets of `bitrate` bits a second. */
export async function openOpusEncoder(take: PacketTaker, bitrate = BITRATE): Promise<OpusEncoder> {
  const encoder = await createEncoder({
    sampleRate: BROADCAST_RATE,
    channels: 1,
    application: Application.Audio,
    signal: Signal.Voice,
    bitrate,
    complexity: COMPLEXITY,
    fec: true,
    packetLossPercent: EXPECTED_LOSS_PERCENT,
  })
  const preSkip = encoder.getLookahead()
  const frame = new Float32Array(FRAME_SAMPLES)
  let held = 0
  let given = 0
  const push = (piece: Float32Array): void => {
    given += piece.length
    for (let at = 0; at < piece.length; ) {
      const more = Math.min(FRAME_SAMPLES - held, piece.length - at)
      const whole = more === FRAME_SAMPLES ? piece.subarray(at, at + more) : frame
      if (whole === frame) frame.set(piece.subarray(at, at + more), held)
      at += more
      held += more
      if (held < FRAME_SAMPLES) break
      take(encoder.encodeFloat(whole), given)
      held = 0
    }
  }
  const end = (): number => {
    for (let at = given - held; at === 0 || at < given + preSkip; at += FRAME_SAMPLES) {
      take(encoder.encodeFloat(frame.fill(0, held)), given)
      held = 0
    }
    return given
  }
  return { preSkip, push, end, close: () => encoder.free() }
}

/** OpusHead, RFC 7845 §5.1: version 1, one channel, no output gain, channel mapping family 0. */
function opusHead(preSkip: number): Uint8Array {
  const bytes = new Uint8Array(19)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('OpusHead'))
  bytes[8] = 1
  bytes[9] = 1
  view.setUint16(10, preSkip, true)
  view.setUint32(12, BROADCAST_RATE, true)
  return bytes
}

/** OpusTags, RFC 7845 §5.2: who wrote it, and no comments. */
function opusTags(): Uint8Array {
  const vendor = new TextEncoder().encode(VENDOR)
  const bytes = new Uint8Array(16 + vendor.length)
  bytes.set(new TextEncoder().encode('OpusTags'))
  new DataView(bytes.buffer).setUint32(8, vendor.length, true)
  bytes.set(vendor, 12)
  return bytes
}

/** An Ogg Opus file in the making. */
export type OpusFile = {
  add(packet: Uint8Array): void
  /** The whole file, `samples` (48 kHz) of sound long. */
  finish(samples: number): Uint8Array
}

/**
 * Packets to an Ogg Opus file, in pages of at most a second and 255 segments. The stream's serial number is a checksum
 * of its sound: the same sound always gives the same bytes, so that it has one hash. It is known, and every page
 * sealed, at the end.
 */
export function openOpusFile(preSkip: number): OpusFile {
  const pages = [
    writePage({ packets: [opusHead(preSkip)], granule: 0, serial: 0, sequence: 0, first: true }),
    writePage({ packets: [opusTags()], granule: 0, serial: 0, sequence: 1 }),
  ]
  let serial = 1
  let packets: Uint8Array[] = []
  let segments = 0
  let done = 0
  const turn = (page: { granule: number; last: boolean }): void => {
    pages.push(writePage({ packets, serial: 0, sequence: pages.length, ...page }))
    packets = []
    segments = 0
  }
  const add = (packet: Uint8Array): void => {
    const more = segmentsOf(packet)
    if (packets.length === PACKETS_PER_PAGE || segments + more > SEGMENTS_PER_PAGE) turn({ granule: done, last: false })
    packets.push(packet)
    segments += more
    done += FRAME_SAMPLES
    serial = oggCrc(packet, { from: 0, to: packet.length }, serial)
  }
  const finish = (samples: number): Uint8Array => {
    // RFC 7845 §4.4: the last page's position, smaller than its packets would give, trims the end.
    turn({ granule: preSkip + samples, last: true })
    const bytes = new Uint8Array(pages.reduce((sum, page) => sum + page.length, 0))
    let at = 0
    for (const page of pages) {
      bytes.set(sealed(page, serial), at)
      at += page.length
    }
    return bytes
  }
  return { add, finish }
}

/**
 * The sound as an Ogg Opus file: 48 kHz mono, 20 ms frames with forward error correction, `bitrate` 32,000 b/s unless
 * said otherwise. Sound at another rate is resampled first. Decoding gives back exactly as many samples.
 */
export async function encodeOggOpus(pcm: Pcm, options: { bitrate?: number } = {}): Promise<Uint8Array> {
  const packets: Uint8Array[] = []
  const encoder = await openOpusEncoder((packet) => void packets.push(packet), options.bitrate)
  try {
    encoder.push(resample(pcm, BROADCAST_RATE).samples)
    return muxOpus({ packets, preSkip: encoder.preSkip, length: encoder.end() })
  } finally {
    encoder.close()
  }
}

/** An Ogg Opus file of these packets. */
export function muxOpus(stream: OpusStream): Uint8Array {
  const file = openOpusFile(stream.preSkip)
  for (const packet of stream.packets) file.add(packet)
  return file.finish(stream.length)
}
