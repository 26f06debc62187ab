import type { Socket } from 'node:net'

/**
 * What waits for one listener at most. Everything retained for a device at its first connection is well below it (a manifest of 500
 * airings is 0.7 MB); five hundred listeners that read nothing are a gigabyte at the very worst, and are gone after `STALLED_MAX_MS`.
 */
export const WAITING_MAX_BYTES = 2 * 1024 * 1024
/** A listener that has taken nothing at all for so long, with something waiting for it, has stopped reading. */
export const STALLED_MAX_MS = 10_000
const LOOK_EVERY_MS = 2_000

type Watched = { written: number; since: number }

/**
 * Nobody waits for a slow listener. aedes would: a message is not done before everyone it goes to has room for it, and with
 * a hundred such messages nothing goes out to anybody. Here a write is always done at once; what piles up for a listener is
 * bounded, and one that lets it pile up, or takes nothing any more, is cut off. It loses nothing that counts: manifests, rosters and
 * stops are retained, and its receipts are its own.
 */
export class Patience {
  readonly #sockets = new Map<Socket, Watched>()
  readonly #onCut: () => void
  readonly #looking: NodeJS.Timeout

  constructor(onCut: () => void) {
    this.#onCut = onCut
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS)
  }

  watch(socket: Socket): void {
    const write = socket.write.bind(socket) as (...all: unknown[]) => boolean
    const neverFull = (...all: unknown[]): boolean => {
      write(...all)
      if (socket.writableLength > WAITING_MAX_BYTES) this.#cut(socket)
      return true
    }
    socket.write = neverFull as Socket['write']
    this.#sockets.set(socket, { written: 0, since: performance.now() })
    socket.once('close', () => this.#sockets.delete(socket))
  }

  stop(): void {
    clearInterval(this.#looking)
  }

  #cut(socket: Socket): void {
    if (socket.destroyed) return
    this.#onCut()
    socket.destroy()
  }

  #look(): void {
    const now = performance.now()
    for (const [socket, watched] of this.#sockets) {
      // what has left us counts, not what was asked for: bytes written less bytes still waiting
      const taken = socket.bytesWritten - socket.writableLength
      if (socket.writableLength === 0 || taken !== watched.written)
        this.#sockets.set(socket, { written: taken, since: now })
      else if (now - watched.since > STALLED_MAX_MS) this.#cut(socket)
    }
  }
}
