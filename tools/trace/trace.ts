import { localIso } from '../../server/src/kernel/instant.ts'
import { namesOf } from '../../server/src/modules/people/index.ts'
import {
  type Link,
  parseFigureId,
  type Step,
  stepOf,
  type TraceKind,
  walkFrom,
} from '../../server/src/modules/statistics/index.ts'
import { auditCheck, type Check, checksOf, type Place } from './checks.ts'
import { say, sayDetail } from './words.ts'

export type Traced = { readonly lines: readonly string[]; readonly outcome: 'holds' | 'fails' | 'notFound' }

export type Asked = { readonly kind: TraceKind | undefined; readonly id: string }

const RECEIPT_ID = /^[A-Za-z0-9_-]+\.\d+\.\d+$/

/** Every airing of a figure is walked here, however many there are. */
const ALL = Number.MAX_SAFE_INTEGER

const kindsFor = ({ kind, id }: Asked): readonly TraceKind[] => {
  if (kind !== undefined) return [kind]
  if (parseFigureId(id) !== undefined) return ['figure']
  return RECEIPT_ID.test(id) ? ['receipt'] : ['airing', 'release', 'notice', 'errand']
}

const find = async ({ db }: Place, asked: Asked): Promise<{ kind: TraceKind; links: Link[] } | undefined> => {
  for (const kind of kindsFor(asked)) {
    const links = await walkFrom(db, kind, { id: asked.id, receiptsMax: ALL })
    if (links.length > 0) return { kind, links }
  }
  return undefined
}

/** `22/11/2026 17:05:01` */
const clockWords = (at: number): string => {
  const iso = localIso(at)
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 19)}`
}

const detailWords = (step: Step): string[] =>
  Object.entries(step.details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => sayDetail(name, Array.isArray(value) ? value.join(', ') : String(value)))

const paragraph = (step: Step, number: number, told: { who: string | null; checks: readonly Check[] }): string[] => {
  const when = step.at === null ? '' : `[${clockWords(step.at)}] `
  const below = [
    ...(step.id === '' ? [] : [say('id', { id: step.id })]),
    ...(told.who === null ? [] : [say('who', { who: told.who })]),
    ...detailWords(step),
    ...told.checks.map(({ holds, words }) => say(holds ? 'holds' : 'fails', { words })),
  ]
  return [`${number}. ${when}${step.what}`, ...below.map((line) => `     ${line}`)]
}

/** Walks from what was asked for back to the draft, and checks every signature, hash and record on the way again. */
export const trace = async (place: Place, asked: Asked): Promise<Traced> => {
  const found = await find(place, asked)
  if (found === undefined) return { lines: [say('notFound', { id: asked.id, home: place.home })], outcome: 'notFound' }
  const steps = found.links.map(stepOf)
  const names = await namesOf(
    place.db,
    steps.flatMap(({ who }) => who ?? []),
  )
  const lines = [say('title', { kind: say(`kind.${found.kind}`), id: asked.id }), '']
  const all: Check[] = []
  for (const [index, link] of found.links.entries()) {
    const step = steps[index] ?? stepOf(link)
    const checks = await checksOf(place, link, found.links)
    all.push(...checks)
    const who = step.who === null ? null : `${names.get(step.who) ?? step.who} (${step.who})`
    lines.push(...paragraph(step, index + 1, { who, checks }))
  }
  const audit = await auditCheck(place.db)
  all.push(audit)
  lines.push('', say(audit.holds ? 'holds' : 'fails', { words: audit.words }))
  const failed = all.filter(({ holds }) => !holds).length
  lines.push(say(failed === 0 ? 'verdict.holds' : 'verdict.fails', { failed, count: all.length }))
  return { lines, outcome: failed === 0 ? 'holds' : 'fails' }
}
