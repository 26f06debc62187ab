import { z } from '@hono/zod-openapi'
import { classSchema, type LocalDate, localDate, precedence } from '@loa/protocol'
import { type Actor, may } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import type { Context } from '../../../platform/context.ts'
import { unitPath, unitsOn } from '../../org/index.ts'
import { type Airing, stateOf } from '../model.ts'
import { GAP_MS } from '../order/layout.ts'
import { type Day, hasBegun } from '../order/programme.ts'
import { tokenOf } from '../order/token.ts'
import { mayArrange } from '../policy.ts'
import { relaySchema, weekdayOf } from '../sessions/model.ts'
import type { Meeting } from '../store.ts'
import type { Loaded } from './load.ts'

const itemSchema = z
  .object({
    airing: z.string(),
    notice: z.string().nullable(),
    release: z.string(),
    title: z.string(),
    class: classSchema,
    unit: z.string(),
    unitName: z.string(),
    at: z.string(),
    durationMs: z.number(),
    state: z.enum(['planned', 'playing', 'over', 'stopped']),
    movable: z.boolean(),
    kind: z.enum(['item', 'opening', 'closing', 'fallback', 'chime']),
  })
  .openapi('TimelineItem')

const waitingSchema = z.object({
  notice: z.string(),
  title: z.string(),
  class: classSchema,
  durationMs: z.number(),
  state: z.literal('submitted'),
})

const sessionSchema = z.object({
  session: z.string(),
  unit: z.string(),
  unitName: z.string(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  start: z.string(),
  end: z.string(),
  relay: relaySchema.nullable(),
  offHours: z.enum(['none', 'confirmed']),
  capacityMs: z.number(),
  usedMs: z.number(),
  overfullMs: z.number(),
  basedOn: z.string(),
  items: z.array(itemSchema),
  waiting: z.array(waitingSchema),
  /** Approved for this session and no longer in it: there was no room, or its hours changed. */
  left: z.array(itemSchema),
  may: z.object({ arrange: z.boolean() }),
})

const collisionSchema = z.object({
  a: z.string(),
  b: z.string(),
  from: z.string(),
  to: z.string(),
  decide: z.boolean(),
  units: z.array(z.string()),
})

export const daySchema = z
  .object({
    date: z.string(),
    weekday: z.number(),
    sessions: z.array(sessionSchema),
    loose: z.array(itemSchema),
    collisions: z.array(collisionSchema),
  })
  .openapi('TimelineDay')

type PresentedDay = z.input<typeof daySchema>

type Words = {
  readonly loaded: Loaded
  readonly actor: Actor
  readonly names: ReadonlyMap<string, string>
  readonly paths: ReadonlyMap<string, readonly string[]>
}

const noticeOf = (origin: { readonly kind: string; readonly id: string }): string | null =>
  origin.kind === 'notice' ? (origin.id.split('.')[0] ?? null) : null

const itemOf = (airing: Airing, { loaded: { now }, names }: Words, arranges: boolean): z.input<typeof itemSchema> => {
  const state = stateOf(airing, now)
  return {
    ...{ airing: airing.id, notice: noticeOf(airing.origin), release: airing.release, title: airing.title },
    ...{ class: airing.class, unit: airing.unit, unitName: names.get(airing.unit) ?? airing.unit },
    ...{ at: localIso(airing.at), durationMs: airing.durationMs, state, kind: airing.kind },
    movable: arranges && airing.kind === 'item' && state === 'planned' && !hasBegun(airing, now),
  }
}

const endOf = ({ at, durationMs }: Airing): number => at + durationMs

const waitingOf = ({ run }: Day, { waiting }: Loaded): z.input<typeof waitingSchema>[] =>
  waiting
    .filter((each) => each.run === run)
    .map(({ release: { candidate, origin, id } }) => ({
      ...{ notice: noticeOf(origin) ?? id, title: candidate.title, class: candidate.class, state: 'submitted' },
      durationMs: candidate.versions.reduce((sum, { durationMs }) => sum + durationMs, 0),
    }))

const sessionOf = (day: Day, words: Words): z.input<typeof sessionSchema> => {
  const { run } = day
  const heard = day.airings.filter(({ stoppedAt }) => stoppedAt === null)
  const arranges = may(words.actor, mayArrange, words.paths.get(run.unit) ?? [])
  const lasting = heard.reduce((sum, { durationMs }) => sum + durationMs + GAP_MS, 0)
  const left = words.loaded.left.filter(({ session, localDate: date }) => session === run.session && date === run.date)
  return {
    ...{ session: run.session, unit: run.unit, unitName: words.names.get(run.unit) ?? run.unit, name: run.name },
    ...{ from: run.from, to: run.to, start: localIso(run.start), end: localIso(run.end) },
    ...{ relay: run.relay, offHours: run.offHours, capacityMs: run.own.to - run.own.from },
    usedMs: Math.max(0, lasting - GAP_MS),
    overfullMs: Math.max(0, ...heard.map((airing) => endOf(airing) - run.own.to)),
    basedOn: tokenOf(day),
    items: day.airings.map((airing) => itemOf(airing, words, arranges)),
    waiting: waitingOf(day, words.loaded),
    left: left.map((airing) => itemOf(airing, words, false)),
    may: { arrange: arranges },
  }
}

type Meets = Meeting & { readonly one: Airing; readonly other: Airing }

const collisionOf = ({ a, b, communes, one, other }: Meets, words: Words): z.input<typeof collisionSchema> => {
  const { now } = words.loaded
  const both = [one, other]
  const open = both.every(
    (airing) => precedence[airing.class] === precedence.priority && !hasBegun(airing, now) && airing.holdUntil === null,
  )
  const own = both.some(({ unit }) => may(words.actor, mayArrange, words.paths.get(unit) ?? []))
  return {
    ...{ a, b, from: localIso(other.at), to: localIso(Math.min(endOf(one), endOf(other))) },
    decide: open && own,
    units: communes.map((commune) => words.names.get(commune) ?? commune),
  }
}

const collisionsOn = (date: LocalDate, words: Words): z.input<typeof collisionSchema>[] => {
  const { days, loose, meetings } = words.loaded
  const all = new Map([...days.flatMap(({ airings }) => airings), ...loose].map((airing) => [airing.id, airing]))
  return meetings.flatMap((meeting) => {
    const [one, other] = [all.get(meeting.a), all.get(meeting.b)]
    if (one === undefined || other === undefined || other.localDate !== date) return []
    return [collisionOf({ ...meeting, one, other }, words)]
  })
}

const wordsFor = async (ctx: Context, actor: Actor, loaded: Loaded): Promise<Words> => {
  const airings = [...loaded.days.flatMap(({ airings: own }) => own), ...loaded.loose, ...loaded.left]
  const units = new Set([
    ...airings.map(({ unit }) => unit),
    ...loaded.days.map(({ run }) => run.unit),
    ...loaded.meetings.flatMap(({ communes }) => communes),
  ])
  const today = localDate(loaded.now)
  const paths = new Map<string, readonly string[]>()
  for (const unit of units) paths.set(unit, (await unitPath(ctx.db, unit, today)) ?? [unit])
  const names = new Map((await unitsOn(ctx.db, today, [...units])).map(({ id, name }) => [id, name]))
  return { loaded, actor, names, paths }
}

/** The timeline day by day, as this person may see and change it. */
export const presentTimeline = async (ctx: Context, actor: Actor, loaded: Loaded): Promise<PresentedDay[]> => {
  const words = await wordsFor(ctx, actor, loaded)
  return loaded.dates.map((date) => ({
    date,
    weekday: weekdayOf(date),
    sessions: loaded.days.filter(({ run }) => run.date === date).map((day) => sessionOf(day, words)),
    loose: loaded.loose.filter((airing) => airing.localDate === date).map((airing) => itemOf(airing, words, false)),
    collisions: collisionsOn(date, words),
  }))
}
