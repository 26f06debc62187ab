import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../context.ts'
import { freePort, keptPort } from '../ports.ts'
import { listenWords, StartFailed } from '../start-failed.ts'
import { type BrokerOrders, SERVER_NAME } from './serve.ts'

export type EmbeddedBroker = {
  /** Where devices connect, without credentials: `mqtt://127.0.0.1:port`. */
  readonly url: string
  /** The server's own way in, good for this run. */
  readonly credentials: { readonly username: string; readonly password: string }
  state(): 'running' | 'starting' | 'stopped'
  /** Process id of the broker now running. */
  pid(): number
  stop(): Promise<void>
}

type Options = {
  readonly home: string
  readonly databaseUrl: string
  readonly log: Log
  /** Listen for devices from elsewhere, over TLS. */
  readonly open?: BrokerOrders['open']
}

const PROGRAM = join(import.meta.dirname, '..', '..', 'broker.ts')
const READY_MAX_MS = 20_000
const RETRY_DELAYS_MS = [100, 500, 1000, 3000, 5000]
const STOP_MAX_MS = 5000
const WORDS =
  'Máy chủ tin nhắn (MQTT) không khởi động được. Chi tiết nằm trong log/server.log của thư mục dữ liệu.\n' +
  'The message broker does not start; log/server.log in the data folder says why.'

type Failure = { readonly failed: string; readonly failure?: string; readonly port?: number }
type Line = Partial<Failure> & { ready?: true; level?: 'info' | 'warn'; message?: string }

type Running = {
  readonly child: ChildProcess
  readonly ready: Promise<boolean>
  readonly ended: Promise<void>
  /** Why it could not open, once it has said so. */
  failure(): Failure | undefined
}

/** What a person can mend by other settings: trying again would not help. */
const mendable = (failure: Failure, open: BrokerOrders['open']): StartFailed | undefined => {
  if (open === undefined) return undefined
  const words =
    failure.port === open.port
      ? listenWords(failure.failure, { host: open.host, port: open.port, setting: '--device-port' })
      : failure.failure?.startsWith('ERR_OSSL')
        ? `Không dùng được chứng thư ${open.certFile} hoặc khóa ${open.keyFile}: ${failure.failed}\n` +
          'The certificate or its key cannot be used; see --tls-cert and --tls-key.'
        : undefined
  return words === undefined ? undefined : new StartFailed(words, { cause: new Error(failure.failed) })
}

const launch = (orders: BrokerOrders, log: Log): Running => {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(`${JSON.stringify(orders)}\n`)
  let failure: Failure | undefined
  const ready = new Promise<boolean>((resolve) => {
    if (child.stdout === null) return resolve(false)
    createInterface({ input: child.stdout }).on('line', (text) => {
      const { ready: isReady, failed, level = 'info', message, ...details } = JSON.parse(text) as Line
      if (isReady) resolve(true)
      if (failed !== undefined) {
        failure = { ...details, failed }
        log.warn('Máy chủ tin nhắn không mở được.', { words: failed })
      }
      if (message !== undefined) log[level](message, details)
    })
    void ended.then(() => resolve(false))
  })
  const limit = wait(READY_MAX_MS, false, { ref: false })
  return { child, ready: Promise.race([ready, limit]), ended, failure: () => failure }
}

/** The input's end is the request to stop: it works on every system and also when we die. */
const end = async ({ child, ended }: Running): Promise<void> => {
  child.stdin?.end()
  const late = new AbortController()
  const timeout = wait(STOP_MAX_MS, 'late', { signal: late.signal }).catch(() => 'ended')
  if ((await Promise.race([ended.then(() => 'ended'), timeout])) === 'late') child.kill('SIGKILL')
  late.abort()
  await ended
}

/** Runs the broker in a process of its own (its fan-out would stall HTTP) and starts it again when it dies. */
export const startBroker = async ({ home, databaseUrl, log, open }: Options): Promise<EmbeddedBroker> => {
  const serverSecret = randomBytes(24).toString('base64url')
  const stopping = new AbortController()
  let port = await keptPort(home, 'broker.port')
  let state: 'running' | 'starting' | 'stopped' = 'starting'
  let running: Running | undefined

  const tryStart = async (): Promise<boolean> => {
    state = 'starting'
    const started = launch({ port, databaseUrl, serverSecret, ...(open === undefined ? {} : { open }) }, log)
    running = started
    const ready = await started.ready
    if (ready) state = 'running'
    else await end(started)
    return ready
  }

  const revive = async (): Promise<void> => {
    log.warn('Máy chủ tin nhắn đã dừng đột ngột; đang khởi động lại.')
    for (let tried = 0; !stopping.signal.aborted; tried += 1) {
      if (await tryStart()) {
        log.info('Máy chủ tin nhắn đã chạy lại.')
        return watch()
      }
      const delay = RETRY_DELAYS_MS[Math.min(tried, RETRY_DELAYS_MS.length - 1)]
      await wait(delay, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const watch = (): void => {
    void running?.ended.then(() => (stopping.signal.aborted ? undefined : revive()))
  }

  for (let tried = 0; !(await tryStart()); tried += 1) {
    const failure = running?.failure()
    const told = failure === undefined ? undefined : mendable(failure, open)
    if (told !== undefined) throw told
    if (tried === 3) throw new StartFailed(WORDS, { cause: new Error(failure?.failed ?? 'it ended without a word') })
    port = await freePort()
  }
  watch()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    credentials: { username: SERVER_NAME, password: serverSecret },
    state: () => state,
    pid: () => running?.child.pid ?? 0,
    stop: async () => {
      stopping.abort()
      if (running !== undefined) await end(running)
      state = 'stopped'
    },
  }
}
