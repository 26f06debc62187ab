import { type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { authorise } from '../../access/index.ts'
import { unitPath } from '../../org/index.ts'
import { heardAt, isOpen, loadDays } from '../order/day.ts'
import { changesOf, programmeOf, type Told } from '../order/programme.ts'
import { maySee } from '../policy.ts'
import { comingInSessions } from '../store.ts'
import { findSession, refusalOfWish, type Standing, type Wish } from './commands.ts'
import { addDays, datesBetween, isOffHours, runOn, runsOn, type SessionRun, type SessionVersion } from './model.ts'
import { versionsAt } from './store.ts'

/** Days looked at for what opens, closes and collides; what is already planned is looked at however far ahead it is. */
const DAYS_SHOWN = 14
const TOLD_MAX = 200

export type Preview = {
  readonly changes: readonly Told[]
  /** Airings that would move or be left out. */
  readonly airings: number
}

const versionOf = (wish: Wish, session: string): SessionVersion => ({
  ...wish,
  session,
  validTo: null,
  offHours: 'none',
  confirmedBy: null,
  savedBy: '',
  savedAt: 0,
})

/** When the session is on a date: as wished from its day on, as it was before. */
const runAfter = (before: Standing | undefined, wish: SessionVersion, date: LocalDate): SessionRun | undefined =>
  date >= wish.validFrom ? runOn(wish, date) : runsOn(before?.versions ?? [], [date])[0]

const told = (kind: Told['kind'], about: Partial<Told>): Told => ({
  ...{ kind, date: null, airing: null, title: null, from: null, to: null },
  ...about,
})

const daysTold = (before: Standing | undefined, wish: SessionVersion): Told[] =>
  datesBetween(wish.validFrom, addDays(wish.validFrom, DAYS_SHOWN - 1)).flatMap((date): Told[] => {
    const [was] = runsOn(before?.versions ?? [], [date])
    const will = runAfter(before, wish, date)
    if (was === undefined && will !== undefined)
      return [told('opened', { date, title: will.name, from: will.from, to: will.to })]
    if (was !== undefined && will === undefined)
      return [told('closed', { date, title: was.name, from: was.from, to: was.to })]
    return []
  })

/** Sessions of units above and below that run at the same hours: the same people would be spoken to twice. */
const meetingOthers = async (db: Db, wish: SessionVersion): Promise<Told[]> => {
  const units = [...(await heardAt(db, wish.unit, wish.validFrom))].filter((unit) => unit !== wish.unit)
  const dates = datesBetween(wish.validFrom, addDays(wish.validFrom, DAYS_SHOWN - 1))
  const others = await versionsAt(db, units, { from: wish.validFrom, to: dates.at(-1) ?? null })
  return others.flatMap((other): Told[] => {
    const date = dates.find((each) => {
      const [one, two] = [runOn(wish, each), runOn(other, each)]
      return one !== undefined && two !== undefined && one.start < two.end && two.start < one.end
    })
    return date === undefined ? [] : [told('collision', { date, title: other.name, from: other.from, to: other.to })]
  })
}

const plannedTold = async (ctx: Context, before: Standing | undefined, wish: SessionVersion): Promise<Told[]> => {
  if (before === undefined) return []
  const now = ctx.clock.now()
  const from = wish.validFrom > localDate(now) ? wish.validFrom : localDate(now)
  const coming = await comingInSessions(ctx.db, [before.session], { from, after: now })
  const byDate = Map.groupBy(coming, (airing) => airing.localDate)
  const runs = [...byDate.keys()].flatMap((date) => runOn(wish, date) ?? []).filter((run) => isOpen(run, now))
  const gone = [...byDate].filter(([date]) => !runs.some((run) => run.date === date)).flatMap(([, airings]) => airings)
  const days = await loadDays(ctx.db, runs)
  return [
    ...gone.map(({ id, title, at, localDate: date }) => told('left', { date, airing: id, title, from: at })),
    ...days.flatMap((day) => {
      const [was] = runsOn(before.versions, [day.run.date])
      const same = was?.own.from === day.run.own.from && was.own.to === day.run.own.to
      return same ? [] : changesOf(programmeOf(day, now, { anew: true }))
    }),
  ]
}

/** What saving a session as wished would do; or why it cannot be saved. Nothing is kept. */
export const previewSession = async (
  ctx: Context,
  actor: Actor,
  { session, wish }: { session: string | undefined; wish: Wish },
): Promise<Preview | Refusal> => {
  const hidden = authorise(actor, maySee, await unitPath(ctx.db, wish.unit, localDate(ctx.clock.now())))
  if (hidden !== undefined) return hidden
  const before = session === undefined ? undefined : await findSession(ctx.db, session)
  if (session !== undefined && before?.unit !== wish.unit) return refuse('input.notFound')
  const refused = await refusalOfWish(ctx, ctx.db, { wish, session: session ?? '' })
  if (refused !== undefined) return refused
  const version = versionOf(wish, session ?? '')
  const night = isOffHours(wish) ? [told('offHours', { title: wish.name, from: wish.from, to: wish.to })] : []
  const planned = await plannedTold(ctx, before, version)
  const changes = [...night, ...planned, ...(await meetingOthers(ctx.db, version)), ...daysTold(before, version)]
  const airings = planned.filter(({ kind }) => kind === 'moved' || kind === 'left').length
  return { changes: changes.slice(0, TOLD_MAX), airings }
}
