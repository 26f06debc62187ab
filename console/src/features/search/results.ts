import type { Found, HitKind } from '../../api/search.ts'
import { foundIn } from '../../i18n/fold.ts'
import type { Words } from '../../i18n/index.tsx'

/** Something the console itself has: a page, or something to do on one. */
export type Place = { title: string; to: string }
export type Result = { key: string; title: string; detail: string; to: string }
export type ResultGroup = { kind: 'page' | HitKind; title: string; results: Result[] }

/** Pages and actions that fit a line; without a line, those offered first. */
const placesFor = (places: readonly Place[], line: string, most: number): Result[] =>
  places
    .filter(({ title }) => foundIn(title, line))
    .slice(0, most)
    .map(({ title, to }) => ({ key: `page ${to}`, title, detail: '', to }))

const noteIn = (w: Words, kind: HitKind, note: string | null): string => {
  if (note === null) return ''
  if (kind === 'notice') return (w.states as Record<string, string>)[note] ?? ''
  if (kind === 'unit') return w.search.unitKinds[note] ?? ''
  if (kind === 'ticket') return w.search.ticketKinds[note] ?? ''
  return kind === 'device' ? '' : note
}

const PLACES_OFFERED = 4

/** Everything found, in the order it is shown: what to do and where to go first, then what the server found. */
export const groupsOf = (
  w: Words,
  line: string,
  { places, found }: { places: readonly Place[]; found: Found },
): ResultGroup[] => {
  const pages = placesFor(places, line, line === '' ? places.length : PLACES_OFFERED)
  const groups: ResultGroup[] = found.groups.map(({ kind, hits }) => ({
    kind,
    title: w.search.kinds[kind],
    results: hits.map(({ id, title, where, at, to, note }) => ({
      key: `${kind} ${id}`,
      title: title || w.today.untitled,
      detail: [where, noteIn(w, kind, note), at === null ? '' : w.at(at)].filter(Boolean).join(' · '),
      to,
    })),
  }))
  return pages.length === 0 ? groups : [{ kind: 'page', title: w.search.kinds.page, results: pages }, ...groups]
}

/** The place after or before the chosen one, round and round. */
export const step = (chosen: number, by: 1 | -1, count: number): number =>
  count === 0 ? -1 : chosen === -1 ? (by === 1 ? 0 : count - 1) : (chosen + by + count) % count
