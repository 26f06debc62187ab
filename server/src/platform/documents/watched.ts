import { Worker } from 'node:worker_threads'
import type { Read } from './read.ts'

/** Longer files are books: reading one may take so long and no longer. */
const PATIENCE_MS = 20_000
const MEMORY_MB = 256
/**
 * What a thread holds beside its heap, which no limit of its own counts: a PDF of three kilobytes unpacks to gigabytes there. It is
 * looked at this often; an honest file of ten megabytes needs a few times its size.
 */
const UNPACKED_MAX_BYTES = 256_000_000
const LOOK_EVERY_MS = 20

const url = new URL('./worker.ts', import.meta.url)

/** Reads a file in a thread, and ends it when it takes too long or too much memory. */
export const readWatched = (bytes: Uint8Array): Promise<Read> =>
  new Promise((resolve) => {
    const worker = new Worker(url, {
      execArgv: [],
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      stdout: true,
      stderr: true,
    })
    const end = (answer: Read): void => {
      clearTimeout(patience)
      clearInterval(looking)
      resolve(answer)
      void worker.terminate()
    }
    const patience = setTimeout(() => end({ refused: 'document.tooLong' }), PATIENCE_MS)
    const look = async (): Promise<void> => {
      const held = await worker.getHeapStatistics().catch(() => undefined) // it has ended meanwhile
      if (held !== undefined && held.external_memory > UNPACKED_MAX_BYTES) end({ refused: 'document.tooLong' })
    }
    const looking = setInterval(() => void look(), LOOK_EVERY_MS)
    worker.on('message', end)
    worker.on('error', () => end({ refused: 'document.broken' }))
    worker.on('exit', () => end({ refused: 'document.broken' }))
  })
