import { OrderWatch, StartWatch } from '../airing.ts'
import { type Distribution, distributionOf } from '../figures.ts'
import { type Listener, wallNow } from '../listener.ts'
import {
  airingOf,
  approve,
  type BulletinClass,
  COMMUNE,
  classNote,
  classNow,
  devicesOf,
  type Notice,
  type Receipt,
  submitted,
  voice,
} from '../people.ts'
import type { Place, Town } from '../place.ts'
import { besideOf, type Measured, peerOf, type Row } from '../report.ts'
import { until, wait } from '../waiting.ts'
import { FanOut } from './fan-out.ts'

const BUDGET_MS = 1000
const RATIO_MAX = 1.5
const TEXT = 'Đây là bản tin đo thử của đài truyền thanh xã, bà con không phải làm gì.'
/** Long enough for every device to have begun before the airing is stopped to make room for the next. */
const HEARD_MS = 800
/** The first rounds find sounds not yet fetched and code not yet compiled: they are no news of a running station. */
const WARM_UP = 2

type Bench = {
  readonly town: Town
  readonly device: string
  readonly listener: Listener
  readonly orders: OrderWatch
  readonly starts: StartWatch
  readonly fanOut: FanOut
}

/** Milliseconds after the approval was sent. */
type Round = {
  readonly answered: number
  readonly published: number
  readonly started: number
  readonly sounded: number
  /** Each device's word that it has begun, as it came through the broker. */
  readonly fleet: readonly number[]
  /** What the receipts call the start, by the clocks of the devices. */
  readonly receipts: readonly number[]
  readonly silent: number
  readonly bare: readonly number[]
}

const untilAllReported = async ({ town }: Bench, airing: string, devices: number): Promise<readonly Receipt[]> => {
  const reported = async () => (await airingOf(town.people.approver, airing)).receipts.filter(({ id }) => id !== null)
  await until('the receipts', async () => (await reported()).length >= devices, { withinMs: 8000, everyMs: 250 }).catch(
    () => undefined,
  )
  return reported()
}

const round = async (bench: Bench, notice: Notice, devices: number): Promise<Round> => {
  const { town, listener, orders, starts, fanOut, device } = bench
  const { approver } = town.people
  const sent = wallNow()
  await approve(approver, notice)
  const answered = wallNow() - sent
  const order = await orders.ofRelease(notice.release?.id ?? '')
  const sounded = await until('the first sound', () => listener.ofAiring(order.airing)?.firstLoudAt(), {
    withinMs: 20_000,
    everyMs: 50,
  })
  await wait(HEARD_MS)
  await approver.must('POST', `/api/airings/${order.airing}/stop`)
  const receipts = await untilAllReported(bench, order.airing, devices)
  const startOf = ({ startedAt }: Receipt): number[] => (startedAt === null ? [] : [Date.parse(startedAt) - sent])
  const [started] = receipts.filter((each) => each.device === device).flatMap(startOf)
  if (started === undefined) throw new Error(`the player has no receipt of a start for ${order.airing}`)
  return {
    answered,
    published: order.at - sent,
    started,
    sounded: sounded - sent,
    fleet: [...starts.ofAiring(order.airing).values()].map((at) => at - sent),
    receipts: receipts.flatMap(startOf),
    silent: receipts.filter(({ startedAt }) => startedAt === null).length,
    bare: await fanOut.once(order.payload),
  }
}

const prepared = async (town: Town, count: number, bulletinClass: BulletinClass): Promise<Notice[]> => {
  const { id } = await voice(town.people.officer, TEXT)
  const notices: Notice[] = []
  for (let number = 1; number <= count; number++) {
    const draft = { title: `Đo thử số ${number}`, class: bulletinClass, audience: [COMMUNE], text: TEXT, voicing: id }
    notices.push(await submitted(town.people.officer, draft))
  }
  return notices
}

const spread = (what: string, values: Distribution): Row[] => [
  { what: `${what}, p50`, ours: values.p50, unit: 'ms' },
  { what: `${what}, p99`, ours: values.p99, unit: 'ms', beside: besideOf(BUDGET_MS) },
]

const rowsOf = (
  all: Record<'published' | 'started' | 'sounded' | 'fleet' | 'receipts' | 'bare', Distribution>,
): Row[] => [
  { what: 'approve → order published, p50', ours: all.published.p50, unit: 'ms' },
  ...spread('approve → first sound in the WAV', all.sounded),
  ...spread('approve → every device has begun', all.fleet),
  { what: 'approve → startedAt of the player, its own clock, p50', ours: all.started.p50, unit: 'ms' },
  { what: 'approve → startedAt of every device, their clocks, p99', ours: all.receipts.p99, unit: 'ms' },
  { what: 'bare fan-out of the same bytes, p99', ours: all.bare.p99, unit: 'ms' },
  {
    what: 'approve → begun, p99, by the bare fan-out',
    ours: all.fleet.p99 / all.bare.p99,
    unit: '×',
    beside: besideOf(RATIO_MAX),
  },
  { what: 'approve → begun, p50', ours: all.fleet.p50, unit: 'ms', beside: peerOf('bare fan-out, p50', all.bare.p50) },
]

const measure = async (bench: Bench, count: number): Promise<Measured> => {
  const { town } = bench
  const used = classNow()
  const online = (await devicesOf(town.people.administrator)).filter((device) => device.online)
  const inCommune = (await devicesOf(town.people.approver)).filter((device) => device.online).length
  const notices = await prepared(town, count + WARM_UP, used)
  const rounds: Round[] = []
  for (const notice of notices) rounds.push(await round(bench, notice, inCommune))
  const kept = rounds.slice(WARM_UP)
  const distribution = {
    answered: distributionOf(kept.map(({ answered }) => answered)),
    published: distributionOf(kept.map(({ published }) => published)),
    started: distributionOf(kept.map(({ started }) => started)),
    sounded: distributionOf(kept.map(({ sounded }) => sounded)),
    fleet: distributionOf(kept.flatMap(({ fleet }) => fleet)),
    receipts: distributionOf(kept.flatMap(({ receipts }) => receipts)),
    bare: distributionOf(kept.flatMap(({ bare }) => bare)),
  }
  const silent = kept.reduce((sum, each) => sum + each.silent, 0)
  return {
    rows: rowsOf(distribution),
    notes: [
      `${count} approvals; each order reached ${inCommune} devices of one commune (one a player program of its own writing a WAV, the rest simulated in one process) while ${online.length} devices were connected; ${distribution.fleet.n} starts reported, ${silent} silences`,
      `the bare fan-out sends the same bytes through the same broker to ${inCommune} bare subscribers after each approval; an approval besides takes a decision, signatures and a commit, and on each device checks, a record on disk and a decoder`,
      'begun: the device says so on the broker, once its record of the start is on disk; startedAt stands on the clock of the device, which one answer of the server set, so it may be off by half the way there and back',
      classNote(used),
    ],
    distribution,
  }
}

/** From the moment an approval is sent to the moment each loudspeaker sounds. */
export const approveToSound = async (place: Place): Promise<Measured> => {
  const town = await place.town()
  const { device, listener } = await town.player('duyệt', 'wav')
  const orders = await new OrderWatch(await town.broker.connect('orders')).open()
  const starts = await new StartWatch(await town.broker.connect('starts')).open()
  const size = (await devicesOf(town.people.approver)).filter(({ online }) => online).length
  const fanOut = await FanOut.open(town, size)
  try {
    return await measure({ town, device, listener, orders, starts, fanOut }, place.quick ? 8 : 30)
  } finally {
    await fanOut.close()
    await starts.close()
    await orders.close()
    await listener.stop()
  }
}
