import { spawn } from 'node:child_process'
import { text as wholeText } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type Refusal, type RefusalCode, refuse } from '../kernel/refusal.ts'
import type { Read } from './documents/read.ts'

/** The program ends its own reading after twenty seconds; this is for one that hangs with it. */
const PATIENCE_MS = 30_000

const program = fileURLToPath(new URL('./documents/program.ts', import.meta.url))

const readIn = (answer: string): Read => {
  try {
    return JSON.parse(answer) as Read
  } catch {
    // it died over the file
    return { refused: 'document.broken' }
  }
}

/**
 * The text of a Word, PDF or plain text file. Each file is read by a process of its own: a thread that runs out of memory takes its
 * whole process with it, and what a stranger made must not end the server. Refused `document.formatUnknown`, `document.noText` (a
 * scan), `document.broken`, `document.tooLong`.
 */
export const textOfDocument = async (bytes: Uint8Array): Promise<string | Refusal> => {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'ignore'] })
  const kill = (): void => void child.kill('SIGKILL')
  const patience = setTimeout(kill, PATIENCE_MS)
  child.on('error', kill)
  // it may have ended before it took the file
  child.stdin.on('error', () => undefined)
  child.stdin.end(bytes)
  const read = readIn(await wholeText(child.stdout).catch(() => ''))
  clearTimeout(patience)
  return 'text' in read ? read.text : refuse(read.refused as RefusalCode)
}
