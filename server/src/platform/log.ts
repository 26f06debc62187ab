import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '@loa/protocol'
import type { Log } from './context.ts'

/** One file is about a month of a busy commune; four older ones are kept. */
const LOG_FILE_MAX_BYTES = 10_000_000
const OLD_FILES_KEPT = 4

/** A detail whose name holds one of these words never reaches a log (ASVS 16.2.5). */
const SECRET_NAME = /password|secret|token|code|authorization|cookie/i

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Error)

/** The value with every secret left out, errors turned into words, and bytes into their number. */
export const withoutSecrets = (value: unknown, depth = 0): unknown => {
  if (depth > 6) return '…'
  if (value instanceof Error) return errorWords(value, depth)
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, depth + 1))
  if (!isPlain(value)) return value
  const open = Object.entries(value).filter(([name]) => !SECRET_NAME.test(name))
  return Object.fromEntries(open.map(([name, each]) => [name, withoutSecrets(each, depth + 1)]))
}

const errorWords = (error: Error, depth: number): Record<string, unknown> => ({
  error: error.message,
  // `code` of a system or database error (ENOSPC, 57P03) is no secret, but its name is on the list above
  ...('code' in error ? { errorKind: error.code } : {}),
  stack: error.stack?.split('\n').slice(1, 6).join(' | ').trim(),
  ...(error.cause === undefined ? {} : { cause: withoutSecrets(error.cause, depth + 1) }),
})

const turnFiles = (file: string): void => {
  for (let age = OLD_FILES_KEPT - 1; age >= 1; age -= 1) {
    if (existsSync(`${file}.${age}`)) renameSync(`${file}.${age}`, `${file}.${age + 1}`)
  }
  renameSync(file, `${file}.1`)
}

type LogOptions = {
  /** Folder of `server.log`; made where it is missing. */
  readonly folder: string
  readonly clock: Clock
  /** Where plain words go; absent: nowhere. */
  readonly terminal?: (line: string) => void
}

/** When ten connections break at once, the person at the terminal reads it once; the file has all ten. */
const SAME_WORDS_MS = 5000

/** Says a line unless it has just been said. */
const withoutEcho = (clock: Clock, say: (line: string) => void): ((line: string) => void) => {
  const saidAt = new Map<string, number>()
  return (line) => {
    const now = clock.now()
    const before = saidAt.get(line)
    if (before !== undefined && now - before < SAME_WORDS_MS) return
    if (saidAt.size > 100) saidAt.clear()
    saidAt.set(line, now)
    say(line)
  }
}

const terminalMark = { info: '', warn: '! ', error: '!! ' } as const

/** JSON lines in `folder/server.log`, plain words on the terminal. Writing never throws: a full disk must not stop work. */
export const openLog = ({ folder, clock, terminal }: LogOptions): Log => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'server.log')
  const say = terminal === undefined ? undefined : withoutEcho(clock, terminal)
  let size = existsSync(file) ? statSync(file).size : 0
  const write = (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>): void => {
    const safe = details === undefined ? {} : (withoutSecrets(details) as Record<string, unknown>)
    const line = `${JSON.stringify({ at: new Date(clock.now()).toISOString(), level, message, ...safe })}\n`
    say?.(terminalMark[level] + message)
    try {
      if (size > LOG_FILE_MAX_BYTES) {
        turnFiles(file)
        size = 0
      }
      appendFileSync(file, line, { mode: 0o600 })
      size += Buffer.byteLength(line)
    } catch {
      // the disk is full or away; /healthz says so, and the terminal still has the words
    }
  }
  return {
    info: (message, details) => write('info', message, details),
    warn: (message, details) => write('warn', message, details),
    error: (message, details) => write('error', message, details),
  }
}
