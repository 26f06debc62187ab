import { parentPort, workerData } from 'node:worker_threads'
import { isPdf, textOfPdf } from './pdf.ts'
import { textOfPlain } from './plain.ts'
import type { Read } from './read.ts'
import { isZip, textOfWord } from './word.ts'

const textOf = async (bytes: Uint8Array): Promise<Read> => {
  if (isPdf(bytes)) return textOfPdf(bytes)
  return isZip(bytes) ? textOfWord(bytes) : textOfPlain(bytes)
}

/** The thread behind documents.ts: a file in, its text out. */
try {
  parentPort?.postMessage(await textOf(workerData as Uint8Array))
} catch {
  parentPort?.postMessage({ refused: 'document.broken' } satisfies Read)
}
