/**
 * Sound that is read rather than held. Half an hour of samples is 345 MB: nothing in the chain may hold it, so a sound
 * is a source that can be read from its beginning as often as wanted, and whatever is done to it is a stage with a
 * memory of its own. Where a piece ends changes no sample.
 */
import { BROADCAST_RATE, type Pcm } from './pcm.ts'

/** Pieces of sound in order. */
export type SoundStream = {
  /** The next piece, one sample at least; `undefined` at the end. It is lent: the next call may write over it. */
  next(): Float32Array | undefined
  /** Gives decoders' memory back. Nothing may be asked after that. */
  close(): void
}

/** A mono sound that can be read from its beginning as often as wanted. */
export type SoundSource = {
  readonly sampleRate: number
  /** Never more samples than this. Of MP3 a few less: encoder delay and padding are known only once decoded. */
  readonly samplesMax: number
  open(): Promise<SoundStream>
}

/** A step of the chain. What it answers is lent until the next call; what it is given is left as it is. */
export type Stage = {
  push(piece: Float32Array): Float32Array
  /** What was still held back when the sound ended. */
  end(): Float32Array
}

/** Looks at a sound as it passes. */
export type Meter = { push(piece: Float32Array): void; end(): void }

/** Samples to a piece where we choose: 64 KiB, which stays in the processor's cache between two stages. */
export const PIECE_SAMPLES = 16_384

/** A sound of up to a minute (11.5 MB) is kept once worked out, rather than worked out again for each pass. */
const KEPT_SAMPLES_MAX = 60 * BROADCAST_RATE

const nothing = new Float32Array()

/** `buffer` if it holds `length` samples, else a new one that does. */
export const roomFor = (buffer: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer> =>
  buffer.length >= length ? buffer : new Float32Array(length)

/** A sound in memory as a source. */
export function sourceOf({ samples, sampleRate }: Pcm): SoundSource {
  const open = async (): Promise<SoundStream> => {
    let at = 0
    const next = () => {
      if (at >= samples.length) return undefined
      const piece = samples.subarray(at, at + PIECE_SAMPLES)
      at += piece.length
      return piece
    }
    return { next, close: () => undefined }
  }
  return { sampleRate, samplesMax: samples.length, open }
}

/** Sounds of one rate, one after the other. */
export function inOrder(parts: readonly SoundSource[]): SoundSource {
  const sampleRate = parts[0]?.sampleRate ?? BROADCAST_RATE
  if (parts.some((part) => part.sampleRate !== sampleRate)) throw new Error('sounds in order must be of one rate')
  const open = async (): Promise<SoundStream> => {
    const streams = await Promise.all(parts.map((part) => part.open()))
    let at = 0
    const next = () => {
      for (; at < streams.length; at++) {
        const piece = streams[at]?.next()
        if (piece) return piece
      }
      return undefined
    }
    return { next, close: () => streams.forEach((stream) => void stream.close()) }
  }
  return { sampleRate, samplesMax: parts.reduce((sum, part) => sum + part.samplesMax, 0), open }
}

/** The stream behind these stages. */
function staged(stream: SoundStream, stages: readonly Stage[]): SoundStream {
  /** Stages before this one have ended. */
  let ended = 0
  const onward = (piece: Float32Array, from: number): Float32Array =>
    stages.slice(from).reduce((sound, stage) => (sound.length === 0 ? nothing : stage.push(sound)), piece)
  const next = (): Float32Array | undefined => {
    while (ended === 0) {
      const piece = stream.next()
      if (!piece) break
      const sound = onward(piece, 0)
      if (sound.length > 0) return sound
    }
    while (ended < stages.length) {
      const rest = (stages[ended] as Stage).end()
      ended += 1
      const sound = onward(rest, ended)
      if (sound.length > 0) return sound
    }
    return undefined
  }
  return { next, close: stream.close }
}

/** The source behind stages, which are made anew for every reading. */
export const behind = (
  source: SoundSource,
  stages: () => readonly Stage[],
  becomes: { sampleRate: number; samplesMax: number },
): SoundSource => ({ ...becomes, open: async () => staged(await source.open(), stages()) })

/** Reads a source once, from beginning to end. */
export async function readThrough(source: SoundSource, use: (piece: Float32Array) => void): Promise<void> {
  const stream = await source.open()
  try {
    for (let piece = stream.next(); piece; piece = stream.next()) use(piece)
  } finally {
    stream.close()
  }
}

/** The whole sound in memory. */
export async function readAll(source: SoundSource): Promise<Pcm> {
  const samples = new Float32Array(source.samplesMax)
  let at = 0
  await readThrough(source, (piece) => {
    samples.set(piece, at)
    at += piece.length
  })
  return { samples: at === samples.length ? samples : samples.slice(0, at), sampleRate: source.sampleRate }
}

/** Is the sound short enough to be held rather than read again? */
export const isShort = (source: SoundSource): boolean => source.samplesMax <= KEPT_SAMPLES_MAX

/** The same source, in memory if it is short. */
export const keptIfShort = async (source: SoundSource): Promise<SoundSource> =>
  isShort(source) ? sourceOf(await readAll(source)) : source
