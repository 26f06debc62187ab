import {
  type Candidate,
  configSchema,
  type DeviceConfig,
  type Instant,
  localDate,
  type Manifest,
  manifestSchema,
  type Order,
  orderSchema,
  parseAs,
  type Roster,
  rosterSchema,
} from '@loa/protocol'

/**
 * What a device must not forget when the power goes: a fold over an append-only journal. Each record is one line; the
 * order of the lines is the order of what happened. Signatures were checked before a record was written.
 */
export type JournalRecord =
  | { readonly t: 'roster'; readonly body: string }
  | { readonly t: 'manifest'; readonly body: string }
  | { readonly t: 'order'; readonly body: string }
  | { readonly t: 'config'; readonly body: string }
  /** What is left of an order once its airing is done: its place in the sequence. */
  | { readonly t: 'orderSeq'; readonly unit: string; readonly seq: number; readonly body: string }
  | { readonly t: 'stop'; readonly unit: string; readonly airing: string | null; readonly at: Instant }
  | { readonly t: 'floor'; readonly at: Instant }
  | StartedRecord
  | {
      readonly t: 'progress'
      readonly counter: number
      readonly seconds: number
      readonly levelDbfs: number | null
      readonly at: Instant
    }
  | ReceiptRecord
  | { readonly t: 'acked'; readonly ids: readonly string[] }
  /** Sums that a compacted journal carries on. */
  | { readonly t: 'counter'; readonly counter: number }
  | { readonly t: 'plays'; readonly release: string; readonly count: number; readonly until: Instant }
  | { readonly t: 'day'; readonly date: string; readonly seconds: number }
  | { readonly t: 'settled'; readonly airing: string; readonly until: Instant }

export type StartedRecord = {
  readonly t: 'started'
  readonly counter: number
  readonly airing: string
  readonly release: string
  readonly unit: string
  readonly at: Instant
  readonly clockTrusted: boolean
  readonly volume: number
  readonly sounds: readonly string[]
  /** The rest of an airing that an emergency broke off: it is no further play of its release. */
  readonly resumed: boolean
  /** Until when the play must be remembered: the end of the candidate's validity. */
  readonly until: Instant
}

export type ReceiptRecord = {
  readonly t: 'receipt'
  readonly id: string
  readonly counter: number
  readonly airing: string
  /** The signed envelope as it is sent. */
  readonly payload: string
  readonly at: Instant
  /** Seconds that count towards the minutes of the day it began. */
  readonly seconds: number
  /** False for "silent, because the clock is not trusted": the airing may still be heard once it is. */
  readonly settles: boolean
}

export type StopMark = { readonly unit: string; readonly airing: string | null; readonly at: Instant }
export type Started = StartedRecord & { seconds: number; levelDbfs: number | null; lastAt: Instant }
type Signed<T> = { readonly value: T; readonly body: string }

/** Reads the body of a record; members of one fleet read each body once. */
export type ReadBody = <T>(kind: string, schema: Parameters<typeof parseAs<T>>[0], body: string) => T | undefined
const readAlone: ReadBody = (_, schema, body) => parseAs(schema, body)

export type Memory = {
  readonly read: ReadBody
  counter: number
  /** The latest trusted instant the device has seen. */
  floor: Instant
  config: Signed<DeviceConfig> | undefined
  readonly rosters: Map<string, Signed<Roster>>
  readonly manifests: Map<string, Signed<Manifest>>
  /** Orders by airing, until a later manifest speaks for their unit. */
  readonly orders: Map<string, Order>
  readonly orderSeqs: Map<string, { readonly seq: number; readonly body: string }>
  readonly stops: Map<string, StopMark>
  /** Airings that are done with, whatever came of them, and until when that must be remembered. */
  readonly settled: Map<string, Instant>
  readonly plays: Map<string, { count: number; until: Instant }>
  day: { date: string; seconds: number }
  /** Started and not ended: after a boot, what a power cut broke off. */
  readonly open: Map<number, Started>
  /** Receipts the server has not acknowledged, by id. */
  readonly waiting: Map<string, string>
}

/** Longer than any airing may be late, and than a queue of a six-week outage: a done airing is remembered this long. */
const settledMs = 60 * 86_400_000
/** Manifests look 14 days ahead; a stop for one of their airings is kept as long. */
const stopMs = 14 * 86_400_000

export const emptyMemory = (read: ReadBody = readAlone): Memory => ({
  read,
  counter: 0,
  floor: 0,
  config: undefined,
  rosters: new Map(),
  manifests: new Map(),
  orders: new Map(),
  orderSeqs: new Map(),
  stops: new Map(),
  settled: new Map(),
  plays: new Map(),
  day: { date: '', seconds: 0 },
  open: new Map(),
  waiting: new Map(),
})

/** The sequence an order belongs to: that of its unit, or that of the device it names. Ids hold no blank. */
export const orderLine = ({ unit, device }: Pick<Order, 'unit' | 'device'>): string =>
  device === undefined ? unit : `device ${device}`

const foldManifest = (memory: Memory, body: string): void => {
  const manifest = memory.read('manifest', manifestSchema, body)
  if (manifest === undefined) return
  memory.manifests.set(manifest.unit, { value: manifest, body })
  for (const [airing, order] of memory.orders) {
    // An order of the same instant stays: the manifest that follows it holds the same airing. One for this device alone
    // stands in no manifest.
    const spokenFor = order.unit === manifest.unit && order.device === undefined
    if (spokenFor && order.issuedAt < manifest.issuedAt) memory.orders.delete(airing)
  }
}

const foldOrder = (memory: Memory, body: string): void => {
  const order = memory.read('order', orderSchema, body)
  if (order === undefined) return
  memory.orderSeqs.set(orderLine(order), { seq: order.seq, body })
  const manifest = order.device === undefined ? memory.manifests.get(order.unit)?.value : undefined
  if (manifest === undefined || manifest.issuedAt <= order.issuedAt) memory.orders.set(order.airing.id, order)
}

const foldStarted = (memory: Memory, record: StartedRecord): void => {
  memory.counter = Math.max(memory.counter, record.counter)
  memory.open.set(record.counter, { ...record, seconds: 0, levelDbfs: null, lastAt: record.at })
  memory.settled.set(record.airing, record.at + settledMs)
  const plays = memory.plays.get(record.release) ?? { count: 0, until: record.until }
  if (!record.resumed) memory.plays.set(record.release, { count: plays.count + 1, until: record.until })
}

const foldReceipt = (memory: Memory, record: ReceiptRecord): void => {
  memory.counter = Math.max(memory.counter, record.counter)
  memory.waiting.set(record.id, record.payload)
  if (record.settles) memory.settled.set(record.airing, record.at + settledMs)
  const date = localDate(memory.open.get(record.counter)?.at ?? record.at)
  memory.open.delete(record.counter)
  if (date > memory.day.date) memory.day = { date, seconds: record.seconds }
  else if (date === memory.day.date) memory.day.seconds += record.seconds
}

type Fold = { readonly [T in JournalRecord['t']]: (memory: Memory, record: Extract<JournalRecord, { t: T }>) => void }

const folds: Fold = {
  roster: (memory, { body }) => {
    const roster = memory.read('roster', rosterSchema, body)
    if (roster !== undefined) memory.rosters.set(roster.unit, { value: roster, body })
  },
  config: (memory, { body }) => {
    const config = parseAs(configSchema, body)
    if (config !== undefined) memory.config = { value: config, body }
  },
  manifest: (memory, { body }) => foldManifest(memory, body),
  order: (memory, { body }) => foldOrder(memory, body),
  orderSeq: (memory, { unit, seq, body }) => memory.orderSeqs.set(unit, { seq, body }),
  stop: (memory, { unit, airing, at }) => memory.stops.set(airing ?? `all:${unit}`, { unit, airing, at }),
  floor: (memory, { at }) => {
    memory.floor = Math.max(memory.floor, at)
  },
  started: foldStarted,
  progress: (memory, { counter, seconds, levelDbfs, at }) => {
    const open = memory.open.get(counter)
    if (open) Object.assign(open, { seconds, levelDbfs, lastAt: at })
  },
  receipt: foldReceipt,
  acked: (memory, { ids }) => {
    for (const id of ids) memory.waiting.delete(id)
  },
  counter: (memory, { counter }) => {
    memory.counter = Math.max(memory.counter, counter)
  },
  plays: (memory, { release, count, until }) => memory.plays.set(release, { count, until }),
  day: (memory, { date, seconds }) => {
    memory.day = { date, seconds }
  },
  settled: (memory, { airing, until }) => memory.settled.set(airing, until),
}

/** Adds one record to what is remembered, in place. */
export const remember = <T extends JournalRecord['t']>(
  memory: Memory,
  record: Extract<JournalRecord, { t: T }>,
): void => {
  const fold = folds[record.t as T]
  // A record of a kind this program does not know was written by a later one.
  if (fold !== undefined) fold(memory, record)
}

/** Forgets what can no longer matter at a trusted instant. */
export const forget = (memory: Memory, now: Instant): void => {
  for (const [airing, until] of memory.settled) if (until < now) memory.settled.delete(airing)
  for (const [release, plays] of memory.plays) if (plays.until < now) memory.plays.delete(release)
  for (const [key, stop] of memory.stops) if (stop.at + stopMs < now) memory.stops.delete(key)
  for (const [airing, order] of memory.orders) {
    if (memory.settled.has(airing) && order.airing.latestStart < now) memory.orders.delete(airing)
  }
}

const receiptRecord = (id: string, payload: string): ReceiptRecord => ({
  t: 'receipt',
  id,
  payload,
  // Only the waiting payload is carried on: counter, day and airing stand in records of their own.
  counter: 0,
  airing: '',
  at: 0,
  seconds: 0,
  settles: false,
})

/** The fewest records that fold to the same memory: a compacted journal. */
export const snapshot = (memory: Memory): readonly JournalRecord[] => [
  { t: 'floor', at: memory.floor },
  { t: 'counter', counter: memory.counter },
  ...(memory.config ? [{ t: 'config', body: memory.config.body } as const] : []),
  ...[...memory.rosters.values()].map(({ body }) => ({ t: 'roster', body }) as const),
  ...[...memory.manifests.values()].map(({ body }) => ({ t: 'manifest', body }) as const),
  ...[...memory.orders.values()].map((order) => ({ t: 'order', body: JSON.stringify(order) }) as const),
  ...[...memory.orderSeqs].map(([unit, { seq, body }]) => ({ t: 'orderSeq', unit, seq, body }) as const),
  ...[...memory.stops.values()].map(
    (stop) => ({ t: 'stop', unit: stop.unit, airing: stop.airing, at: stop.at }) as const,
  ),
  ...[...memory.settled].map(([airing, until]) => ({ t: 'settled', airing, until }) as const),
  ...[...memory.waiting].map(([id, payload]) => receiptRecord(id, payload)),
  ...[...memory.open.values()].flatMap(({ seconds, levelDbfs, lastAt, ...started }) => [
    started,
    { t: 'progress', counter: started.counter, seconds, levelDbfs, at: lastAt } as const,
  ]),
  // After the starts, which count plays of their own: the sums below hold.
  ...[...memory.plays].map(([release, { count, until }]) => ({ t: 'plays', release, count, until }) as const),
  { t: 'day', date: memory.day.date, seconds: memory.day.seconds },
]

/** Plays of a release so far, on this device. */
export const playsOf = (memory: Memory, candidate: Candidate): number => memory.plays.get(candidate.release)?.count ?? 0

/** Seconds sounded on the local day of an instant. */
export const secondsOn = (memory: Memory, at: Instant): number =>
  memory.day.date === localDate(at) ? memory.day.seconds : 0
