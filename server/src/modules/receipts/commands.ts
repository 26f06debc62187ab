import { type PublicKey, type Receipt, type ReceiptAck, topics } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { sha256Hex } from '../../platform/crypto.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { deviceKey, deviceKeys } from '../devices/index.ts'
import { type Airing, airingsById } from '../schedule/index.ts'
import { serverSigner, verify } from '../trust/index.ts'
import { RECEIPT_TAKEN, type ReceiptTaken } from './facts.ts'
import {
  type Arrived,
  clockHolds,
  isWellSigned,
  judgeReceipt,
  type Known,
  type Read,
  type RejectCode,
  readArrived,
} from './model.ts'
import {
  bodiesOf,
  countWellSigned,
  insertReceipts,
  insertRejected,
  isKeptAside,
  keepKeys,
  keysOf,
  type NewReceipt,
  trimForged,
} from './store.ts'

/** Forged or unreadable messages kept for the technician to look at: a sample, so that nobody can fill the disk. */
const FORGED_KEPT = { perDevice: 100, inAll: 5_000 } as const
/** Well-signed receipts kept aside of one device; with more, it has to keep its own until somebody has looked. */
const WELL_SIGNED_KEPT_MAX = 10_000
/** Of a forged message this much is evidence enough. */
const FORGED_CHARS_MAX = 4_000
/** Ids in one acknowledgement (protocol). */
const ACK_IDS_MAX = 500

type Keys = ReadonlyMap<string, { readonly known: boolean; readonly byEpoch: ReadonlyMap<number, PublicKey> }>

/**
 * Every key we have of the devices; one seen for the first time is kept, for the device may get another one day. A device
 * that was revoked, or never enrolled, has no key now: nothing it says counts.
 */
const loadKeys = async (db: Db, devices: readonly string[]): Promise<Keys> => {
  const kept = Map.groupBy(await keysOf(db, devices), ({ device }) => device)
  const current = await deviceKeys(db, devices)
  const fresh = [...current].filter(([device, { epoch }]) => !kept.get(device)?.some((each) => each.epoch === epoch))
  await keepKeys(
    db,
    fresh.map(([device, { key, epoch }]) => ({ device, epoch, key })),
  )
  const keysNow = fresh.map(([device, { key, epoch }]) => ({ device, epoch, key }))
  const all = Map.groupBy([...[...kept.values()].flat(), ...keysNow], ({ device }) => device)
  return new Map(
    devices.map((device) => {
      const byEpoch = new Map((all.get(device) ?? []).map(({ epoch, key }) => [epoch, key]))
      return [device, { known: current.has(device), byEpoch }] as const
    }),
  )
}

/** Keeps a device's key when it is enrolled, so that receipts made with it can be checked after the next enrolment. */
export const rememberKey = async (ctx: Context, device: string): Promise<void> => {
  const current = await deviceKey(ctx.db, device)
  if (current !== undefined) await keepKeys(ctx.db, [{ device, epoch: current.epoch, key: current.key }])
}

type Readable = Extract<Read, { receipt: Receipt }>

const knownOf = ({ device, receipt, envelope }: Readable, keys: Keys, airings: ReadonlyMap<string, Airing>): Known => {
  const key = keys.get(device)?.byEpoch.get(receipt.epoch)
  const [signature] = envelope.signatures
  const signatureHolds =
    key !== undefined &&
    envelope.signatures.length === 1 &&
    signature?.key === key.id &&
    verify(key, 'receipt', envelope.body, signature.value)
  return {
    deviceKnown: keys.get(device)?.known ?? false,
    key,
    signatureHolds,
    airingRelease: airings.get(receipt.airing)?.release,
  }
}

const rowOf = ({ receipt, envelope, at }: Readable, airing: Airing): NewReceipt => {
  const { v: _, sounds: __, ...said } = receipt
  return {
    ...said,
    localDate: airing.localDate,
    clockTrusted: clockHolds(receipt, { airingAt: airing.at, receivedAt: at }),
    body: envelope.body,
    keyId: envelope.signatures[0]?.key ?? '',
    signature: envelope.signatures[0]?.value ?? '',
    receivedAt: at,
  }
}

type Sorted = { readonly taken: readonly Readable[]; readonly rejected: readonly { read: Read; code: RejectCode }[] }

const sortOut = (reads: readonly Read[], keys: Keys, airings: ReadonlyMap<string, Airing>): Sorted => {
  const taken: Readable[] = []
  const rejected: { read: Read; code: RejectCode }[] = []
  for (const read of reads) {
    if (read.receipt === undefined) rejected.push({ read, code: 'receipt.malformed' })
    else {
      const judged = judgeReceipt(read.device, read.receipt, knownOf(read, keys, airings))
      if (judged === 'take') taken.push(read)
      else rejected.push({ read, code: judged })
    }
  }
  return { taken, rejected }
}

/** Takes receipts in; returns those whose number a different receipt already has: the device, or a copy of it, is broken. */
const insertTaken = async (
  ctx: Context,
  taken: readonly Readable[],
  airings: ReadonlyMap<string, Airing>,
): Promise<Readable[]> => {
  const { db } = ctx
  const rows = taken.flatMap((read) => {
    const airing = airings.get(read.receipt.airing)
    return airing === undefined ? [] : [rowOf(read, airing)]
  })
  const fresh = new Set(await insertReceipts(db, rows))
  const news = Map.groupBy(
    rows.filter(({ id }) => fresh.has(id)),
    ({ airing }) => airing,
  )
  for (const [airing, receipts] of news) {
    const body: ReceiptTaken = { receipts: [...new Set(receipts.map(({ id }) => id))] }
    await announce(db, { id: ctx.ids.next(), kind: RECEIPT_TAKEN, at: ctx.clock.now(), subject: airing, body })
  }
  const kept = await bodiesOf(
    db,
    rows.map(({ id }) => id),
  )
  return taken.filter(({ receipt, envelope }) => kept.get(receipt.id) !== envelope.body)
}

/** Keeps one aside. Returns whether its sender may forget it. */
const setAside = async (ctx: Context, read: Read, code: RejectCode): Promise<boolean> => {
  const wellSigned = isWellSigned(code)
  const payloadHash = sha256Hex(read.payload)
  const { device } = read
  if (wellSigned && (await countWellSigned(ctx.db, device)) >= WELL_SIGNED_KEPT_MAX) {
    return isKeptAside(ctx.db, device, payloadHash)
  }
  await insertRejected(ctx.db, {
    id: ctx.ids.next(),
    device,
    at: read.at,
    code,
    wellSigned,
    receipt: read.receipt?.id ?? null,
    payloadHash,
    // a text column holds no NUL, and half a character pair is no text
    payload: wellSigned
      ? read.payload
      : read.payload.slice(0, FORGED_CHARS_MAX).replaceAll('\u0000', '').toWellFormed(),
  })
  if (!wellSigned) await trimForged(ctx.db, device, FORGED_KEPT)
  return wellSigned
}

const setAllAside = async (ctx: Context, rejected: Sorted['rejected']): Promise<Readable[]> => {
  const mayForget: Readable[] = []
  for (const { read, code } of rejected) {
    ctx.log.info('Một biên nhận không được nhận.', { device: read.device, refused: code })
    if ((await setAside(ctx, read, code)) && read.receipt !== undefined) mayForget.push(read)
  }
  return mayForget
}

export type Acknowledgement = { readonly device: string; readonly ids: readonly string[] }

const acknowledgementsOf = (safe: readonly Readable[]): Acknowledgement[] =>
  [...Map.groupBy(safe, ({ device }) => device)].map(([device, reads]) => ({
    device,
    ids: [...new Set(reads.map(({ receipt }) => receipt.id))],
  }))

/**
 * Takes in what arrived, each receipt exactly once however often it is sent, all in one transaction. Returns what may be
 * acknowledged now that it is committed.
 */
export const takeReceipts = (outer: Context, arrived: readonly Arrived[]): Promise<Acknowledgement[]> =>
  inTransaction(outer.db, async (db) => {
    const ctx: Context = { ...outer, db }
    const reads = arrived.map(readArrived).filter((read) => read !== undefined)
    const keys = await loadKeys(db, [...new Set(reads.map(({ device }) => device))].sort())
    const wanted = reads.flatMap(({ receipt }) => (receipt === undefined ? [] : [receipt.airing]))
    const airings = new Map((await airingsById(db, [...new Set(wanted)])).map((airing) => [airing.id, airing]))
    const { taken, rejected } = sortOut(reads, keys, airings)
    const conflicting = new Set(await insertTaken(ctx, taken, airings))
    const conflicts = [...conflicting].map((read) => ({ read, code: 'receipt.conflict' as const }))
    const aside = await setAllAside(ctx, [...rejected, ...conflicts])
    return acknowledgementsOf([...taken.filter((read) => !conflicting.has(read)), ...aside])
  })

/** Tells devices what they may forget. One that does not hear it sends again, and is told again. */
export const acknowledge = async (ctx: Context, all: readonly Acknowledgement[]): Promise<void> => {
  const messages = all.flatMap(({ device, ids }) =>
    Array.from({ length: Math.ceil(ids.length / ACK_IDS_MAX) }, (_, part): ReceiptAck => {
      const some = ids.slice(part * ACK_IDS_MAX, (part + 1) * ACK_IDS_MAX)
      return { v: 1, kind: 'receipts', device, ids: some }
    }),
  )
  if (messages.length === 0) return
  const sign = await serverSigner(ctx, ctx.db)
  const sent = await Promise.allSettled(
    messages.map(async (ack) => {
      const envelope = sign('ack', JSON.stringify(ack))
      await ctx.mqtt.publish(topics.ack(ack.device), JSON.stringify(envelope))
    }),
  )
  if (sent.some(({ status }) => status === 'rejected')) {
    ctx.log.warn('Chưa báo lại được cho thiết bị; thiết bị sẽ gửi lại biên nhận.')
  }
}
