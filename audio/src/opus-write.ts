/** Opus in Ogg, outgoing (RFC 6716, RFC 7845). */
import { Application, createEncoder, Signal } from 'libopus-wasm'
import { oggCrc, segmentsOf, writePage } from './ogg.ts'
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

/** Raw 20 ms packets of a 48 kHz sound. `bitrate` in bits a second. */
export async function encodePackets(samples: Float32Array, bitrate = BITRATE): Promise<OpusStream> {
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
  try {
    const preSkip = encoder.getLookahead()
    const packets: Uint8Array[] = []
    const tail = new Float32Array(FRAME_SAMPLES)
    for (let at = 0; at === 0 || at < samples.length + preSkip; at += FRAME_SAMPLES) {
      const whole = at + FRAME_SAMPLES <= samples.length
      if (!whole) tail.fill(0).set(samples.subarray(at, at + FRAME_SAMPLES))
      packets.push(encoder.encodeFloat(whole ? samples.subarray(at, at + FRAME_SAMPLES) : tail))
    }
    return { packets, preSkip, length: samples.length }
  } finally {
    encoder.free()
  }
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

/** Splits packets into pages of at most a second and 255 segments. */
function pageGroups(packets: readonly Uint8Array[]): Uint8Array[][] {
  const groups: Uint8Array[][] = []
  let group: Uint8Array[] = []
  let segments = 0
  for (const packet of packets) {
    const more = segmentsOf(packet)
    if (group.length === PACKETS_PER_PAGE || segments + more > SEGMENTS_PER_PAGE) {
      groups.push(group)
      group = []
      segments = 0
    }
    group.push(packet)
    segments += more
  }
  groups.push(group)
  return groups
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/**
 * An Ogg Opus file of the packets. The stream's serial number is a checksum of its sound: the same sound always gives
 * the same bytes, so that it has one hash.
 */
export function muxOpus(stream: OpusStream): Uint8Array {
  const serial = stream.packets.reduce((crc, packet) => oggCrc(packet, { from: 0, to: packet.length }, crc), 1)
  const pages = [
    writePage({ packets: [opusHead(stream.preSkip)], granule: 0, serial, sequence: 0, first: true }),
    writePage({ packets: [opusTags()], granule: 0, serial, sequence: 1 }),
  ]
  const groups = pageGroups(stream.packets)
  let done = 0
  groups.forEach((packets, index) => {
    const last = index === groups.length - 1
    done += packets.length * FRAME_SAMPLES
    // RFC 7845 §4.4: the last page's position, smaller than its packets would give, trims the end.
    const granule = last ? stream.preSkip + stream.length : done
    pages.push(writePage({ packets, granule, serial, sequence: index + 2, last }))
  })
  return joined(pages)
}

/**
 * The sound as an Ogg Opus file: 48 kHz mono, 20 ms frames with forward error correction, `bitrate` 32,000 b/s unless
 * said otherwise. Sound at another rate is resampled first. Decoding gives back exactly as many samples.
 */
export async function encodeOggOpus(pcm: Pcm, options: { bitrate?: number } = {}): Promise<Uint8Array> {
  return muxOpus(await encodePackets(resample(pcm, BROADCAST_RATE).samples, options.bitrate))
}
