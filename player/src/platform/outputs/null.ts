import type { Clock } from '@loa/protocol'
import type { Output, OutputMeta } from '../../ports.ts'
import { PacedPlayback } from './paced.ts'

/** What a test or a bench may want to know of a player without ears. */
export type Heard = { onFirstSample?(meta: OutputMeta): void; onClose?(meta: OutputMeta): void }

const discard = (meta: OutputMeta, heard: Heard) => {
  let first = true
  return {
    write() {
      if (first) heard.onFirstSample?.(meta)
      first = false
    },
    close() {
      heard.onClose?.(meta)
    },
  }
}

/** Discards sound at the pace of the clock. */
export const createNullOutput = (clock: Clock, heard: Heard = {}): Output => ({
  kind: 'null',
  chunkMs: 100,
  open: async (meta) => new PacedPlayback(clock, discard(meta, heard)),
})

/** Two seconds at a time: ten thousand devices wake five thousand times a second, and none of them has ears. */
const crowdChunkMs = 2_000

/** Discards sound at the pace of the clock without ever touching it: for thousands of devices in one process. */
export const createCrowdOutput = (clock: Clock, heard: Heard = {}): Output => ({
  kind: 'null',
  chunkMs: crowdChunkMs,
  deaf: true,
  open: async (meta) => new PacedPlayback(clock, discard(meta, heard)),
})

/** The same for a clock that is turned: large pieces, and it says of itself that nothing was heard. */
export const createVirtualOutput = (clock: Clock, heard: Heard = {}): Output => ({
  kind: 'virtual',
  chunkMs: 500,
  open: async (meta) => new PacedPlayback(clock, discard(meta, heard)),
})
