import { type BulletinClass, type Candidate, type Instant, precedence } from '@loa/protocol'
import type { Airing, AiringKind } from '../model.ts'
import type { SessionRun } from '../sessions/model.ts'
import { type Approved, GAP_MS, type Item, layOut, type Span } from './layout.ts'

/** What starts so soon is as good as begun: devices may not hear in time that it was moved. */
export const TURN_MS = 5_000

/** A release as a session uses it. */
export type Usable = { readonly candidate: Candidate; readonly origin: { readonly kind: string; readonly id: string } }

/** What a place in the order is asked for: a release, or what may become one. */
export type Sought = {
  readonly title: string
  readonly class: BulletinClass
  readonly durationMs: number
  readonly approved: Approved
  readonly release?: Usable
}

/** A release as it asks for its place. */
export const soughtBy = (release: Usable): Sought => ({
  title: release.candidate.title,
  class: release.candidate.class,
  durationMs: release.candidate.versions.reduce((sum, { durationMs }) => sum + durationMs, 0),
  approved: release.candidate,
  release,
})

/** A session on one date with everything that bears on its running order. */
export type Day = {
  readonly run: SessionRun
  /** Its airings, by time; not those that another took the place of. */
  readonly airings: readonly Airing[]
  /** Airings from elsewhere that people here hear in the same hours. */
  readonly blocks: readonly (Span & { readonly airing: string })[]
  /** What was approved about each release that plays a part, by its id. */
  readonly approved: ReadonlyMap<string, Approved>
  readonly opening: Usable | undefined
  readonly closing: Usable | undefined
  readonly fallback: Usable | undefined
}

/** One place of a running order: an airing that is there already, or a release that gets one. */
export type Entry = {
  readonly kind: AiringKind
  readonly airing: Airing | undefined
  /** What asks for a place, where there is no airing yet. */
  readonly sought: Sought | undefined
  readonly title: string
  readonly durationMs: number
  readonly at: Instant | null
  readonly holdUntil: Instant | null
}

export type Programme = {
  readonly day: Day
  /** In order; what has begun is not among them. */
  readonly entries: readonly Entry[]
  /** Airings that are no longer part of it. */
  readonly dropped: readonly Airing[]
  readonly overfullMs: number
}

/** What is to be different from what stands there. */
export type Change = {
  /** Airings in their new order: all that can still be moved. */
  readonly order?: readonly string[]
  readonly adding?: Sought
  /** An airing that was decided to wait for another. */
  readonly hold?: { readonly airing: string; readonly until: Instant | null }
  /** The session itself has changed: everything is put into it anew, from its start. */
  readonly anew?: boolean
}

/** Whether it has begun, or will before a change could be told. */
export const hasBegun = ({ at }: Pick<Airing, 'at'>, now: Instant): boolean => at <= now + TURN_MS

/** The items of a day that can still be moved, by time. */
export const movableOf = ({ airings }: Pick<Day, 'airings'>, now: Instant): Airing[] =>
  airings.filter((airing) => airing.kind === 'item' && airing.stoppedAt === null && !hasBegun(airing, now))

const rankOf = (bulletinClass: BulletinClass): number => precedence[bulletinClass]

type Draft = Omit<Entry, 'at'>

const draftOf = (airing: Airing, hold: Change['hold']): Draft => ({
  ...{ kind: airing.kind, airing, sought: undefined, title: airing.title, durationMs: airing.durationMs },
  holdUntil: hold?.airing === airing.id ? hold.until : airing.holdUntil,
})

const draftOfSought = (sought: Sought, kind: AiringKind): Draft => ({
  ...{ kind, airing: undefined, sought, title: sought.title, durationMs: sought.durationMs },
  holdUntil: null,
})

/** The items in their new order: a new one stands behind everything of its class or above, and before what is below it. */
const itemsIn = (day: Day, now: Instant, { order, adding, hold }: Change): Draft[] => {
  const movable = movableOf(day, now)
  const ordered =
    order === undefined ? movable : order.flatMap((id) => movable.find((airing) => airing.id === id) ?? [])
  const drafts = ordered.map((airing) => draftOf(airing, hold))
  if (adding === undefined) return drafts
  const rank = rankOf(adding.class)
  const behind = ordered.findLastIndex((airing) => rankOf(airing.class) >= rank) + 1
  return [...drafts.slice(0, behind), draftOfSought(adding, 'item'), ...drafts.slice(behind)]
}

/** The airing that already uses a standing release in its role, or a new one. */
const standingDraft = (day: Day, kind: 'opening' | 'closing' | 'fallback', now: Instant): Draft[] => {
  const release = day[kind]
  if (release === undefined) return []
  const there = day.airings.find((airing) => airing.kind === kind && airing.stoppedAt === null)
  if (there !== undefined && hasBegun(there, now)) return []
  // somebody who stopped it did not mean that it should come again
  if (there === undefined && day.airings.some((airing) => airing.kind === kind)) return []
  return there !== undefined && there.release === release.candidate.release
    ? [draftOf(there, undefined)]
    : [draftOfSought(soughtBy(release), kind)]
}

/** Everything of a day in the order in which it is to be heard: opening, items, closing; or, where there are no items, the fallback. */
const draftsOf = (day: Day, now: Instant, change: Change): Draft[] => {
  const items = itemsIn(day, now, change)
  const heard = day.airings.some(
    (airing) => airing.kind === 'item' && airing.stoppedAt === null && hasBegun(airing, now),
  )
  if (items.length === 0) return heard ? standingDraft(day, 'closing', now) : standingDraft(day, 'fallback', now)
  return [...(heard ? [] : standingDraft(day, 'opening', now)), ...items, ...standingDraft(day, 'closing', now)]
}

/** When the last of what has begun is over. */
const endOfBegun = ({ airings }: Day, now: Instant): Instant =>
  Math.max(
    now + TURN_MS,
    ...airings
      .filter((airing) => airing.stoppedAt === null && hasBegun(airing, now))
      .map((airing) => airing.at + airing.durationMs + GAP_MS),
  )

const overlaps = (airing: Airing, block: Span): boolean =>
  airing.at < block.to && block.from < airing.at + airing.durationMs

/**
 * What an entry keeps of where it stands. Unless the order is new, it is never drawn forward, and an overlap that is there
 * already stays until a person decides it.
 */
const standing = (
  day: Day,
  { airing, holdUntil }: Draft,
  { order, anew = false }: Change,
): Pick<Item, 'holdUntil' | 'blocks'> => {
  if (airing === undefined || anew || order !== undefined) return { holdUntil }
  const blocks = day.blocks.filter((block) => !overlaps(airing, block))
  return { holdUntil: Math.max(airing.at, holdUntil ?? 0), blocks }
}

/** From when on things are put. In a session that is going on nothing is drawn forward over the people who just changed it. */
const startOf = (day: Day, now: Instant, { order }: Change): Instant => {
  const over = endOfBegun(day, now)
  if (order === undefined || now + TURN_MS < day.run.own.from) return over
  const first = Math.min(
    ...day.airings.filter((airing) => airing.stoppedAt === null && !hasBegun(airing, now)).map(({ at }) => at),
  )
  return Number.isFinite(first) ? Math.max(over, first) : over
}

const none: Approved = { notBefore: 0, notAfter: 0, hours: [] }

/** The running order of a day as it would be after a change, or, without one, as it should be. Pure: nothing is kept yet. */
export const programmeOf = (day: Day, now: Instant, change: Change = {}): Programme => {
  const drafts = draftsOf(day, now, change)
  const items = drafts.map((draft, place): Item => {
    const { airing, sought, durationMs } = draft
    const approved = sought?.approved ?? day.approved.get(airing?.release ?? '') ?? none
    return { id: String(place), durationMs, approved, ...standing(day, draft, change) }
  })
  const laid = layOut({ window: day.run.own, notBefore: startOf(day, now, change), blocks: day.blocks, items })
  const kept = new Set(drafts.flatMap(({ airing }) => airing?.id ?? []))
  return {
    day,
    entries: drafts.map((draft, place) => ({ ...draft, at: laid.places[place]?.at ?? null })),
    dropped: day.airings.filter(
      (airing) =>
        !kept.has(airing.id) && airing.stoppedAt === null && !hasBegun(airing, now) && airing.kind !== 'chime',
    ),
    overfullMs: laid.overfullMs,
  }
}

/** What a person is told about a change before it is made. */
export type Told = {
  readonly kind: 'moved' | 'left' | 'overfull' | 'opened' | 'closed' | 'offHours' | 'collision'
  readonly date: string | null
  readonly airing: string | null
  readonly title: string | null
  readonly from: Instant | string | null
  readonly to: Instant | string | null
}

/** What a programme changes for people: items that move, items that are left out, and time that is not there. */
export const changesOf = ({ day, entries, dropped, overfullMs }: Programme): Told[] => {
  const { date } = day.run
  const told = entries.flatMap(({ airing, title, at }): Told[] => {
    if (airing !== undefined && at === airing.at) return []
    if (at === null)
      return [{ kind: 'left', date, airing: airing?.id ?? null, title, from: airing?.at ?? null, to: null }]
    return airing === undefined ? [] : [{ kind: 'moved', date, airing: airing.id, title, from: airing.at, to: at }]
  })
  const gone = dropped
    .filter(({ kind }) => kind === 'item')
    .map(({ id, title, at }): Told => ({ kind: 'left', date, airing: id, title, from: at, to: null }))
  const over: Told[] =
    overfullMs > 0
      ? [
          {
            kind: 'overfull',
            date,
            airing: null,
            title: day.run.name,
            from: day.run.own.to,
            to: day.run.own.to + overfullMs,
          },
        ]
      : []
  return [...told, ...gone, ...over]
}

/** Whether everything stands where it should already. A release for which there is no room changes nothing either. */
export const changesNothing = ({ entries, dropped }: Programme): boolean =>
  dropped.length === 0 && entries.every(({ airing, at }) => at === (airing?.at ?? null))
