import { decodeAlone } from '../decode.ts'
import type { Decode, SoundReader } from '../ports.ts'

/** Listeners that begin within this time of the first share its decoding. 48 kHz, 4 bytes: 192 KB a second. */
const windowSecondsDefault = 60
const sampleRate = 48_000

type Listener = { at: number }

/** One sound being decoded once, and the pieces of it that a listener may still ask for. */
class SharedSound {
  readonly #source: SoundReader
  readonly #windowSamples: number
  readonly #onEnd: () => void
  readonly #listeners = new Set<Listener>()
  #pieces: Float32Array[] = []
  /** Number of the first piece still kept. */
  #base = 0
  #samples = 0

  constructor(source: SoundReader, windowSamples: number, onEnd: () => void) {
    this.#source = source
    this.#windowSamples = windowSamples
    this.#onEnd = onEnd
  }

  /** A listener from the beginning; undefined where the beginning is no longer kept. */
  join(): SoundReader | undefined {
    if (this.#base > 0) return undefined
    const listener: Listener = { at: 0 }
    this.#listeners.add(listener)
    return {
      durationMs: this.#source.durationMs,
      next: () => {
        const piece = this.#pieces[listener.at - this.#base] ?? this.#decode()
        listener.at += 1
        return piece
      },
      close: () => {
        if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return
        this.#pieces = []
        this.#source.close()
        this.#onEnd()
      },
    }
  }

  /** The next piece for whoever is foremost; what all have heard and nobody new may ask for is let go. */
  #decode(): Float32Array | undefined {
    const piece = this.#source.next()
    if (piece === undefined) return undefined
    this.#pieces.push(piece)
    this.#samples += piece.length
    const hindmost = Math.min(...[...this.#listeners].map(({ at }) => at))
    while (this.#samples > this.#windowSamples && this.#base < hindmost) {
      this.#samples -= this.#pieces.shift()?.length ?? 0
      this.#base += 1
    }
    return piece
  }
}

/** The same sound in larger pieces: thousands of listeners then ask seldom. */
const inPiecesOf = (source: SoundReader, samples: number): SoundReader => {
  const next = (): Float32Array | undefined => {
    const parts: Float32Array[] = []
    let length = 0
    while (length < samples) {
      const part = source.next()
      if (part === undefined) break
      parts.push(part.slice())
      length += part.length
    }
    if (length === 0) return undefined
    const piece = new Float32Array(length)
    let at = 0
    for (const part of parts) {
      piece.set(part, at)
      at += part.length
    }
    return piece
  }
  return { durationMs: source.durationMs, next, close: () => source.close() }
}

/** A decoder for many players in one process: a sound that several play at about the same time is decoded once, in pieces of `pieceMs` or as it comes. */
export const createSharedDecoder = (windowSeconds = windowSecondsDefault, pieceMs = 0): Decode => {
  const sounds = new Map<string, Promise<SharedSound | { readonly refused: string }>>()
  const openShared = async (hash: string, bytes: Parameters<Decode>[1]) => {
    const source = await decodeAlone(hash, bytes)
    if ('refused' in source) sounds.delete(hash)
    if ('refused' in source) return source
    const pieces = pieceMs === 0 ? source : inPiecesOf(source, (pieceMs * sampleRate) / 1000)
    return new SharedSound(pieces, windowSeconds * sampleRate, () => sounds.delete(hash))
  }
  return async (hash, bytes) => {
    const opening = sounds.get(hash) ?? openShared(hash, bytes)
    sounds.set(hash, opening)
    const shared = await opening
    if ('refused' in shared) {
      sounds.delete(hash)
      return shared
    }
    return shared.join() ?? decodeAlone(hash, bytes)
  }
}
