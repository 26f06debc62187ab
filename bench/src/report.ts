import type { Distribution } from './figures.ts'
import type { Walked } from './journeys/walked.ts'
import type { Machine } from './machine.ts'

/** What a figure stands beside: a budget it may not pass, a least it must reach, or a peer measured in the same run. */
export type Beside = { readonly is: 'at most' | 'peer'; readonly value: number; readonly name?: string }

export type Row = {
  readonly what: string
  readonly ours: number
  /** `ms`, `s`, `MB`, `%`, `×`, or empty for a count. */
  readonly unit: string
  readonly beside?: Beside
}

export type Result = {
  readonly name: string
  /** ISO 8601. */
  readonly at: string
  readonly machine: Machine
  readonly quick: boolean
  readonly rows: readonly Row[]
  /** What a reader must know to understand the figures: class, hour, sample size. */
  readonly notes: readonly string[]
  readonly distribution?: Readonly<Record<string, Distribution>>
  /** Journeys of people through the screens; they have a page of their own. */
  readonly walked?: readonly Walked[]
}

/** What a measurement hands back; name, time and machine are added by whoever runs it. */
export type Measured = Pick<Result, 'rows' | 'notes' | 'distribution' | 'walked'>

export const besideOf = (value: number): Beside => ({ is: 'at most', value })
export const peerOf = (name: string, value: number): Beside => ({ is: 'peer', name, value })

const shown = (value: number, unit: string): string => {
  const digits = unit === '' ? 0 : Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  const number = Number(value.toFixed(digits)).toLocaleString('en-GB', { useGrouping: value >= 10_000 })
  return unit === '' ? number : `${number} ${unit}`
}

const besideShown = ({ unit, beside }: Row): string => {
  if (beside === undefined) return ''
  const value = shown(beside.value, unit)
  return beside.is === 'peer' ? `${beside.name ?? 'peer'}: ${value}` : beside.value === 0 ? 'must be 0' : `≤ ${value}`
}

const ratioShown = ({ ours, beside }: Row): string => {
  if (beside === undefined || beside.value === 0) return ''
  const ratio = ours / beside.value
  return `${ratio < 0.1 ? ratio.toFixed(3) : ratio.toFixed(2)}×`
}

/** Whether a budget is kept. A peer is there to compare with, not to judge by. */
export const verdictOf = ({ ours, beside }: Row): 'met' | 'MISSED' | '' => {
  if (beside?.is !== 'at most') return ''
  return ours <= beside.value ? 'met' : 'MISSED'
}

const heads = ['what', 'ours', 'budget or peer', 'ratio', 'verdict'] as const

const cellsOf = (row: Row): readonly string[] => [
  row.what,
  shown(row.ours, row.unit),
  besideShown(row),
  ratioShown(row),
  verdictOf(row),
]

const aligned = (lines: readonly (readonly string[])[]): string[] => {
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? '').length)))
  return lines.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** All results as one table for a terminal, with what must be known below it. */
export const tableOf = (results: readonly Result[]): string => {
  const lines = [
    heads,
    ...results.flatMap(({ name, rows }) => rows.map((row) => cellsOf({ ...row, what: `${name}: ${row.what}` }))),
  ]
  const notes = results.flatMap(({ name, notes: all }) => all.map((note) => `${name}: ${note}`))
  return [...aligned(lines), '', ...notes].join('\n')
}

const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const machineWords = ({ cpu, cores, memoryGb, os, node, load }: Machine): string =>
  `${cpu}, ${cores} cores, ${memoryGb} GB, ${os}, Node ${node}; load before the run ${load}`

/** With more work than cores before we began, other programs ran beside us, and latencies say so. */
const busyWords = ({ load, cores }: Machine): string =>
  load > cores ? ' Other programs kept the machine busy meanwhile: on an idle one the figures are lower.' : ''

const sectionOf = (result: Result, title: string): string[] => [
  `## ${title}`,
  '',
  `Measured ${result.at.slice(0, 10)} on ${machineWords(result.machine)}${result.quick ? '; a quick run, few samples' : ''}.${busyWords(result.machine)}`,
  '',
  markdownRow(heads),
  markdownRow(heads.map(() => '---')),
  ...result.rows.map((row) => markdownRow(cellsOf(row))),
  '',
  ...result.notes.map((note) => `- ${note}`),
  ...(result.notes.length > 0 ? [''] : []),
]

const opening = [
  '# Performance',
  '',
  'Các con số dưới đây do chính máy đo được (`npm run bench`), ghi kèm ngày và máy; chỗ nào chưa đạt mức đặt ra thì ghi rõ là chưa đạt (MISSED).',
  '',
  'Figures measured by `npm run bench`, never by timed tests: each beside its budget, or beside a peer measured in the same run.',
  'A budget that is not kept stands here as MISSED. Written by `npm run bench -- --write-docs` from `bench/results/`; do not edit by hand.',
  'p99 of fewer than 100 samples is their largest.',
  '',
]

/** The page `docs/performance.md`, from the newest result of each measurement. */
export const pageOf = (results: readonly { readonly result: Result; readonly title: string }[]): string =>
  [...opening, ...results.flatMap(({ result, title }) => sectionOf(result, title))].join('\n').trimEnd().concat('\n')
