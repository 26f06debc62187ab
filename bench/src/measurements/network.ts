import { OrderWatch, type SeenOrder, StartWatch } from '../airing.ts'
import { ARENA_UNIT, type Arena } from '../arena.ts'
import { type Distribution, distributionOf, quantile } from '../figures.ts'
import type { AiringTimes, HerdState } from '../herd-words.ts'
import { wallNow } from '../listener.ts'
import { approve, type BulletinClass, classNote, classNow, type Notice, submitted, voice } from '../people.ts'
import type { Place } from '../place.ts'
import { besideOf, type Measured, peerOf, type Row } from '../report.ts'
import { until, wait } from '../waiting.ts'

const SEED = 554
const LOSS = 0.01
const RATIO_MAX = 1.5
const STOP_MAX_MS = 1000
const TEXT =
  'Đây là bản tin đo thử của đài truyền thanh xã, bà con không phải làm gì. Bản tin này dài hơn một chút để còn đang phát khi có lệnh dừng.'
const BARE_TOPIC = 'loa/v1/unit/bench-bare/order'
/** Fills what waits for the stalled, so that they really are. */
const BALLAST_TOPIC = 'loa/v1/unit/bench-ballast/order'
const BALLAST = { atFirst: 10, firstBytes: 64 * 1024, bytes: 16 * 1024, everyMs: 1000 }
/** Longer than any device's line may hold a piece back with these losses: what has not come by then does not. */
const HEARD_MAX_MS = 15_000
const RECEIPTS_MAX_MS = 60_000
const CONNECT_MAX_MS = 240_000

type Size = {
  readonly devices: number
  readonly rounds: number
  readonly p99Max: number | undefined
  readonly p999Max?: number
}

const sizes: readonly Size[] = [
  { devices: 554, rounds: 12, p99Max: 1000 },
  { devices: 1107, rounds: 4, p99Max: undefined },
  { devices: 2000, rounds: 5, p99Max: undefined },
  { devices: 10_000, rounds: 4, p99Max: 2000, p999Max: 4000 },
]
const quickSizes: readonly Size[] = [{ devices: 100, rounds: 4, p99Max: 1000 }]
const WARM_UP = 1

/** The usual sizes, or those asked for: with the budget and the rounds of the usual one, where there is such. */
const sizesOf = ({ quick, devices }: Place): readonly Size[] => {
  const usual = quick ? quickSizes : sizes
  return (
    devices?.map(
      (asked) => usual.find((size) => size.devices === asked) ?? { devices: asked, rounds: 4, p99Max: undefined },
    ) ?? usual
  )
}

/** Milliseconds of every device, of all rounds of a size. */
type Times = {
  readonly published: number[]
  readonly sounded: number[]
  readonly begun: number[]
  readonly acknowledged: number[]
  readonly silenced: number[]
  readonly bare: number[]
  readonly receiptsPerSecond: number[]
  missing: number
  lost: number
  twice: number
}

const noTimes = (): Times => ({
  ...{ published: [], sounded: [], begun: [], acknowledged: [], silenced: [], bare: [], receiptsPerSecond: [] },
  ...{ missing: 0, lost: 0, twice: 0 },
})

type Scene = {
  readonly arena: Arena
  readonly orders: OrderWatch
  readonly starts: StartWatch
  readonly used: BulletinClass
}

const settled = (times: AiringTimes, devices: number): boolean => times.firstSamples.length >= devices

/** Waits until all receipts of an airing are in the database; says how many came in a second, and what is wrong with them. */
const takenIn = async ({ arena }: Scene, airing: string, { devices, since }: { devices: number; since: number }) => {
  let found = { receipts: 0, devices: 0 }
  await until(
    'the receipts',
    async () => {
      found = await arena.receipts(airing)
      return found.devices >= devices
    },
    { withinMs: RECEIPTS_MAX_MS, everyMs: 50 },
  ).catch(() => undefined)
  const seconds = (wallNow() - since) / 1000
  return {
    perSecond: found.receipts / seconds,
    lost: Math.max(0, devices - found.devices),
    twice: found.receipts - found.devices,
  }
}

/** One approval, heard by everybody; then one stop for all of it; then every receipt. */
const round = async (
  scene: Scene,
  notice: Notice,
  { devices, times }: { devices: number; times: Times },
): Promise<SeenOrder> => {
  const { arena, orders, starts } = scene
  const { approver } = arena.people
  const sent = wallNow()
  await approve(approver, notice)
  const order = await orders.ofRelease(notice.release?.id ?? '')
  const seen = async () => arena.herd.ask<AiringTimes>({ do: 'airing', airing: order.airing })
  await until('the first sounds', async () => settled(await seen(), devices), {
    withinMs: HEARD_MAX_MS,
    everyMs: 200,
  }).catch(() => undefined)
  const heard = await seen()
  const stopped = wallNow()
  await approver.must('POST', '/api/stop-all', { unit: ARENA_UNIT })
  await until('silence', async () => (await seen()).silences.length >= heard.firstSamples.length, {
    withinMs: HEARD_MAX_MS,
    everyMs: 200,
  }).catch(() => undefined)
  const after = await seen()
  const receipts = await takenIn(scene, order.airing, { devices: heard.firstSamples.length, since: stopped })
  times.published.push(order.at - sent)
  times.sounded.push(...heard.firstSamples.map((at) => at - sent))
  times.begun.push(...heard.firstSamples.map((at) => at - order.at))
  times.acknowledged.push(...[...starts.ofAiring(order.airing).values()].map((at) => at - order.at))
  // one that had ended by itself before the stop was sent says nothing of it
  times.silenced.push(...after.silences.filter((at) => at >= stopped).map((at) => at - stopped))
  times.missing += devices - heard.firstSamples.length
  times.lost += receipts.lost
  times.twice += receipts.twice
  times.receiptsPerSecond.push(receipts.perSecond)
  return order
}

const prepared = async (scene: Scene, count: number): Promise<Notice[]> => {
  const { officer } = scene.arena.people
  const { id } = await voice(officer, TEXT)
  const notices: Notice[] = []
  for (let number = 1; number <= count; number++) {
    const draft = { title: `Đo mạng số ${number}`, class: scene.used, audience: [ARENA_UNIT], text: TEXT, voicing: id }
    notices.push(await submitted(officer, draft))
  }
  return notices
}

const connected = async ({ arena }: Scene, devices: number): Promise<void> => {
  await arena.herd.ask({ do: 'connect' })
  const state = () => arena.herd.ask<HerdState>({ do: 'state' })
  await until('every device to be connected and told the time', async () => (await state()).clockTrusted >= devices, {
    withinMs: CONNECT_MAX_MS,
    everyMs: 500,
  })
  // sounds are fetched when they are proposed, and manifests settle
  await wait(3000)
}

const bareRounds = async ({ arena }: Scene, payload: Buffer, { size, times }: { size: Size; times: Times }) => {
  const { herd, bareUrl, bareUser, barePassword } = arena
  const { devices, rounds } = size
  await herd.ask({
    do: 'bare',
    url: bareUrl,
    user: bareUser,
    password: barePassword,
    count: devices,
    topic: BARE_TOPIC,
  })
  await wait(2000)
  const publisher = await arena.broker.connect('bare-publisher')
  for (let number = 0; number < rounds + WARM_UP; number++) {
    await herd.ask({ do: 'bareReset' })
    const began = wallNow()
    await publisher.publishAsync(BARE_TOPIC, payload, { qos: 1 })
    const arrivals = () => herd.ask<number[]>({ do: 'bareArrivals' })
    await until('the bare fan-out', async () => (await arrivals()).length >= devices, {
      withinMs: HEARD_MAX_MS,
      everyMs: 200,
    }).catch(() => undefined)
    if (number >= WARM_UP) times.bare.push(...(await arrivals()).map((at) => at - began))
  }
  await publisher.endAsync(true)
  await herd.ask({ do: 'bareClose' })
}

/** Something goes to the stalled all the time, in both halves of a measurement. */
const ballast = async ({ arena }: Scene): Promise<() => Promise<void>> => {
  const publisher = await arena.broker.connect('ballast')
  for (let number = 0; number < BALLAST.atFirst; number++)
    await publisher.publishAsync(BALLAST_TOPIC, Buffer.alloc(BALLAST.firstBytes), { qos: 1 })
  const trickle = setInterval(
    () => publisher.publish(BALLAST_TOPIC, Buffer.alloc(BALLAST.bytes), { qos: 1 }),
    BALLAST.everyMs,
  )
  return async () => {
    clearInterval(trickle)
    await publisher.endAsync(true)
  }
}

const measureSize = async (scene: Scene, size: Size, stalled: number): Promise<Times> => {
  const { arena } = scene
  const { devices, rounds } = size
  const times = noTimes()
  const { url: server } = arena.installation
  const people = { do: 'people', server, data: arena.herdData, unit: ARENA_UNIT, clusters: devices, stalled } as const
  await arena.herd.ask({ ...people, loss: LOSS, seed: SEED })
  if (stalled > 0) await arena.herd.ask({ do: 'stall', topics: [BALLAST_TOPIC] })
  await connected(scene, devices)
  const endBallast = await ballast(scene)
  const notices = await prepared(scene, rounds + WARM_UP)
  await wait(3000)
  let payload = Buffer.alloc(0)
  for (const [number, notice] of notices.entries()) {
    const into = number < WARM_UP ? noTimes() : times
    payload = Buffer.from((await round(scene, notice, { devices, times: into })).payload)
  }
  await arena.herd.ask({ do: 'disconnect' })
  await bareRounds(scene, payload, { size, times })
  await endBallast()
  return times
}

const spread = (values: readonly number[]): Distribution & { p999: number } => ({
  ...distributionOf(values),
  p999: quantile(values, 0.999),
})

const rowsOf = ({ devices, p99Max, p999Max }: Size, times: Times): Row[] => {
  const at = (what: string): string => `${devices}: ${what}`
  const [sounded, bare, begun] = [spread(times.sounded), spread(times.bare), spread(times.begun)]
  // where everything had ended by itself before the stop there is nothing to tell
  const silenced = times.silenced.length === 0 ? undefined : spread(times.silenced)
  return [
    { what: at('approve → order published, p50'), ours: quantile(times.published, 0.5), unit: 'ms' },
    { what: at('published → first sound, p50'), ours: begun.p50, unit: 'ms', beside: peerOf('bare, p50', bare.p50) },
    { what: at('published → first sound, p99'), ours: begun.p99, unit: 'ms', beside: peerOf('bare, p99', bare.p99) },
    { what: at('approve → first sound, p50'), ours: sounded.p50, unit: 'ms', beside: peerOf('bare, p50', bare.p50) },
    {
      ...{ what: at('approve → first sound, p99'), ours: sounded.p99, unit: 'ms' },
      ...(p99Max === undefined ? {} : { beside: besideOf(p99Max) }),
    },
    {
      ...{ what: at('approve → first sound, p99.9'), ours: sounded.p999, unit: 'ms' },
      ...(p999Max === undefined ? {} : { beside: besideOf(p999Max) }),
    },
    {
      ...{ what: at('approve → first sound, p99, by the bare fan-out'), ours: sounded.p99 / bare.p99, unit: '×' },
      beside: besideOf(RATIO_MAX),
    },
    { what: at('order → all have acknowledged, p99'), ours: spread(times.acknowledged).p99, unit: 'ms' },
    ...(silenced === undefined
      ? []
      : [
          { what: at('stop-all → silence, p50'), ours: silenced.p50, unit: 'ms' },
          { what: at('stop-all → silence, p99'), ours: silenced.p99, unit: 'ms', beside: besideOf(STOP_MAX_MS) },
        ]),
    { what: at('receipts taken in per second, p50'), ours: quantile(times.receiptsPerSecond, 0.5), unit: '' },
    { what: at('devices that did not sound within 15 s'), ours: times.missing, unit: '', beside: besideOf(0) },
    { what: at('receipts lost, or stored twice'), ours: times.lost + times.twice, unit: '', beside: besideOf(0) },
  ]
}

const notesOf = (all: readonly { size: Size; times: Times }[], stalled: number, used: BulletinClass): string[] => [
  `${all.map(({ size }) => `${size.rounds} approvals for ${size.devices} devices`).join(', ')}, all of one commune; ${stalled} stalled consumers that subscribe, stop reading and are sent 16 KB a second; 1 % of the pieces of every device's connection lost and sent again as by TCP (200 ms, doubling; seed ${SEED})`,
  'the simulated players, each a whole player with its own keys, journal and checks, the bare subscribers, server, broker and database share the two cores of this machine: with 10,000 devices what is measured is above all how long one core needs for 10,000 players',
  'nothing is left out: the time runs from the request to approve, the decision, signatures and every commit included, to the first sample at the output of each device, whose start is on disk before it sounds',
  'bare fan-out: the same bytes through the same broker to as many bare subscribers, over the same kind of connection with the same losses, with the same stalled consumers, in the same process, right after',
  'published: a subscriber beside the devices sees the order; acknowledged: each device says on the broker that it plays; receipts per second: from the stop to the last receipt in the database',
  classNote(used),
]

/** From one approval to thousands of loudspeakers, over bad lines, with consumers that stall. */
export const network = async (place: Place): Promise<Measured> => {
  const arena = await place.arena()
  const used = classNow()
  const scene: Scene = {
    ...{ arena, used },
    orders: await new OrderWatch(await arena.broker.connect('orders')).open(),
    starts: await new StartWatch(await arena.broker.connect('starts')).open(),
  }
  const stalled = place.quick ? 50 : 500
  const done: { size: Size; times: Times }[] = []
  const failures: string[] = []
  let opened = false
  try {
    for (const size of sizesOf(place)) {
      const rounds = place.rounds ?? size.rounds
      place.say(`network: ${size.devices} devices …`)
      try {
        const times = await measureSize(scene, { ...size, rounds }, opened ? 0 : stalled)
        done.push({ size: { ...size, rounds }, times })
        for (const row of rowsOf(size, times)) place.say(`network: ${row.what}: ${row.ours.toFixed(1)} ${row.unit}`)
      } catch (error) {
        // what was measured before counts, and what failed is told beside it
        failures.push(`${size.devices} devices: FAILED: ${error instanceof Error ? error.message : String(error)}`)
        place.say(`network: ${failures.at(-1)}`)
        await arena.herd.ask({ do: 'disconnect' }).catch(() => undefined)
        await arena.herd.ask({ do: 'bareClose' }).catch(() => undefined)
      }
      opened = true
    }
    if (done.length === 0) throw new Error(failures.join('; '))
  } finally {
    await scene.orders.close().catch(() => undefined)
    await scene.starts.close().catch(() => undefined)
    await arena.herd.ask({ do: 'unstall' }).catch(() => undefined)
  }
  return {
    rows: done.flatMap(({ size, times }) => rowsOf(size, times)),
    notes: [...notesOf(done, stalled, used), ...failures],
    distribution: Object.fromEntries(
      done.flatMap(({ size, times }) => [
        [`sounded${size.devices}Ms`, spread(times.sounded)] as const,
        [`published${size.devices}Ms`, spread(times.published)] as const,
        [`bare${size.devices}Ms`, spread(times.bare)] as const,
        ...(times.silenced.length > 0 ? [[`silenced${size.devices}Ms`, spread(times.silenced)] as const] : []),
      ]),
    ),
  }
}
