import type { Clock } from '@loa/protocol'
import { SAMPLE_RATE } from '../../kernel/pcm.ts'
import type { Playback } from '../../ports.ts'

/** Where the samples of a paced playback go. Each may refuse by throwing: the playback then says so. */
export type Sink = {
  write(samples: Float32Array): Promise<void> | void
  close(): Promise<void> | void
}

/** A chain of writes for which the clock has already run lets other work through this often. */
const breatheEvery = 32

/**
 * A playback that takes sound as fast as the clock runs, like a sound card with a buffer of one chunk. Where the clock is
 * ahead it catches up at once, so a clock that is turned plays in no time.
 */
export class PacedPlayback implements Playback {
  readonly #clock: Clock
  readonly #sink: Sink
  #startedAt: number | undefined
  #samples = 0
  /** When it was told to be silent: what was written but not heard by then does not count. */
  #releasedAt: number | undefined
  #wake: (() => void) | undefined
  #inARow = 0
  #closed = false

  constructor(clock: Clock, sink: Sink) {
    this.#clock = clock
    this.#sink = sink
  }

  async write(samples: Float32Array): Promise<'written' | { readonly refused: string }> {
    this.#startedAt ??= this.#clock.now()
    try {
      await this.#sink.write(samples)
    } catch {
      return { refused: 'output.failed' }
    }
    this.#samples += samples.length
    await this.#untilHeard()
    return 'written'
  }

  secondsWritten(): number {
    const given = this.#samples / SAMPLE_RATE
    if (this.#releasedAt === undefined || this.#startedAt === undefined) return given
    return Math.min(given, (this.#releasedAt - this.#startedAt) / 1000)
  }

  release(): void {
    this.#releasedAt ??= this.#clock.now()
    this.#wake?.()
  }

  async drain(): Promise<void> {
    await this.#untilHeard()
    await this.#close()
  }

  async stop(): Promise<void> {
    this.release()
    await this.#close()
  }

  async #close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#sink.close()
  }

  /** Waits until what was written has been heard. */
  async #untilHeard(): Promise<void> {
    const until = (this.#startedAt ?? 0) + (this.#samples * 1000) / SAMPLE_RATE
    if (this.#releasedAt !== undefined) return
    if (this.#clock.now() >= until) {
      this.#inARow += 1
      if (this.#inARow % breatheEvery === 0) await new Promise((resolve) => setImmediate(resolve))
      return
    }
    this.#inARow = 0
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.at(until, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
    this.#wake = undefined
  }
}
