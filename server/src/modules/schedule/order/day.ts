import type { Instant, LocalDate } from '@loa/protocol'
import type { Db } from '../../../platform/context.ts'
import { descendants, unitPath } from '../../org/index.ts'
import { type Release, releasesById } from '../../release/index.ts'
import type { Airing } from '../model.ts'
import type { SessionRun } from '../sessions/model.ts'
import { airingsDuring, airingsInSessions, type Standing, standingsForSessions } from '../store.ts'
import type { Day, Usable } from './programme.ts'

/** The units whose airings people at a unit hear: those above, itself, and everything below. */
export const heardAt = async (db: Db, unit: string, on: LocalDate): Promise<ReadonlySet<string>> =>
  new Set([...((await unitPath(db, unit, on)) ?? [unit]), ...(await descendants(db, unit, on))])

type Found = {
  readonly own: readonly Airing[]
  readonly elsewhere: readonly Airing[]
  readonly standings: readonly Standing[]
  readonly heard: ReadonlyMap<string, ReadonlySet<string>>
  readonly releases: ReadonlyMap<string, Release>
}

const find = async (db: Db, runs: readonly SessionRun[]): Promise<Found> => {
  const sessions = [...new Set(runs.map(({ session }) => session))]
  const dates = runs.map(({ date }) => date).sort()
  const span = { from: dates[0] ?? '', to: dates.at(-1) ?? '' }
  const heard = new Map<string, ReadonlySet<string>>()
  for (const unit of new Set(runs.map((run) => run.unit))) heard.set(unit, await heardAt(db, unit, span.from))
  const units = [...new Set([...heard.values()].flatMap((each) => [...each]))]
  const own = await airingsInSessions(db, sessions, span)
  const during = { from: Math.min(...runs.map(({ start }) => start)), to: Math.max(...runs.map(({ end }) => end)) }
  const elsewhere = await airingsDuring(db, units, during)
  const standings = await standingsForSessions(db, sessions, span)
  const wanted = new Set([...own, ...standings].map(({ release }) => release))
  const releases = new Map((await releasesById(db, [...wanted])).map((release) => [release.id, release]))
  return { own, elsewhere, standings, heard, releases }
}

const standingIn = (
  { standings, releases }: Found,
  role: Standing['role'],
  { session, date }: SessionRun,
): Usable | undefined => {
  const found = standings.find(
    (each) => each.role === role && each.sessions.includes(session) && each.from <= date && date <= each.to,
  )
  return found && releases.get(found.release)
}

const blocksOf = ({ elsewhere, heard }: Found, run: SessionRun): Day['blocks'] => {
  const units = heard.get(run.unit) ?? new Set()
  return elsewhere
    .filter(
      (airing) => airing.session !== run.session && airing.at < run.end && airing.at + airing.durationMs > run.start,
    )
    .filter((airing) => airing.audience.some((unit) => units.has(unit)))
    .map((airing) => ({ airing: airing.id, from: airing.at, to: airing.at + airing.durationMs }))
}

/** Sessions on their dates with everything that bears on their running orders, in the order of `runs`. */
export const loadDays = async (db: Db, runs: readonly SessionRun[]): Promise<Day[]> => {
  if (runs.length === 0) return []
  const found = await find(db, runs)
  const approved = new Map([...found.releases].map(([id, { candidate }]) => [id, candidate]))
  const byDay = Map.groupBy(found.own, ({ session, localDate }) => `${session} ${localDate}`)
  return runs.map((run) => ({
    run,
    approved,
    airings: byDay.get(`${run.session} ${run.date}`) ?? [],
    blocks: blocksOf(found, run),
    opening: standingIn(found, 'opening', run),
    closing: standingIn(found, 'closing', run),
    fallback: standingIn(found, 'fallback', run),
  }))
}

/** One session on one date. */
export const loadDay = async (db: Db, run: SessionRun): Promise<Day> => {
  const [day] = await loadDays(db, [run])
  if (day === undefined) throw new Error('a run without its day')
  return day
}

/** Whether a day still lies ahead or is going on. */
export const isOpen = (run: SessionRun, now: Instant): boolean => run.own.to > now
