import { localIso } from '../../../kernel/instant.ts'
import { type Standing, standingOf } from '../model.ts'
import type { PresentedAiring } from '../present.ts'
import type { ReceiptRow } from '../store.ts'
import { type Cell, dateCell, timeCell } from './csv.ts'
import text from './i18n/csv.vi.json' with { type: 'json' }
import type { AiringCluster } from './store.ts'

type Text = keyof typeof text

export const say = (name: Text, blanks: Readonly<Record<string, string>> = {}): string =>
  text[name].replace(/\{(\w+)\}/g, (_, blank: string) => blanks[blank] ?? '')

/** A table: the heading of each column, and what stands in it. */
type Columns<Row> = readonly (readonly [Text, (row: Row) => Cell | undefined])[]

const tableOf = <Row>(columns: Columns<Row>, rows: readonly Row[]): Cell[][] => [
  columns.map(([heading]) => say(heading)),
  ...rows.map((row) => columns.map(([, cell]) => cell(row) ?? null)),
]

const SECOND_MS = 1000

/** One line for each airing. The columns of devices, gateways and people are never added up, and no column is their sum. */
const airingColumns: Columns<PresentedAiring> = [
  ['column.date', ({ at }) => dateCell(at)],
  ['column.time', ({ at }) => timeCell(at)],
  ['column.title', ({ title }) => title],
  ['column.class', (airing) => say(`class.${airing.class}`)],
  ['column.unit', ({ unitName }) => unitName],
  ['column.audience', ({ audience }) => audience.map(({ name }) => name).join('; ')],
  ['column.seconds', ({ durationMs }) => Math.round(durationMs / SECOND_MS)],
  ['column.state', ({ state }) => say(`state.${state}`)],
  ['column.own.total', ({ heard }) => heard.clusters.devices.total],
  ['column.own.reported', ({ heard }) => heard.clusters.devices.reported],
  ['column.own.partial', ({ heard }) => heard.clusters.devices.partial],
  ['column.own.silent', ({ heard }) => heard.clusters.devices.silent],
  ['column.own.unknown', ({ heard }) => heard.clusters.devices.unknown],
  ['column.behind.total', ({ heard }) => heard.clusters.behindGateway.total],
  ['column.behind.reported', ({ heard }) => heard.clusters.behindGateway.gatewayReported],
  ['column.behind.partial', ({ heard }) => heard.clusters.behindGateway.partial],
  ['column.behind.silent', ({ heard }) => heard.clusters.behindGateway.silent],
  ['column.behind.unknown', ({ heard }) => heard.clusters.behindGateway.unknown],
  ['column.people.clear', ({ people }) => people.clear],
  ['column.people.unclear', ({ people }) => people.unclear],
  ['column.people.none', ({ people }) => people.none],
  ['column.people.asked', ({ people }) => people.villagesAsked],
  ['column.mobile.done', ({ mobile }) => mobile.done],
  ['column.mobile.listeners', ({ mobile }) => mobile.listeners],
  ['column.mobile.waiting', ({ mobile }) => mobile.waiting],
  ['column.id', ({ id }) => id],
]

export const airingsTable = (airings: readonly PresentedAiring[]): Cell[][] => tableOf(airingColumns, airings)

export type ClusterLine = {
  readonly cluster: AiringCluster
  readonly villageName: string
  readonly communeName: string
  readonly deviceName: string
  /** Of several receipts of its device the one that counts. */
  readonly receipt: ReceiptRow | undefined
  readonly receipts: number
}

const standing = ({ receipt }: ClusterLine): Standing =>
  standingOf(
    receipt && {
      completed: receipt.outcome === 'completed' && receipt.secondsWritten > 0,
      sounded: receipt.secondsWritten > 0,
    },
  )

const iso = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : localIso(at))

const RANK: Readonly<Record<Standing, number>> = { reported: 3, partial: 2, silent: 1, unknown: 0 }

/** The receipt that counts, as the numbers of the airing count it: the best; of equals the newest. */
export const countingOf = (receipts: readonly ReceiptRow[]): ReceiptRow | undefined => {
  const rank = ({ outcome, secondsWritten }: ReceiptRow) =>
    RANK[standingOf({ completed: outcome === 'completed' && secondsWritten > 0, sounded: secondsWritten > 0 })]
  return [...receipts].sort((a, b) => rank(b) - rank(a) || b.receivedAt - a.receivedAt)[0]
}

const tenths = (value: number | null | undefined): Cell =>
  value === null || value === undefined ? null : Math.round(value * 10) / 10

const reasonWords = (reason: string | null | undefined): string => {
  if (reason === null || reason === undefined) return ''
  const name = `reason.${reason}`
  return name in text ? say(name as Text) : reason
}

/** One line for each cluster. What a gateway said is told as its word, not as the word of a cluster behind it. */
const clusterColumns: Columns<ClusterLine> = [
  ['column.commune', ({ communeName }) => communeName],
  ['column.village', ({ villageName }) => villageName],
  ['column.cluster', ({ cluster }) => cluster.name],
  ['column.way', ({ cluster }) => say(cluster.behindGateway ? 'way.behind' : 'way.own')],
  ['column.device', ({ deviceName }) => deviceName],
  ['column.standing', (line) => say(`standing.${line.cluster.behindGateway ? 'behind' : 'own'}.${standing(line)}`)],
  ['column.said', ({ receipt }) => (receipt === undefined ? '' : say(`outcome.${receipt.outcome}`))],
  ['column.reason', ({ receipt }) => reasonWords(receipt?.reason)],
  ['column.startDate', ({ receipt }) => dateCell(iso(receipt?.startedAt))],
  ['column.startTime', ({ receipt }) => timeCell(iso(receipt?.startedAt))],
  ['column.endTime', ({ receipt }) => timeCell(iso(receipt?.endedAt))],
  ['column.clock', ({ receipt }) => receipt && say(receipt.clockTrusted ? 'clock.trusted' : 'clock.untrusted')],
  ['column.written', ({ receipt }) => tenths(receipt?.secondsWritten)],
  ['column.level', ({ receipt }) => tenths(receipt?.levelDbfs)],
  ['column.volume', ({ receipt }) => receipt?.volume],
  ['column.receivedDate', ({ receipt }) => dateCell(iso(receipt?.receivedAt))],
  ['column.receivedTime', ({ receipt }) => timeCell(iso(receipt?.receivedAt))],
  ['column.receipts', ({ receipts }) => receipts],
  ['column.receipt', ({ receipt }) => receipt?.id],
]

export const clustersTable = (lines: readonly ClusterLine[]): Cell[][] => tableOf(clusterColumns, lines)
