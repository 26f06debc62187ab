/** RIFF/WAVE: PCM of 16, 24 and 32 bits, 32-bit float, one or two channels. */
import { finite, fitted, type Pcm } from './pcm.ts'
import { PIECE_SAMPLES, type SoundSource, type SoundStream } from './stream.ts'

type WavRefusal = { refused: 'sound.formatUnknown' | 'sound.truncated' }
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

/** Where the sound lies in a checked file. */
type Data = { view: DataView; format: Format; at: number; frames: number }

/** Fills `piece` with the sound from frame `first` on, two channels averaged. */
function readFrames({ view, format, at }: Data, piece: Float32Array, first: number): Float32Array {
  const frameBytes = (format.channels * format.bits) / 8
  const read = sampleReader(view, format)
  const left = at + first * frameBytes
  const right = left + frameBytes / 2
  if (format.channels === 1) {
    for (let i = 0; i < piece.length; i++) piece[i] = read(left + i * frameBytes)
  } else {
    for (let i = 0; i < piece.length; i++) piece[i] = (read(left + i * frameBytes) + read(right + i * frameBytes)) / 2
  }
  return finite(piece)
}

/** Nothing is allocated or read beyond the headers. */
function findData(bytes: Uint8Array): Data | WavRefusal {
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
      const frames = size / ((format.channels * format.bits) / 8)
      return Number.isInteger(frames) ? { view, format, at: body, frames } : truncated
    }
    at = body + size + (size & 1)
  }
  return truncated
}

/** A WAVE file as a mono source, or why not. The bytes are read where they are and must not change meanwhile. */
export function openWav(bytes: Uint8Array): SoundSource | WavRefusal {
  const data = findData(bytes)
  if ('refused' in data) return data
  const { frames, format } = data
  const open = async (): Promise<SoundStream> => {
    const own = new Float32Array(Math.min(frames, PIECE_SAMPLES))
    let done = 0
    const next = (): Float32Array | undefined => {
      if (done === frames) return undefined
      const piece = readFrames(data, own.subarray(0, frames - done), done)
      done += piece.length
      return piece
    }
    return { next, close: () => undefined }
  }
  return { sampleRate: format.sampleRate, samplesMax: frames, open }
}

/** A whole WAVE file as mono sound (two channels are averaged), or why not. */
export function readWav(bytes: Uint8Array): Pcm | WavRefusal {
  const data = findData(bytes)
  if ('refused' in data) return data
  return fitted({ samples: readFrames(data, new Float32Array(data.frames), 0), sampleRate: data.format.sampleRate })
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
