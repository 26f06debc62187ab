import { goldenPhrases, type Phrase } from '../../../speech/golden/phrases.ts'
import { read } from '../../../speech/src/index.ts'
import { distributionOf, quantile } from '../figures.ts'
import type { Place } from '../place.ts'
import { besideOf, type Measured, type Row } from '../report.ts'

/** Two megabytes a second: the pace the reader has to keep on one core. */
const PROSE_BUDGET_MS_PER_MB = 500
/** Texts made to stall the reader are a tenth of this long at most when they come through the API. */
const HOSTILE_BUDGET_MS_PER_MB = 5_000
/** Twice the text may take about twice the time; four times would be quadratic. */
const DOUBLING_BUDGET = 3
const MEGABYTE = 1_000_000

/** What is written in golden phrases, one after the other. */
const writtenIn = (phrases: readonly Phrase[]): string => phrases.map(({ written }) => written).join('\n')

/** Each stalled some reader of texts once, or is the worst case of a rule of this one. */
const hostile: readonly { readonly what: string; readonly piece: string; readonly head?: string }[] = [
  { what: 'digits', piece: '7' },
  { what: '"A-A-A-"', piece: 'A-' },
  { what: 'opening brackets', piece: '(' },
  { what: 'spaces', piece: ' ' },
  { what: 'combining marks on one letter', piece: '\u0301', head: 'a' },
  { what: 'one word', piece: 'a' },
  { what: '"1.1.1."', piece: '1.' },
  { what: '"1 1 1 "', piece: '1 ' },
  { what: '"1/1/1/"', piece: '1/' },
  { what: '"*1*1*1"', piece: '*1' },
  { what: '"a.a.a."', piece: 'a.' },
  { what: '"a@a@a@"', piece: 'a@' },
  { what: '"http://http://"', piece: 'http://' },
  { what: '"UBND/UBND/"', piece: 'UBND/' },
  { what: '"thứ 2, thứ 2, "', piece: 'thứ 2, ' },
  { what: 'emoji', piece: '😀' },
  { what: 'zero-width spaces', piece: '\u200b' },
  { what: 'halves of pairs', piece: '\ud800' },
]

/** Time of the processor, not of the clock: others work on this machine too. */
const processorMs = (work: () => void): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const perMegabyte = (text: string, rounds: number): number[] => {
  const bytes = Buffer.byteLength(text)
  const repeats = Math.ceil(MEGABYTE / bytes)
  const once = (): number =>
    (processorMs(() => {
      for (let round = 0; round < repeats; round++) read(text)
    }) *
      MEGABYTE) /
    (bytes * repeats)
  once()
  return Array.from({ length: rounds }, once)
}

const hostileText = ({ piece, head = '' }: (typeof hostile)[number], bytes: number): string =>
  head + piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)))

const hostileRows = (each: (typeof hostile)[number]): { readonly row: Row; readonly doubling: number } => {
  const [half, whole] = [hostileText(each, MEGABYTE / 2), hostileText(each, MEGABYTE)]
  read(half)
  const halfMs = Math.min(...Array.from({ length: 3 }, () => processorMs(() => read(half))))
  const ours = Math.min(...Array.from({ length: 3 }, () => processorMs(() => read(whole))))
  return {
    row: { what: `1 MB of ${each.what}`, ours, unit: 'ms', beside: besideOf(HOSTILE_BUDGET_MS_PER_MB) },
    doubling: ours / Math.max(1, halfMs),
  }
}

/** How long the reader needs for a megabyte of official Vietnamese, and for texts made to stall it. */
export const speech = (place: Place): Promise<Measured> => {
  const rounds = place.quick ? 3 : 9
  const all = goldenPhrases()
  const subjects = new Set(all.map(({ subject }) => subject))
  const reports = perMegabyte(writtenIn(all.filter(({ subject }) => subject === 'reports')), rounds)
  const golden = perMegabyte(writtenIn(all), rounds)
  const prose = (what: string, values: readonly number[]): Row[] =>
    (
      [
        ['p50', 0.5],
        ['slowest', 1],
      ] as const
    ).map(([name, q]) => ({
      what: `${what}, for a megabyte, ${name}`,
      ours: quantile(values, q),
      unit: 'ms',
      beside: besideOf(PROSE_BUDGET_MS_PER_MB),
    }))
  const stalled = hostile.map(hostileRows)
  const doubling = Math.max(...stalled.map((each) => each.doubling))
  const pace = (values: readonly number[]): string => (1000 / quantile(values, 0.5)).toFixed(2)
  return Promise.resolve({
    rows: [
      ...prose('sentences of reports', reports),
      ...prose('all golden phrases', golden),
      ...stalled.map(({ row }) => row),
      { what: 'a hostile text twice as long, at worst', ours: doubling, unit: '×', beside: besideOf(DOUBLING_BUDGET) },
    ],
    notes: [
      `in MB a second: ${pace(reports)} over sentences of reports, ${pace(golden)} over all ${subjects.size} subjects of golden phrases, which are denser in figures than any notice`,
      `processor time of one process; ${rounds} rounds of a megabyte each after one to warm up, hostile texts the best of 3`,
      'a text that comes through the API is at most 0.1 million characters long, a tenth of these',
    ],
    distribution: { reportsMs: distributionOf(reports), goldenMs: distributionOf(golden) },
  })
}
