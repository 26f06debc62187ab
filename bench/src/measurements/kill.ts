import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { distributionOf, seeded } from '../figures.ts'
import { Installation } from '../installation.ts'
import { Listener, type WavHeard } from '../listener.ts'
import {
  airingOf,
  COMMUNE,
  classNote,
  classNow,
  enterCluster,
  type Notice,
  type People,
  type Receipt,
  signInAll,
  VILLAGE,
  voice,
} from '../people.ts'
import type { Place } from '../place.ts'
import { isAlive } from '../programs.ts'
import { besideOf, type Measured } from '../report.ts'
import { tried, until, wait } from '../waiting.ts'
import { Ledger } from './ledger.ts'

const SEED = 554
const TEXT = 'Bản tin đo thử, bà con không phải làm gì.'
const RECOVERED_MAX_MS = 60_000
/** What was approved last still has to be sounded, one after the other. */
const PROGRAMME_MAX_MS = 60_000
/** A player sends again every 30 s what was not acknowledged. */
const RECEIPTS_MAX_MS = 75_000
/** Airings approved that the player has not begun. */
const AHEAD_MAX = 2
/** Clients that write at the same time. */
const WRITERS = 2
/** How long a round goes on before the kill. */
const CALM_MIN_MS = 400
const CALM_SPREAD_MS = 1800

type Target = 'server' | 'broker' | 'database'
const targets: readonly Target[] = ['server', 'broker', 'database']

type Scene = {
  readonly installation: Installation
  readonly people: People
  readonly ledger: Ledger
  readonly listener: Listener
  readonly device: string
}

const openScene = async (place: Place): Promise<Scene> => {
  const installation = await Installation.in(join(place.folder, 'kill'))
  await installation.start()
  const people = await signInAll(installation.url)
  const { device, code } = await enterCluster(people.administrator, 'Cụm bị thử')
  const data = join(place.folder, 'kill-player')
  mkdirSync(data)
  const listener = new Listener({ url: installation.url, code, data, output: 'wav' })
  await listener.untilReady()
  const { id } = await voice(people.officer, TEXT)
  const ledger = new Ledger(people.officer, { class: classNow(), audience: [VILLAGE], text: TEXT, voicing: id })
  return { installation, people, ledger, listener, device }
}

/** Writes notices without a pause, and approves one whenever the player has nothing to play. */
class Work {
  readonly #scene: Scene
  readonly #stopping = new AbortController()
  readonly #done: Promise<unknown>
  readonly #waiting: Notice[] = []
  #approvals = 0

  constructor(scene: Scene) {
    this.#scene = scene
    this.#done = Promise.all(Array.from({ length: WRITERS }, () => this.#write()).concat(this.#approve()))
  }

  async #write(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const written = await this.#scene.ledger.writeOne()
      if (written === undefined) await wait(50)
      else this.#waiting.push(written)
      await wait(20)
    }
  }

  async #approve(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#approveOne()
      await wait(100)
    }
  }

  /** Keeps a few airings ahead of the player, so that it always has something to sound. */
  async #approveOne(): Promise<void> {
    const { listener, ledger, people } = this.#scene
    if (this.#approvals - listener.files().length >= AHEAD_MAX) return
    const next = this.#waiting.pop()
    if (next !== undefined && (await ledger.approve(people.approver, next))) this.#approvals += 1
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#done
  }
}

const pidOf = ({ installation }: Scene, target: Target): number | undefined => {
  if (target === 'server') return installation.pid
  return target === 'broker' ? installation.brokerPid() : installation.postgresPid()
}

/** kill -9, then the time until the killed part runs anew, everything answers, and a notice can be saved again. */
const killOnce = async (scene: Scene, target: Target): Promise<number> => {
  const { installation, ledger } = scene
  const pid = await until(`the process id of the ${target}`, () => pidOf(scene, target), { withinMs: 10_000 })
  const began = performance.now()
  if (target === 'server') {
    await installation.kill()
    // as a service manager would
    installation.launch()
  } else process.kill(pid, 'SIGKILL')
  await until(
    `the ${target} to run anew`,
    async () => {
      if (installation.isOver()) throw new Error(`the server ended: ${installation.logTail()}`)
      const now = pidOf(scene, target)
      return now !== undefined && now !== pid && isAlive(now) && installation.isWell()
    },
    { withinMs: RECOVERED_MAX_MS },
  )
  const before = ledger.promises.length
  await until('a notice to be saved', () => ledger.promises.length > before, {
    withinMs: RECOVERED_MAX_MS,
    everyMs: 10,
  })
  return performance.now() - began
}

/** Acknowledged approvals of which the player has written no file. */
const unsounded = async ({ people, ledger, listener }: Scene): Promise<number> => {
  const { airings } = await people.approver.must<{ airings: { id: string; notice: string | null }[] }>(
    'GET',
    `/api/airings?unit=${COMMUNE}`,
  )
  const sounded = new Set(listener.files().map(({ airing }) => airing))
  const heard = new Set(airings.filter(({ id }) => sounded.has(id)).map(({ notice }) => notice))
  return ledger.promises.filter(({ kind, notice }) => kind === 'approved' && !heard.has(notice)).length
}

type Account = { readonly played: number; readonly lost: number; readonly twice: number; readonly fleetTwice: number }

const twiceIn = (receipts: readonly Receipt[]): number => {
  const ids = receipts.flatMap(({ id }) => id ?? [])
  return ids.length - new Set(ids).size
}

/** Every file the player wrote stands for one receipt, named in it: is it with the server, once? */
const accountOf = async (scene: Scene, wavs: readonly WavHeard[]): Promise<Account> => {
  const { people, device } = scene
  let [lost, twice, fleetTwice] = [0, 0, 0]
  for (const airing of new Set(wavs.map((wav) => wav.airing))) {
    const { receipts } = await airingOf(people.approver, airing)
    const own = receipts.filter((each) => each.device === device && each.startedAt !== null)
    const wanted = wavs.filter((wav) => wav.airing === airing)
    const isThere = ({ counter }: WavHeard) => own.some(({ id }) => id?.endsWith(`.${counter}`))
    lost += wanted.filter((wav) => !isThere(wav)).length
    twice += Math.max(0, own.length - wanted.length)
    fleetTwice += twiceIn(receipts)
  }
  return { played: wavs.length, lost, twice, fleetTwice }
}

const measure = async (place: Place, scene: Scene): Promise<Measured> => {
  const chance = seeded(SEED)
  const rounds = place.rounds ?? (place.quick ? 9 : 30)
  const recovery: Record<Target, number[]> = { server: [], broker: [], database: [] }
  const work = new Work(scene)
  for (let round = 0; round < rounds; round++) {
    const target = targets[round % targets.length] as Target
    await wait(CALM_MIN_MS + chance() * CALM_SPREAD_MS)
    recovery[target].push(await killOnce(scene, target))
    place.say(
      `kill: round ${round + 1} of ${rounds}, the ${target} was back after ${Math.round(recovery[target].at(-1) ?? 0)} ms`,
    )
  }
  await work.stop()
  const { listener, ledger } = scene
  const isDone = async () => (await unsounded(scene)) === 0 && listener.files().every((wav) => wav.isClosed())
  await tried(() => until('the end of the programme', isDone, { withinMs: PROGRAMME_MAX_MS, everyMs: 500 }))
  const account = () => accountOf(scene, listener.files())
  await tried(() =>
    until('the receipts', async () => (await account()).lost === 0, { withinMs: RECEIPTS_MAX_MS, everyMs: 1000 }),
  )
  const { played, lost, twice, fleetTwice } = await account()
  const broken = await ledger.broken()
  const approved = ledger.promises.filter(({ kind }) => kind === 'approved').length
  const all = distributionOf(Object.values(recovery).flat())
  const counted = (kind: string) => ledger.promises.filter((promise) => promise.kind === kind).length
  return {
    rows: [
      { what: 'kills', ours: rounds, unit: '' },
      { what: 'acknowledged by HTTP 2xx', ours: ledger.promises.length, unit: '' },
      { what: 'acknowledged, then lost', ours: broken.length, unit: '', beside: besideOf(0) },
      { what: 'approved, then never sounded', ours: await unsounded(scene), unit: '', beside: besideOf(0) },
      { what: 'airings the player sounded', ours: played, unit: '' },
      { what: 'receipts lost', ours: lost, unit: '', beside: besideOf(0) },
      { what: 'receipts stored twice', ours: twice + fleetTwice, unit: '', beside: besideOf(0) },
      { what: 'kill → recovered, p50', ours: all.p50, unit: 'ms' },
      { what: 'kill → recovered, longest', ours: all.max, unit: 'ms' },
    ],
    notes: [
      `kill -9 in turn of server, broker and database at random moments (seed ${SEED}) while ${WRITERS} clients wrote and sent notices without a pause (${counted('saved')} saves, ${counted('submitted')} submissions, ${approved} approvals acknowledged; ${ledger.unanswered} requests failed and promised nothing) and a player sounded what was approved`,
      'recovered: the killed process runs anew, /healthz answers 200, and a save sent after that was acknowledged; the killed server is started again at once, the others come back by themselves',
      'a receipt is expected for every WAV file that the player wrote, by the number in its name',
      classNote(classNow()),
    ],
    distribution: {
      allMs: all,
      ...Object.fromEntries(
        targets
          .filter((target) => recovery[target].length > 0)
          .map((target) => [`${target}Ms`, distributionOf(recovery[target])]),
      ),
    },
  }
}

/** What survives when the power of single processes is cut, again and again, in the middle of work. */
export const kill = async (place: Place): Promise<Measured> => {
  const scene = await openScene(place)
  try {
    return await measure(place, scene)
  } finally {
    await scene.listener.stop()
    await scene.installation.stop()
  }
}
