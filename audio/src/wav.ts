/** RIFF/WAVE: PCM of 16, 24 and 32 bits, 32-bit float, one or two channels. */
import { type Pcm, tamed } from './pcm.ts'

type Format = { kind: 'integer' | 'float'; channels: number; sampleRate: number; bits: number }

const RATE_MIN = 4_000
const RATE_MAX = 192_000
const unknown = { refused: 'sound.formatUnknown' } as const
const truncated = { refused: 'sound.truncated' } as const

/** Do these bytes begin like a WAVE file? */
export const looksLikeWav = (bytes: Uint8Array): boolean => tag(bytes, 0) === 'RIFF' && tag(bytes, 8) === 'WAVE'

const tag = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

function readFormat(view: DataView, at: number, size: number): Format | undefined {
  if (size < 16) return undefined
  const code = view.getUint16(at, true)
  // WAVE_FORMAT_EXTENSIBLE carries the real code in the first two bytes of its sub-format identifier.
  const real = code === 0xfffe && size >= 40 ? view.getUint16(at + 24, true) : code
  const channels = view.getUint16(at + 2, true)
  const sampleRate = view.getUint32(at + 4, true)
  const bits = view.getUint16(at + 14, true)
  const kind = real === 1 && [16, 24, 32].includes(bits) ? 'integer' : real === 3 && bits === 32 ? 'float' : undefined
  if (!kind || channels < 1 || channels > 2 || sampleRate < RATE_MIN || sampleRate > RATE_MAX) return undefined
  if (view.getUint16(at + 12, true) !== (channels * bits) / 8) return undefined
  return { kind, channels, sampleRate, bits }
}

/** One sample, −1 … 1, at byte `at`. */
function sampleReader(view: DataView, format: Format): (at: number) => number {
  if (format.kind === 'float') return (at) => view.getFloat32(at, true)
  if (format.bits === 16) return (at) => view.getInt16(at, true) / 32_768
  if (format.bits === 32) return (at) => view.getInt32(at, true) / 2_147_483_648
  return (at) => ((view.getInt16(at + 1, true) << 8) | view.getUint8(at)) / 8_388_608
}

function readData(view: DataView, format: Format, range: { at: number; size: number }): Pcm {
  const width = format.bits / 8
  const frames = range.size / (width * format.channels)
  const read = sampleReader(view, format)
  const samples = new Float32Array(frames)
  for (let i = 0, at = range.at; i < frames; i++) {
    let sum = 0
    for (let c = 0; c < format.channels; c++, at += width) sum += read(at)
    samples[i] = sum / format.channels
  }
  return { samples: tamed(samples), sampleRate: format.sampleRate }
}

/** A WAVE file as mono sound (two channels are averaged), or why not. Nothing is allocated beyond what the file holds. */
export function readWav(bytes: Uint8Array): Pcm | { refused: 'sound.formatUnknown' | 'sound.truncated' } {
  if (!looksLikeWav(bytes)) return unknown
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: Format | undefined
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(bytes, at)
    const size = view.getUint32(at + 4, true)
    const body = at + 8
    if (body + size > bytes.length) return truncated
    if (name === 'fmt ') {
      format = readFormat(view, body, size)
      if (!format) return unknown
    }
    if (name === 'data') {
      if (!format) return unknown
      if (size % ((format.channels * format.bits) / 8) !== 0) return truncated
      return readData(view, format, { at: body, size })
    }
    at = body + size + (size & 1)
  }
  return truncated
}

/** The sound as a 16-bit mono WAVE file. */
export function writeWav(pcm: Pcm): Uint8Array {
  const size = pcm.samples.length * 2
  const bytes = new Uint8Array(44 + size)
  const view = new DataView(bytes.buffer)
  const put = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
  }
  put(0, 'RIFF')
  view.setUint32(4, 36 + size, true)
  put(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, pcm.sampleRate, true)
  view.setUint32(28, pcm.sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  put(36, 'data')
  view.setUint32(40, size, true)
  for (let i = 0; i < pcm.samples.length; i++) {
    const value = Math.round((pcm.samples[i] as number) * 32_768)
    view.setInt16(44 + 2 * i, Math.max(-32_768, Math.min(32_767, value)), true)
  }
  return bytes
}
