import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from './context.ts'

const RETRY_DELAYS_MS = [500, 2000, 5000, 15_000, 60_000]
/** After this long the next end counts as the first again. */
const WELL_MS = 60_000
const STOP_MAX_MS = 5000

export type Companion = {
  /** Closes its input, waits for its end, and ends it by force after five seconds. */
  stop(): Promise<void>
}

type Options = {
  /** A file run by the Node that runs us. */
  readonly program: string
  /** How it is called in the log. */
  readonly name: string
  /** The line it is given on its standard input at each start; the input then stays open until it is to end. */
  readonly orders: () => Promise<string>
  readonly log: Log
}

const launch = (
  { program, name, log }: Options,
  orders: string,
): { child: ChildProcess; ended: Promise<number | null> } => {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true })
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => resolve(code)).once('error', () => resolve(null)),
  )
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(`${orders}\n`)
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => log.info(line, { program: name }))
  }
  return { child, ended }
}

/** Runs a program beside the server, starts it again when it ends, each time a little later, and ends it with the server. */
export const keepCompanion = (options: Options): Companion => {
  const { name, log } = options
  const stopping = new AbortController()
  let running: ReturnType<typeof launch> | undefined

  const runOnce = async (): Promise<number | null> => {
    const orders = await options.orders()
    if (stopping.signal.aborted) return null
    running = launch(options, orders)
    const code = await running.ended
    running = undefined
    return code
  }

  const keepRunning = async (): Promise<void> => {
    for (let tried = 0; !stopping.signal.aborted; tried += 1) {
      const began = performance.now()
      const code = await runOnce().catch((error: unknown) => {
        log.warn(`Không chuẩn bị được "${name}".`, { error })
        return null
      })
      if (stopping.signal.aborted) return
      if (performance.now() - began > WELL_MS) tried = 0
      log.warn(`"${name}" đã dừng; sẽ chạy lại.`, { code })
      const delay = RETRY_DELAYS_MS[Math.min(tried, RETRY_DELAYS_MS.length - 1)]
      await wait(delay, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const kept = keepRunning()
  return {
    stop: async () => {
      stopping.abort()
      const child = running?.child
      child?.stdin?.end()
      const limit = setTimeout(() => child?.kill('SIGKILL'), STOP_MAX_MS)
      await kept
      clearTimeout(limit)
    },
  }
}
