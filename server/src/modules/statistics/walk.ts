import type { Instant, LocalDate } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import { type NoticeHistory, noticeHistory } from '../editorial/index.ts'
import { formerUnitsOf } from '../org/index.ts'
import {
  type ErrandRow,
  errandById,
  errandsOfAirings,
  longestByCommune,
  noticeOf,
  type ReceiptRow,
  receiptById,
  receiptsOfAiring,
  type SaidRow,
  saidAbout,
} from '../receipts/index.ts'
import { type Release, releaseById } from '../release/index.ts'
import { type Airing, airingsById, airingsOfRelease } from '../schedule/index.ts'
import { figureId, minutesByCommune, onMap, parseFigureId } from './model.ts'

type NoticeEvent = NoticeHistory['events'][number]
type NoticeRevision = NoticeHistory['revisions'][number]

export type Figure = {
  readonly id: string
  readonly unit: string
  readonly from: LocalDate
  readonly to: LocalDate
  readonly minutes: number
  readonly airings: number
}

/** One link of the chain from a figure back to the draft, as the records themselves hold it. */
export type Link =
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'errand'; readonly errand: ErrandRow }
  | { readonly kind: 'word'; readonly said: SaidRow }
  | { readonly kind: 'receipt'; readonly receipt: ReceiptRow }
  | { readonly kind: 'airing'; readonly airing: Airing }
  | { readonly kind: 'issued'; readonly release: Release; readonly at: Instant }
  | { readonly kind: 'signature'; readonly release: Release; readonly signature: Release['signatures'][number] }
  | { readonly kind: 'release'; readonly release: Release }
  | { readonly kind: 'decision'; readonly event: NoticeEvent; readonly notice: string }
  | { readonly kind: 'revision'; readonly revision: NoticeRevision; readonly notice: string }
  | { readonly kind: 'draft'; readonly notice: NoticeHistory }
  | { readonly kind: 'more'; readonly count: number }

export type TraceKind = 'errand' | 'receipt' | 'airing' | 'release' | 'notice' | 'figure'

const timeOf = (link: Link & { kind: 'decision' | 'revision' }): Instant =>
  link.kind === 'decision' ? link.event.at : link.revision.savedAt

/** Decisions and saved revisions in one line, newest first, back to the draft. */
const fromNotice = async (db: Db, id: string): Promise<Link[]> => {
  const notice = await noticeHistory(db, id)
  if (notice === undefined) return []
  const decisions = notice.events.map((event) => ({ kind: 'decision' as const, event, notice: id }))
  const revisions = notice.revisions.map((revision) => ({ kind: 'revision' as const, revision, notice: id }))
  const order = (link: (typeof decisions)[number] | (typeof revisions)[number]) => (link.kind === 'decision' ? 1 : 0)
  const both = [...decisions, ...revisions].sort((a, b) => timeOf(b) - timeOf(a) || order(b) - order(a))
  return [...both, { kind: 'draft', notice }]
}

const fromRelease = async (db: Db, id: string): Promise<Link[]> => {
  const release = await releaseById(db, id)
  if (release === undefined) return []
  const { issuedAt, origin } = release
  const issued: Link[] = issuedAt === null ? [] : [{ kind: 'issued', release, at: issuedAt }]
  const signatures: Link[] = release.signatures
    .toReversed()
    .map((signature) => ({ kind: 'signature', release, signature }))
  const notice = noticeOf({ origin })
  const before = notice === null ? [] : await fromNotice(db, notice)
  return [...issued, ...signatures, { kind: 'release', release }, ...before]
}

const fromAiring = async (db: Db, id: string): Promise<Link[]> => {
  const [airing] = await airingsById(db, [id])
  return airing === undefined ? [] : [{ kind: 'airing', airing }, ...(await fromRelease(db, airing.release))]
}

const fromReceipt = async (db: Db, id: string): Promise<Link[]> => {
  const receipt = await receiptById(db, id)
  return receipt === undefined ? [] : [{ kind: 'receipt', receipt }, ...(await fromAiring(db, receipt.airing))]
}

const fromFigure = async (db: Db, id: string, receiptsMax: number): Promise<Link[]> => {
  const key = parseFigureId(id)
  if (key === undefined) return []
  const { unit, from, to, mapOn } = key
  const former = mapOn === undefined ? [] : await formerUnitsOf(db, [unit], mapOn)
  const found = await longestByCommune(db, { from, to, communes: [unit, ...former] })
  const rows = onMap(found, new Map(former.map((each) => [each, unit])))
  const figure = minutesByCommune([unit], rows).get(unit) ?? { minutes: 0, airings: 0 }
  const links: Link[] = [{ kind: 'figure', figure: { id: figureId(key), unit, from, to, ...figure } }]
  for (const { receipt } of rows.slice(0, receiptsMax)) links.push(...(await fromReceipt(db, receipt)))
  if (rows.length > receiptsMax) links.push({ kind: 'more', count: rows.length - receiptsMax })
  return links
}

/** An airing on its own also shows what was reported and said of it and what was done then, before it. */
const airingWithReceipts = async (db: Db, id: string): Promise<Link[]> => {
  const errands = (await errandsOfAirings(db, [id])).map((errand) => ({ kind: 'errand' as const, errand }))
  const words = (await saidAbout(db, [id])).map((said) => ({ kind: 'word' as const, said }))
  const receipts = (await receiptsOfAiring(db, id)).map((receipt) => ({ kind: 'receipt' as const, receipt }))
  return [...errands.reverse(), ...words.reverse(), ...receipts, ...(await fromAiring(db, id))]
}

/** An errand goes back to what the village said, where it said anything, and to the airing that was not heard. */
const fromErrand = async (db: Db, id: string): Promise<Link[]> => {
  const errand = await errandById(db, id)
  if (errand === undefined) return []
  const words = (await saidAbout(db, [errand.airing]))
    .filter(({ village }) => village === errand.village)
    .map((said) => ({ kind: 'word' as const, said }))
  return [{ kind: 'errand', errand }, ...words.reverse(), ...(await fromAiring(db, errand.airing))]
}

const releaseWithAirings = async (db: Db, id: string): Promise<Link[]> => {
  const airings = await airingsOfRelease(db, id)
  return [...airings.map((airing) => ({ kind: 'airing' as const, airing })), ...(await fromRelease(db, id))]
}

/**
 * Walks back from a figure, an errand, a receipt, an airing, a release or a notice to the draft. Empty where there is nothing of that
 * id. `receiptsMax` bounds how many airings of a figure are walked; the rest is named by its number.
 */
export const walkFrom = (db: Db, kind: TraceKind, options: { id: string; receiptsMax: number }): Promise<Link[]> => {
  const { id, receiptsMax } = options
  switch (kind) {
    case 'figure':
      return fromFigure(db, id, receiptsMax)
    case 'errand':
      return fromErrand(db, id)
    case 'receipt':
      return fromReceipt(db, id)
    case 'airing':
      return airingWithReceipts(db, id)
    case 'release':
      return releaseWithAirings(db, id)
    case 'notice':
      return fromNotice(db, id)
  }
}
