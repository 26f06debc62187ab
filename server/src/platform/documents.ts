import { Worker } from 'node:worker_threads'
import { type Refusal, type RefusalCode, refuse } from '../kernel/refusal.ts'
import type { Read } from './documents/read.ts'

/** Longer files are books: reading one may take so long and no longer. */
const PATIENCE_MS = 20_000
const MEMORY_MB = 256
/**
 * What a thread holds beside its heap, which no limit of its own counts: a PDF of three kilobytes unpacks to gigabytes there. It is
 * looked at this often; an honest file of ten megabytes needs a few times its size.
 */
const UNPACKED_MAX_BYTES = 256_000_000
const LOOK_EVERY_MS = 20

const url = new URL('./documents/worker.ts', import.meta.url)

/**
 * The text of a Word, PDF or plain text file. Each file is read in a thread of its own, which is ended when it takes too long
 * or too much memory: what a stranger made must not hold the server. Refused `document.formatUnknown`, `document.noText` (a
 * scan), `document.broken`, `document.tooLong`.
 */
export const textOfDocument = (bytes: Uint8Array): Promise<string | Refusal> =>
  new Promise((resolve) => {
    const worker = new Worker(url, {
      execArgv: [],
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      stdout: true,
      stderr: true,
    })
    const end = (answer: string | Refusal): void => {
      clearTimeout(patience)
      clearInterval(looking)
      resolve(answer)
      void worker.terminate()
    }
    const patience = setTimeout(() => end(refuse('document.tooLong')), PATIENCE_MS)
    const look = async (): Promise<void> => {
      const held = await worker.getHeapStatistics().catch(() => undefined) // it has ended meanwhile
      if (held !== undefined && held.external_memory > UNPACKED_MAX_BYTES) end(refuse('document.tooLong'))
    }
    const looking = setInterval(() => void look(), LOOK_EVERY_MS)
    worker.on('message', (read: Read) => end('text' in read ? read.text : refuse(read.refused as RefusalCode)))
    worker.on('error', () => end(refuse('document.broken')))
    worker.on('exit', () => end(refuse('document.broken')))
  })
