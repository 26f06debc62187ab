import { type Dial, dialTcp, type Wire, type WireHooks } from '@loa/player'
import type { Chance } from '../chance.ts'
import { delayOf, type Faults } from '../faults.ts'

/** One direction of a link: what goes in comes out later, in the same order. */
class Pipe {
  readonly #faults: Faults
  readonly #chance: Chance
  readonly #out: (bytes: Uint8Array) => void
  #held: { readonly bytes: Uint8Array; readonly at: number }[] = []
  /** When the last piece that was put in comes out. */
  #freeAt = 0
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(faults: Faults, chance: Chance, out: (bytes: Uint8Array) => void) {
    this.#faults = faults
    this.#chance = chance
    this.#out = out
  }

  push(bytes: Uint8Array): void {
    if (this.#closed) return
    const { loss, bitsPerSecond } = this.#faults
    const now = performance.now()
    const lostFor = delayOf(loss, this.#chance)
    const sending = bitsPerSecond === 0 ? 0 : (bytes.byteLength * 8000) / bitsPerSecond
    this.#freeAt = Math.max(now, this.#freeAt) + lostFor + sending
    if (this.#held.length === 0 && this.#freeAt <= now) this.#out(bytes)
    else {
      this.#held.push({ bytes, at: this.#freeAt })
      this.#arm()
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#held = []
  }

  #arm(): void {
    if (this.#timer !== undefined) return
    const [first] = this.#held
    if (first === undefined) return
    this.#timer = setTimeout(() => this.#release(), Math.max(0, first.at - performance.now()))
  }

  #release(): void {
    this.#timer = undefined
    const now = performance.now() + 1
    while (!this.#closed && (this.#held[0]?.at ?? Number.POSITIVE_INFINITY) <= now) {
      const piece = this.#held.shift()
      if (piece !== undefined) this.#out(piece.bytes)
    }
    this.#arm()
  }
}

/**
 * A connection over a bad line, emulated above the socket because the kernel here has no netem: each piece that is written
 * or read is lost with a chance, and then held back, with everything behind it, for as long as TCP takes to send it again:
 * 200 ms, doubling with each further loss (RFC 6298), no fast retransmission. Nothing is lost for good and nothing changes
 * places, as with TCP; what differs is that pieces are those of the socket and not segments of 1,460 bytes, and that losses
 * do not slow the sender down. The n-th piece of a direction has the same fate whenever it comes.
 */
export const dialFaulty =
  (faults: Faults, chances: { readonly up: Chance; readonly down: Chance }): Dial =>
  (address, hooks: WireHooks): Wire => {
    const up = new Pipe(faults, chances.up, (bytes) => wire.send(bytes))
    const down = new Pipe(faults, chances.down, hooks.onData)
    const wire = dialTcp(address, {
      onOpen: hooks.onOpen,
      onData: (bytes) => down.push(bytes),
      onClose: () => {
        up.close()
        down.close()
        hooks.onClose()
      },
    })
    return {
      send: (bytes) => up.push(bytes),
      close: () => {
        up.close()
        down.close()
        wire.close()
      },
    }
  }
