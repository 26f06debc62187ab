import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { until } from './waiting.ts'

/** A program we have started. */
export type Program = {
  readonly pid: number
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  isOver(): boolean
  /** Asks it to end, and after `withinMs` makes it. */
  stop(withinMs?: number): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
}

type Start = {
  readonly cwd?: string
  /** Where its output goes; absent: nowhere. */
  readonly log?: string
  /** Lines for its standard input, which then stays open. */
  readonly input?: string
}

const running = new Set<Program>()

/** Starts a program; it is ended at the latest when the bench ends. */
export const startProgram = (file: string, args: readonly string[], { cwd, log, input }: Start = {}): Program => {
  const output = log === undefined ? ('ignore' as const) : openSync(log, 'a')
  const child = spawn(file, [...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', output, output],
    ...(cwd === undefined ? {} : { cwd }),
  })
  if (typeof output === 'number') closeSync(output)
  child.stdin?.on('error', () => undefined)
  if (input !== undefined) child.stdin?.write(input)
  let over = false
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code)).once('error', () => resolve(null))
  })
  const program: Program = {
    pid: child.pid ?? 0,
    child,
    ended,
    isOver: () => over,
    stop: async (withinMs = 15_000) => {
      child.kill('SIGTERM')
      const limit = setTimeout(() => child.kill('SIGKILL'), withinMs)
      await ended
      clearTimeout(limit)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
  running.add(program)
  void ended.then(() => {
    over = true
    running.delete(program)
  })
  return program
}

/** Ends whatever still runs, the youngest first. */
export const stopAllPrograms = async (): Promise<void> => {
  for (const program of [...running].reverse()) await program.stop()
}

/** Whether a process with this id exists and has not ended. */
export const isAlive = (pid: number): boolean => {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

export const untilGone = (pid: number, withinMs = 15_000): Promise<true> =>
  until(`the end of process ${pid}`, () => !isAlive(pid), { withinMs, everyMs: 10 })

/** Direct children of a process whose command line holds `words`. */
export const childrenOf = (pid: number, words: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        return parent === pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(words) ? [Number(name)] : []
      } catch {
        return []
      }
    })

export type Usage = { readonly rssMb: number; readonly peakMb: number; readonly cpuMs: number }

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock (proc(5), USER_HZ). */
const TICK_MS = 10

/** Resident memory and processor time of a process, from /proc. MB are 10^6 bytes. */
export const usageOf = (pid: number): Usage => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    rssMb: (kilobytes('VmRSS') * 1024) / 1e6,
    peakMb: (kilobytes('VmHWM') * 1024) / 1e6,
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
  }
}
