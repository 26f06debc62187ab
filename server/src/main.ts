import { join } from 'node:path'
import { type Clock, localDate } from '@loa/protocol'
import { type Config, environment, isLoopback, parseConfig } from './config.ts'
import { mayHoldDemo, startDemoFleet } from './demo/index.ts'
import { greeting } from './greeting.ts'
import type { Ids } from './kernel/ids.ts'
import type { Module } from './kernel/module.ts'
import { reconnectingNow } from './modules/devices/index.ts'
import { unitsOn } from './modules/org/index.ts'
import { modules as allModules } from './modules.ts'
import { openBlobs } from './platform/blobs.ts'
import type { BrokerOrders } from './platform/broker/serve.ts'
import { type EmbeddedBroker, startBroker } from './platform/broker/supervisor.ts'
import { untilIdle } from './platform/busy.ts'
import { systemClock } from './platform/clock.ts'
import type { Context, Db, Log, Voice } from './platform/context.ts'
import { type Database, openDatabase } from './platform/database.ts'
import { freeBytes, watchDisk } from './platform/disk.ts'
import { DELIVER, deliverDirectly, deliverTask, type Subscriber } from './platform/facts.ts'
import {
  consoleProbe,
  databaseProbe,
  diskProbe,
  type Health,
  healthOf,
  type Probe,
  stateProbe,
  voiceProbe,
  wordProbe,
} from './platform/health.ts'
import { HomeInUse, takeHome } from './platform/home.ts'
import { createApp, finishApp, type Listening, listenHttp, type Router } from './platform/http.ts'
import { systemIds } from './platform/ids.ts'
import { enqueue, type Jobs, startJobs, type Task } from './platform/jobs.ts'
import { openLog } from './platform/log.ts'
import { migrateWhenReachable } from './platform/migrate.ts'
import { type MqttLink, openMqtt } from './platform/mqtt.ts'
import { type EmbeddedPostgres, startPostgres } from './platform/postgres/supervisor.ts'
import { StartFailed } from './platform/start-failed.ts'
import { startTicking } from './platform/tick.ts'
import { openVoices } from './platform/voices.ts'

type ServerModule = Module<Context, Router>

export type StartOptions = {
  readonly config: Config
  readonly clock: Clock
  readonly ids?: Ids
  readonly modules?: readonly ServerModule[]
  /** Whether the demonstration's simulated devices run beside the server; absent: as the configuration says. */
  readonly fleet?: boolean
  /** Where the log's plain words go; absent: nowhere. */
  readonly terminal?: (line: string) => void
}

export type RunningServer = {
  /** Where the console and the API are, e.g. `http://127.0.0.1:4600`. */
  readonly url: string
  /** Where devices connect by MQTT. */
  readonly brokerUrl: string
  readonly context: Context
  /** Whether the demonstration runs: it was asked for, and the database holds no other network. */
  readonly demo: boolean
  /** Whether the database holds no unit yet: nobody can sign in. */
  readonly empty: boolean
  health(): Promise<Health>
  /** Resolves when every message that has arrived is handled and no fresh job waits; for stories that turn the clock. */
  settled(): Promise<void>
  /** Undoes everything that starting did, in reverse. */
  stop(): Promise<void>
}

/** What has been started so far, and how to undo it. */
class Undo {
  readonly #steps: (() => Promise<unknown>)[] = []

  add(step: () => Promise<unknown>): void {
    this.#steps.push(step)
  }

  async all(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) await step().catch(() => undefined)
  }
}

type DatabasePart = { readonly database: Database; readonly postgres: EmbeddedPostgres | undefined }

const openDatabasePart = async ({ config, clock }: StartOptions, log: Log, undo: Undo): Promise<DatabasePart> => {
  const postgres = config.databaseUrl === undefined ? await startPostgres({ home: config.home, log }) : undefined
  if (postgres !== undefined) undo.add(() => postgres.stop())
  const url = config.databaseUrl ?? postgres?.url ?? ''
  await migrateWhenReachable({ url, clock, log })
  const database = openDatabase(url, log)
  undo.add(() => database.close())
  return { database, postgres }
}

type MessagePart = { readonly mqtt: MqttLink; readonly broker: EmbeddedBroker | undefined; readonly brokerUrl: string }

const DEVICE_PORT = 8883

/** Where devices from elsewhere come in: over TLS, and only where the server itself may be reached from elsewhere. */
const openDoor = ({ host, tls, devicePort = DEVICE_PORT }: Config): BrokerOrders['open'] =>
  tls === undefined || isLoopback(host) ? undefined : { host, port: devicePort, ...tls }

/** The broker's address as devices are told it: without the server's own name and password. */
const forDevices = (brokerUrl: string, config: Config): string => {
  const door = config.mqttUrl === undefined ? openDoor(config) : undefined
  if (door !== undefined) return `mqtts://${config.publicName ?? config.host}:${door.port}`
  const url = new URL(brokerUrl)
  url.username = ''
  url.password = ''
  return url.toString()
}

const openMessages = async (config: Config, databaseUrl: string, log: Log, undo: Undo): Promise<MessagePart> => {
  const open = openDoor(config)
  const options = { home: config.home, databaseUrl, log, ...(open === undefined ? {} : { open }) }
  const broker = config.mqttUrl === undefined ? await startBroker(options) : undefined
  if (broker !== undefined) undo.add(() => broker.stop())
  const brokerUrl = config.mqttUrl ?? broker?.url ?? ''
  const mqtt = openMqtt({ url: brokerUrl, log, ...(broker === undefined ? {} : { credentials: broker.credentials }) })
  undo.add(() => mqtt.stop())
  await mqtt.ready()
  return { mqtt, broker, brokerUrl }
}

const openVoicePart = async (home: string, log: Log, undo: Undo): Promise<Voice> => {
  const part = await openVoices({ home, log })
  undo.add(() => part.stop())
  return part.voice
}

const subscribersOf = (modules: readonly ServerModule[]): readonly Subscriber[] =>
  modules.flatMap(({ name, on = {} }) => Object.entries(on).map(([kind, handle]) => ({ name, kind, handle })))

const tasksOf = (modules: readonly ServerModule[]): Readonly<Record<string, Task>> => ({
  ...Object.assign({}, ...modules.map(({ tasks = {} }) => tasks)),
  [DELIVER]: deliverTask(subscribersOf(modules)),
})

const startModules = async (modules: readonly ServerModule[], context: Context, undo: Undo): Promise<void> => {
  for (const { start } of modules) {
    const stop = await start?.(context)
    if (stop !== undefined) undo.add(stop)
  }
}

const serveHttp = async (
  modules: readonly ServerModule[],
  context: Context,
  health: () => Promise<Health>,
): Promise<Listening> => {
  const { config, log } = context
  const app = createApp({ config, log, freeBytes: () => freeBytes(config.home) })
  app.get('/healthz', async (c) => {
    const seen = await health()
    return c.json(seen, seen.ok ? 200 : 503)
  })
  for (const { routes } of modules) routes?.(app, context)
  finishApp(app, { config, log })
  return listenHttp(app, config, log)
}

type Parts = DatabasePart &
  MessagePart & {
    readonly voice: Voice
    readonly jobs: Jobs
    readonly config: Config
    readonly clock: Context['clock']
  }

/** After a power cut the network comes back by itself: whoever looks is told that it does. */
const backWords = (devices: number): string => (devices === 0 ? 'running' : `${devices} thiết bị đang kết nối lại`)

const probesOf = ({ database, mqtt, voice, jobs, config, clock }: Parts): Readonly<Record<string, Probe>> => ({
  database: databaseProbe(database.db),
  broker: stateProbe(true, () => (mqtt.connected() ? 'running' : 'away')),
  voice: voiceProbe(() => voice.list()),
  jobs: stateProbe(true, () => jobs.state()),
  disk: diskProbe(config.home),
  devices: wordProbe(async () => backWords(await reconnectingNow({ db: database.db, clock }))),
  console: consoleProbe(config.consoleFolder),
})

/** The settings, without the demonstration where the database holds a network of its own. */
const settled = async ({ config, clock }: StartOptions, db: Db, log: Log): Promise<Config> => {
  if (!config.demo || (await mayHoldDemo({ db, clock }))) return config
  log.info('Cơ sở dữ liệu đã có mạng lưới riêng nên không mở bản dùng thử.')
  return { ...config, demo: false }
}

const startAll = async (options: StartOptions, log: Log, undo: Undo): Promise<RunningServer> => {
  const { clock, modules = allModules } = options
  const databasePart = await openDatabasePart(options, log, undo)
  const { db, url: databaseUrl } = databasePart.database
  const config = await settled(options, db, log)
  const messages = await openMessages(config, databaseUrl, log, undo)
  const blobs = await openBlobs(join(config.home, 'blobs'))
  const voice = await openVoicePart(config.home, log, undo)
  const ids = options.ids ?? systemIds(clock)
  const context: Context = {
    config,
    clock,
    ids,
    db,
    mqtt: messages.mqtt,
    deviceMqttUrl: forDevices(messages.brokerUrl, config),
    blobs,
    voice,
    log,
    enqueue,
  }
  undo.add(deliverDirectly(context, subscribersOf(modules)))
  await startModules(modules, context, undo)
  const jobs = await startJobs({ url: databaseUrl, tasks: tasksOf(modules), context })
  undo.add(() => jobs.stop())
  const probes = probesOf({ ...databasePart, ...messages, voice, jobs, config, clock })
  const health = () => healthOf(probes)
  const http = await serveHttp(modules, context, health)
  undo.add(() => http.stop())
  const fleet = (options.fleet ?? config.demo) ? startDemoFleet(context, http.url) : undefined
  if (fleet !== undefined) undo.add(() => fleet.stop())
  const ticking = startTicking(clock, log, [
    watchDisk({ clock, log, free: () => freeBytes(config.home) }),
    ...modules.flatMap(({ name, tick }) => (tick === undefined ? [] : [{ name, tick: () => tick(context) }])),
  ])
  undo.add(() => ticking.stop())
  const allSettled = async () => {
    await messages.mqtt.idle()
    await untilIdle(db)
    await jobs.idle()
    await untilIdle(db)
  }
  return {
    url: http.url,
    brokerUrl: messages.brokerUrl,
    context,
    demo: config.demo,
    empty: (await unitsOn(db, localDate(clock.now()))).length === 0,
    health,
    settled: allSettled,
    stop: () => undo.all(),
  }
}

/**
 * The composition root: brings up database, broker, voice, modules, jobs and HTTP in that order, and when one fails takes
 * down those before it. Tests hand in a turned clock and a temporary home.
 */
export const startServer = async (options: StartOptions): Promise<RunningServer> => {
  const { config, clock, terminal } = options
  const undo = new Undo()
  undo.add(await takeHome(config.home))
  const log = openLog({ folder: join(config.home, 'log'), clock, ...(terminal === undefined ? {} : { terminal }) })
  try {
    return await startAll(options, log, undo)
  } catch (error) {
    log.error('Loa không khởi động được.', { error })
    await undo.all()
    throw error
  }
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** What the person at the terminal can mend ends with 2 and its own words; anything else with 1, and its stack is in the log. */
const endFailed = (config: Config, error: unknown): never => {
  const mendable = error instanceof HomeInUse || error instanceof StartFailed
  const message = error instanceof Error ? error.message : String(error)
  const where = `${join(config.home, 'log', 'server.log')}`
  process.stderr.write(mendable ? `${message}\n` : `Lý do: ${message}\nChi tiết nằm ở cuối ${where}.\n`)
  process.exit(mendable ? 2 : 1)
}

const IMPATIENT_MS = 2000

const runFromCommandLine = async (): Promise<void> => {
  const config = parseConfig(process.argv.slice(2), environment())
  if ('faults' in config) {
    for (const fault of config.faults) process.stderr.write(`${fault}\n`)
    process.exit(2)
  }
  say('Đang khởi động Loa…')
  const clock = systemClock()
  const server = await startServer({ config, clock, terminal: say }).catch((error: unknown) => endFailed(config, error))
  let stoppingSince: number | undefined
  const stop = async (): Promise<void> => {
    // one Ctrl-C may arrive several times, from the terminal and from npm; a later one is an impatient person
    if (stoppingSince !== undefined && clock.now() - stoppingSince > IMPATIENT_MS) process.exit(1)
    if (stoppingSince !== undefined) return
    stoppingSince = clock.now()
    say('Đang dừng Loa…')
    await server.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  process.on('unhandledRejection', (error) => server.context.log.error('Lỗi chưa được xử lý.', { error }))
  for (const line of greeting(server)) say(line)
}

if (import.meta.main) await runFromCommandLine()
