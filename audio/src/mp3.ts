/**
 * MPEG-1/2/2.5 layer III (ISO 11172-3, ISO 13818-3). Frames are found and checked here, so that the decoder only ever
 * sees whole frames of one kind, and the length is known before anything is allocated.
 */
import { finite, SOUND_SECONDS_MAX } from './pcm.ts'
import type { SoundSource, SoundStream } from './stream.ts'

type Frame = {
  length: number
  samples: number
  sampleRate: number
  version: number
  channels: number
  sideBytes: number
}
type Range = { from: number; to: number }
type Layout = { ranges: Range[]; frames: number; first: Frame }
type Mp3Refusal = { refused: 'sound.formatUnknown' | 'sound.truncated' | 'sound.tooLong' }

const unknown = { refused: 'sound.formatUnknown' } as const
const truncated = { refused: 'sound.truncated' } as const
const tooLong = { refused: 'sound.tooLong' } as const

const KBPS_MPEG1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const KBPS_MPEG2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const RATES_MPEG1 = [44_100, 48_000, 32_000]
/** How far a first frame may hide behind junk, and how much junk may stand between frames. */
const JUNK_BYTES_MAX = 65_536
/** The decoder is fed this much at a time: two seconds at 32 kb/s, eight at the lowest rate. */
const FEED_BYTES_MAX = 8_192
/** Frames beside those of the sound itself: the encoder's delay, its padding, and its header. */
const FRAMES_BESIDE = 3

/** The frame whose header stands at `at`, or nothing. Free-format streams (bit rate 0) are not accepted. */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined
  const [, b1, b2, b3] = bytes.subarray(at, at + 4) as unknown as [number, number, number, number]
  const version = (b1 >> 3) & 3
  if ((b1 & 0xe0) !== 0xe0 || version === 1 || ((b1 >> 1) & 3) !== 1) return undefined
  const mpeg1 = version === 3
  const kbps = (mpeg1 ? KBPS_MPEG1 : KBPS_MPEG2)[b2 >> 4]
  const base = RATES_MPEG1[(b2 >> 2) & 3]
  if (!kbps || !base || (b3 & 3) === 2) return undefined
  const sampleRate = base / (mpeg1 ? 1 : version === 2 ? 2 : 4)
  const samples = mpeg1 ? 1152 : 576
  const length = Math.floor((samples * 125 * kbps) / sampleRate) + ((b2 >> 1) & 1)
  const channels = b3 >> 6 === 3 ? 1 : 2
  const sideBytes = mpeg1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17
  return { length, samples, sampleRate, version, channels, sideBytes }
}

const alike = (a: Frame, b: Frame | undefined): boolean =>
  b !== undefined && a.sampleRate === b.sampleRate && a.version === b.version

/** Is this a frame followed by another of its kind, or ending exactly with the file? */
const chained = (bytes: Uint8Array, at: number): boolean => {
  const frame = frameAt(bytes, at)
  return frame !== undefined && (at + frame.length === bytes.length || alike(frame, frameAt(bytes, at + frame.length)))
}

const word = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))

/** Behind any ID3v2 tags (their size is four times seven bits). */
function afterTags(bytes: Uint8Array): number {
  let at = 0
  while (at + 10 <= bytes.length && word(bytes, at, 3) === 'ID3') {
    const [a, b, c, d] = [...bytes.subarray(at + 6, at + 10)] as [number, number, number, number]
    at += 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127)
  }
  return at
}

/** The next place, within reach, where frames begin (again). */
function nextFrame(bytes: Uint8Array, from: number): number | undefined {
  const end = Math.min(bytes.length - 4, from + JUNK_BYTES_MAX)
  for (let at = from; at <= end; at++) if (bytes[at] === 0xff && chained(bytes, at)) return at
  return undefined
}

/** What may stand behind the last frame: an ID3v1, APE or lyrics tag, or padding. Anything else is a cut frame. */
function onlyTagsFrom(bytes: Uint8Array, at: number): boolean {
  const rest = word(bytes, at, 9)
  if (rest.startsWith('TAG') || rest.startsWith('APETAG') || rest.startsWith('LYRICS')) return true
  return bytes.subarray(at).every((byte) => byte === 0)
}

/** Frames promised by a Xing, Info or VBRI header in the first frame, that frame included; 0 where none is. */
function promisedFrames(bytes: Uint8Array, at: number, frame: Frame): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const xing = at + 4 + frame.sideBytes
  if (xing + 12 > bytes.length) return 0
  const name = word(bytes, xing, 4)
  if ((name === 'Xing' || name === 'Info') && view.getUint32(xing + 4) & 1) return view.getUint32(xing + 8) + 1
  const vbri = at + 36
  return vbri + 18 <= bytes.length && word(bytes, vbri, 4) === 'VBRI' ? view.getUint32(vbri + 14) + 1 : 0
}

/** All frames of the file as ranges of bytes, none of them copied. */
function layout(bytes: Uint8Array): Layout | Mp3Refusal {
  const tagsEnd = afterTags(bytes)
  if (tagsEnd > bytes.length) return truncated
  const start = nextFrame(bytes, tagsEnd)
  if (start === undefined) return unknown
  const first = frameAt(bytes, start) as Frame
  const framesMax = Math.ceil((SOUND_SECONDS_MAX * first.sampleRate) / first.samples) + FRAMES_BESIDE
  const ranges: Range[] = []
  let range: Range = { from: start, to: start }
  let frames = 0
  for (let at = start; at < bytes.length; ) {
    const frame = frameAt(bytes, at)
    if (frame && alike(first, frame)) {
      if (at + frame.length > bytes.length) return truncated
      if (++frames > framesMax) return tooLong
      at += frame.length
      range.to = at
      continue
    }
    if (onlyTagsFrom(bytes, at)) break
    const again = nextFrame(bytes, at)
    if (again === undefined || !alike(first, frameAt(bytes, again))) return truncated
    ranges.push(range)
    range = { from: again, to: again }
    at = again
  }
  ranges.push(range)
  return promisedFrames(bytes, start, first) > frames ? truncated : { ranges, frames, first }
}

/** Do these bytes contain layer III frames near their beginning? */
export const looksLikeMp3 = (bytes: Uint8Array): boolean => {
  const start = afterTags(bytes)
  return (start > 0 && start > bytes.length) || nextFrame(bytes, start) !== undefined
}

/** The two channels averaged, in place of the left one. */
function mono([left = new Float32Array(), right = left]: readonly Float32Array[]): Float32Array {
  for (let i = 0; i < left.length; i++) left[i] = ((left[i] as number) + (right[i] as number)) / 2
  return finite(left)
}

/** What the decoder is fed, piece by piece. */
function* feeds(bytes: Uint8Array, ranges: readonly Range[]): Generator<Uint8Array, undefined> {
  for (const { from, to } of ranges) {
    for (let at = from; at < to; at += FEED_BYTES_MAX) yield bytes.subarray(at, Math.min(to, at + FEED_BYTES_MAX))
  }
}

/**
 * An MP3 file as a mono source at its own rate, encoder delay and padding removed, or why not. The bytes are read where
 * they are and must not change meanwhile.
 */
export function openMp3(bytes: Uint8Array): SoundSource | Mp3Refusal {
  const found = layout(bytes)
  if ('refused' in found) return found
  const { sampleRate, samples } = found.first
  const samplesMax = Math.min(found.frames * samples, SOUND_SECONDS_MAX * sampleRate)
  const open = async (): Promise<SoundStream> => {
    // Loaded only when wanted: a loudspeaker never needs it.
    const { MPEGDecoder } = await import('mpg123-decoder')
    const decoder = new MPEGDecoder()
    await decoder.ready
    const fed = feeds(bytes, found.ranges)
    let left = samplesMax
    const next = (): Float32Array | undefined => {
      for (let feed = fed.next(); !feed.done && left > 0; feed = fed.next()) {
        const piece = mono(decoder.decode(feed.value).channelData).subarray(0, left)
        left -= piece.length
        if (piece.length > 0) return piece
      }
      return undefined
    }
    return { next, close: () => decoder.free() }
  }
  return { sampleRate, samplesMax, open }
}
