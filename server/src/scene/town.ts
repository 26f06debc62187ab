import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BulletinClass, type Candidate, instantOf } from '@loa/protocol'
import type { Actor, Role } from '../kernel/actor.ts'
import { type RunningServer, startServer } from '../main.ts'
import { access, openAccount } from '../modules/access/index.ts'
import { broadcast } from '../modules/broadcast/index.ts'
import { addClusters, addDevices, devices } from '../modules/devices/index.ts'
import { network } from '../modules/network/index.ts'
import { addStations, addStationVillages, addUnits, type UnitKind } from '../modules/org/index.ts'
import { addPerson, givePost, postsOf } from '../modules/people/index.ts'
import { receipts } from '../modules/receipts/index.ts'
import { propose, sign } from '../modules/release/index.ts'
import { type Airing, airingsOfRelease, type Plan, placeRelease, schedule } from '../modules/schedule/index.ts'
import { statistics } from '../modules/statistics/index.ts'
import { trust } from '../modules/trust/index.ts'
import { type EmbeddedBroker, startBroker } from '../platform/broker/supervisor.ts'
import { type TurnedClock, turnedClock } from '../platform/clock.ts'
import type { Context } from '../platform/context.ts'
import { sha256Hex } from '../platform/crypto.ts'
import { silentLog, type TestDatabase, testDatabase } from '../platform/testing.ts'
import { askServer, tokenOf } from './asking.ts'
import { enrolScripted, type ScriptedDevice } from './device.ts'
import { insertSound } from './store.ts'

/** A local time of the scene's day. */
export const today = (time: string): number => instantOf('2026-11-22', time)

export type Issue = {
  readonly title?: string
  readonly class?: BulletinClass
  readonly audience?: readonly string[]
  readonly plan?: Plan
  /** Local hours within which it may start; else any. */
  readonly hours?: Candidate['hours']
  readonly unit?: string
  readonly signers?: readonly string[]
}

/** Asks the API: `get('/api/…')`, `post('/api/…', body)`. The answer's body is JSON; a specification says what it expects. */
export type Ask = {
  get(path: string): Promise<{ status: number; body: unknown }>
  post(path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  put(path: string, body?: unknown): Promise<{ status: number; body: unknown }>
}

export type Town = {
  readonly ctx: Context
  readonly clock: TurnedClock
  readonly server: RunningServer
  readonly database: TestDatabase
  actor(person: string): Promise<Actor>
  /** Proposes a release, without signatures. Returns its id. */
  propose(issue?: Issue): Promise<string>
  /** Proposes, signs and places a release. Returns its airings. */
  issue(issue?: Issue): Promise<Airing[]>
  device(id: string): Promise<ScriptedDevice>
  /** Signs a person in over HTTP; what it returns asks the API as them. */
  signIn(person: string): Promise<Ask>
  /** Waits until nothing is going on any more. */
  settled(): Promise<void>
  /** Kills the broker, which comes back with an empty memory. */
  killBroker(): void
  /** Stops the server and starts it again on the same home and database, beside a broker that remembers nothing. */
  restart(): Promise<void>
  close(): Promise<void>
}

const units: [string, UnitKind, string | null][] = [
  ['tinh', 'province', null],
  ['xa-a', 'commune', 'tinh'],
  ['xa-b', 'commune', 'tinh'],
  ['thon-a1', 'village', 'xa-a'],
  ['thon-a2', 'village', 'xa-a'],
  ['thon-a3', 'village', 'xa-a'],
  ['dai-a', 'station', 'xa-a'],
  ['thon-b1', 'village', 'xa-b'],
]

const posts: [string, string, Role][] = [
  ['lan', 'xa-a', 'officer'],
  ['minh', 'xa-a', 'approver'],
  ['tho', 'xa-a', 'technician'],
  ['hoa', 'xa-b', 'officer'],
  ['vinh', 'xa-b', 'approver'],
  ['chu-tich', 'tinh', 'leader'],
]

const addPlaces = async ({ db }: Context): Promise<void> => {
  const common = {
    population: 100,
    invented: true,
    gsoCode: null,
    from: '2025-07-01',
    to: null,
    source: 'bịa ra cho bài thử',
  }
  await addUnits(
    db,
    units.map(([id, kind, parent]) => ({ ...common, id, kind, parent, name: `Đơn vị ${id}`, shortName: id })),
  )
  await addStations(db, [{ id: 'dai-a', technology: 'wired', from: '2025-07-01', to: null, invented: true }])
  await addStationVillages(db, [{ station: 'dai-a', village: 'thon-a3' }], '2025-07-01')
}

/** Three clusters that are devices, and three behind the gateway of the wired station. */
const addNetwork = async ({ db, clock }: Context): Promise<void> => {
  const device = (id: string, kind: 'cluster' | 'gateway', unit: string) => ({
    ...{ id, kind, unit, name: `Thiết bị ${id}`, invented: true, madeAt: clock.now() },
  })
  await addDevices(db, [
    device('cum-a1', 'cluster', 'thon-a1'),
    device('cum-a2', 'cluster', 'thon-a2'),
    device('cum-b1', 'cluster', 'thon-b1'),
    device('cong-a', 'gateway', 'dai-a'),
  ])
  const cluster = (id: string, village: string, own: boolean) => ({
    ...{ id, village, name: id, horns: 2, invented: true },
    ...{ device: own ? id : null, gateway: own ? null : 'cong-a' },
  })
  await addClusters(db, [
    cluster('cum-a1', 'thon-a1', true),
    cluster('cum-a2', 'thon-a2', true),
    cluster('cum-b1', 'thon-b1', true),
    ...['x1', 'x2', 'x3'].map((id) => cluster(id, 'thon-a3', false)),
  ])
}

const addPeople = async (ctx: Context): Promise<void> => {
  for (const [person, unit, role] of posts) {
    await addPerson(ctx, { id: person, name: `Ông bà ${person}`, languages: ['vi'], invented: true })
    await givePost(ctx, { person, unit, role, title: role, from: '2026-01-01', to: null })
  }
}

const candidateOf = (ctx: Context, issue: Issue, sound: { hash: string; bytes: number }): Candidate => ({
  v: 1,
  release: ctx.ids.next(),
  unit: issue.unit ?? 'xa-a',
  author: issue.unit === 'xa-b' ? 'hoa' : 'lan',
  title: issue.title ?? 'Lịch tiêm phòng',
  class: issue.class ?? 'normal',
  audience: [...(issue.audience ?? ['xa-a'])],
  notBefore: ctx.clock.now() - 1000,
  notAfter: ctx.clock.now() + 30 * 86_400_000,
  hours: [...(issue.hours ?? [])],
  playsMax: 10,
  versions: [{ language: 'vi', sound: sound.hash, bytes: sound.bytes, durationMs: 60_000 }],
  madeAt: ctx.clock.now(),
})

const proposeIn = async (ctx: Context, issue: Issue): Promise<Candidate> => {
  const words = new TextEncoder().encode(`tiếng của ${issue.title ?? 'Lịch tiêm phòng'}`)
  const hash = await ctx.blobs.put(words)
  await insertSound(ctx.db, { hash, bytes: words.length, durationMs: 60_000, now: ctx.clock.now() })
  const candidate = candidateOf(ctx, issue, { hash: sha256Hex(words), bytes: words.length })
  await propose(ctx, ctx.db, { origin: { kind: 'scene', id: candidate.release }, candidate })
  return candidate
}

const issueIn = async (ctx: Context, issue: Issue): Promise<Airing[]> => {
  const candidate = await proposeIn(ctx, issue)
  for (const person of issue.signers ?? [issue.unit === 'xa-b' ? 'vinh' : 'minh']) {
    await sign(ctx, ctx.db, candidate.release, person)
  }
  const plan = issue.plan ?? { when: 'now' }
  const origin = { kind: 'scene', id: candidate.release }
  await placeRelease(ctx, ctx.db, { candidate, issuedAt: ctx.clock.now(), origin, plan })
  return airingsOfRelease(ctx.db, candidate.release)
}

const PASSWORD = 'một mật khẩu đủ dài'

const askAs = async (server: RunningServer, person: string): Promise<Ask> => {
  await openAccount(server.context, { person, username: person, password: PASSWORD })
  const token = await tokenOf(server.url, person, PASSWORD)
  const ask = (method: string, path: string, body?: unknown) =>
    askServer<unknown>(server.url + path, method, { token, body })
  return {
    get: (path) => ask('GET', path),
    post: (path, sent = {}) => ask('POST', path, sent),
    put: (path, sent = {}) => ask('PUT', path, sent),
  }
}

const serverUrlOf = ({ url, credentials }: EmbeddedBroker): string => {
  const own = new URL(url)
  own.username = encodeURIComponent(credentials.username)
  own.password = credentials.password
  return own.toString()
}

/**
 * A province with two communes, three villages of IP clusters and one behind a wired station, six people, and the whole
 * chain from release to figure running on a real database and a real broker. It is Sunday, eight o'clock.
 */
export const openTown = async (): Promise<Town> => {
  const database = await testDatabase()
  const home = mkdtempSync(join(tmpdir(), 'loa-town-'))
  const clock = turnedClock(today('08:00'))
  const broker = await startBroker({ home, databaseUrl: database.url, log: silentLog })
  const killBroker = () => void process.kill(broker.pid(), 'SIGKILL')
  const config = {
    ...{
      home,
      host: '127.0.0.1',
      port: 0,
      databaseUrl: database.url,
      mqttUrl: serverUrlOf(broker),
      tls: undefined,
      demo: false,
    },
    consoleFolder: join(home, 'console'),
  }
  const modules = [access, trust, devices, schedule, broadcast, receipts, network, statistics]
  const start = () => startServer({ config, clock, modules })
  let server = await start()
  const scripted: ScriptedDevice[] = []
  await addPlaces(server.context)
  await addNetwork(server.context)
  await addPeople(server.context)
  await server.settled()
  const town: Town = {
    get ctx() {
      return server.context
    },
    get server() {
      return server
    },
    clock,
    database,
    actor: async (person) => {
      const held = await postsOf(server.context.db, person, '2026-11-22')
      return { person, name: person, languages: ['vi'], posts: held }
    },
    propose: async (issue = {}) => (await proposeIn(server.context, issue)).release,
    issue: (issue = {}) => issueIn(server.context, issue),
    device: async (id) => {
      const device = await enrolScripted(server.context, id)
      scripted.push(device)
      return device
    },
    signIn: (person) => askAs(server, person),
    settled: () => server.settled(),
    killBroker,
    restart: async () => {
      await server.stop()
      killBroker()
      server = await start()
    },
    close: async () => {
      for (const device of scripted) await device.leave()
      await server.stop()
      await broker.stop()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
  return town
}
