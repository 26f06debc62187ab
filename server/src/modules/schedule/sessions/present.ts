import { z } from '@hono/zod-openapi'
import { type LocalDate, localDate } from '@loa/protocol'
import { type Actor, may } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { descendants, unitPath, unitsOn } from '../../org/index.ts'
import { namesOf } from '../../people/index.ts'
import { releasesById } from '../../release/index.ts'
import type { Told } from '../order/programme.ts'
import { mayConfirmSessions, mayEditSessions, maySee } from '../policy.ts'
import { type Standing as StandingRow, standingsForSessions } from '../store.ts'
import type { Standing } from './commands.ts'
import { relaySchema, type SessionVersion } from './model.ts'
import { proposalsAt, proposalsOf, versionsAt, versionsOf } from './store.ts'

const standingSchema = z.object({ release: z.string(), title: z.string(), durationMs: z.number() }).nullable()

export const sessionSchema = z
  .object({
    id: z.string(),
    unit: z.string(),
    unitName: z.string(),
    name: z.string(),
    days: z.array(z.number()),
    from: z.string(),
    to: z.string(),
    relay: relaySchema.nullable(),
    offHours: z.enum(['none', 'proposed', 'confirmed']),
    confirmedBy: z.object({ person: z.string(), name: z.string() }).nullable(),
    /** What waits for a second person; until then what is in force stays. */
    proposal: z
      .object({
        name: z.string(),
        days: z.array(z.number()),
        from: z.string(),
        to: z.string(),
        relay: relaySchema.nullable(),
        validFrom: z.string(),
        proposedBy: z.object({ person: z.string(), name: z.string() }),
      })
      .nullable(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
    opening: standingSchema,
    closing: standingSchema,
    fallback: standingSchema,
    may: z.object({ edit: z.boolean(), confirm: z.boolean() }),
  })
  .openapi('Session')
type Presented = z.input<typeof sessionSchema>

const tellable = z.union([z.string(), z.null()])

export const changeSchema = z
  .object({
    kind: z.enum(['moved', 'left', 'overfull', 'opened', 'closed', 'offHours', 'collision']),
    date: tellable,
    airing: tellable,
    title: tellable,
    from: tellable,
    to: tellable,
  })
  .openapi('ScheduleChange')

const said = (when: number | string | null): string | null => (typeof when === 'number' ? localIso(when) : when)

export const presentChange = (told: Told): z.input<typeof changeSchema> => ({
  ...told,
  from: said(told.from),
  to: said(told.to),
})

type Names = {
  readonly units: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  readonly paths: ReadonlyMap<string, readonly string[]>
  readonly standings: readonly StandingRow[]
  readonly items: ReadonlyMap<string, z.input<typeof standingSchema>>
}

/** The version to show: in force on the day, or the next one, or the last. */
const shownOn = (versions: readonly SessionVersion[], on: LocalDate): SessionVersion | undefined =>
  versions.find(({ validFrom, validTo }) => validFrom <= on && (validTo === null || on < validTo)) ??
  versions.find(({ validFrom }) => validFrom > on) ??
  versions.at(-1)

type Seeing = { readonly actor: Actor; readonly on: LocalDate; readonly names: Names }

const presentSession = ({ session, versions, proposal }: Standing, { actor, on, names }: Seeing): Presented[] => {
  const shown = shownOn(versions, on) ?? proposal
  if (shown === undefined) return []
  const who = (person: string) => ({ person, name: names.people.get(person) ?? person })
  const path = names.paths.get(shown.unit) ?? [shown.unit]
  const used = (role: StandingRow['role']) => {
    const found = names.standings.find((each) => each.role === role && each.sessions.includes(session))
    return names.items.get(found?.release ?? '') ?? null
  }
  const inForce = 'offHours' in shown ? shown : undefined
  const confirmedBy = inForce?.confirmedBy ?? null
  return [
    {
      ...{ id: session, unit: shown.unit, unitName: names.units.get(shown.unit) ?? shown.unit, name: shown.name },
      ...{ days: [...shown.days], from: shown.from, to: shown.to, relay: shown.relay },
      offHours: proposal === undefined ? (inForce?.offHours ?? 'none') : 'proposed',
      confirmedBy: confirmedBy === null ? null : who(confirmedBy),
      proposal:
        proposal === undefined
          ? null
          : {
              ...{ name: proposal.name, days: [...proposal.days], from: proposal.from, to: proposal.to },
              ...{ relay: proposal.relay, validFrom: proposal.validFrom, proposedBy: who(proposal.proposedBy) },
            },
      validFrom: shown.validFrom,
      validTo: inForce?.validTo ?? null,
      ...{ opening: used('opening'), closing: used('closing'), fallback: used('fallback') },
      may: {
        edit: may(actor, mayEditSessions, path),
        confirm: proposal !== undefined && proposal.proposedBy !== actor.person && may(actor, mayConfirmSessions, path),
      },
    },
  ]
}

const namesFor = async (ctx: Context, standings: readonly Standing[], on: LocalDate): Promise<Names> => {
  const { db } = ctx
  const units = [...new Set(standings.map(({ unit }) => unit))]
  const people = standings.flatMap(({ versions, proposal }) => [
    ...versions.flatMap(({ confirmedBy }) => confirmedBy ?? []),
    ...(proposal === undefined ? [] : [proposal.proposedBy]),
  ])
  const paths = new Map<string, readonly string[]>()
  const today = localDate(ctx.clock.now())
  for (const unit of units) paths.set(unit, (await unitPath(db, unit, today)) ?? [unit])
  const ids = standings.map(({ session }) => session)
  const used = await standingsForSessions(db, ids, { from: on, to: on })
  const releases = await releasesById(db, [...new Set(used.map(({ release }) => release))])
  const lengthOf = ({ versions }: (typeof releases)[number]['candidate']): number =>
    versions.reduce((sum, { durationMs }) => sum + durationMs, 0)
  return {
    units: new Map((await unitsOn(db, today, units)).map(({ id, name }) => [id, name])),
    people: await namesOf(db, [...new Set(people)]),
    paths,
    standings: used,
    items: new Map(
      releases.map(({ id, candidate }) => [
        id,
        { release: id, title: candidate.title, durationMs: lengthOf(candidate) },
      ]),
    ),
  }
}

/** Sessions as a person may see them, by start and name. */
const present = async (
  ctx: Context,
  actor: Actor,
  { standings, on }: { standings: readonly Standing[]; on: LocalDate },
): Promise<Presented[]> => {
  const names = await namesFor(ctx, standings, on)
  return standings
    .flatMap((standing) => presentSession(standing, { actor, on, names }))
    .sort((a, b) => (a.from + a.name < b.from + b.name ? -1 : 1))
}

const standingsOfIds = async (db: Db, ids: readonly string[]): Promise<Standing[]> => {
  const versions = Map.groupBy(await versionsOf(db, ids), ({ session }) => session)
  const proposals = new Map((await proposalsOf(db, ids)).map((proposal) => [proposal.session, proposal]))
  return ids.flatMap((session): Standing[] => {
    const own = versions.get(session) ?? []
    const proposal = proposals.get(session)
    const unit = own.at(-1)?.unit ?? proposal?.unit
    return unit === undefined ? [] : [{ session, unit, versions: own, proposal }]
  })
}

/** One session as it stands on a day. */
export const presentOne = async (ctx: Context, actor: Actor, id: string): Promise<Presented> => {
  const on = localDate(ctx.clock.now())
  const [presented] = await present(ctx, actor, { standings: await standingsOfIds(ctx.db, [id]), on })
  if (presented === undefined) throw new Error(`session ${id} was not presented`)
  return presented
}

/** The unit itself, what is below it, and what is above it as far as the person may see. */
export const unitsAround = async (ctx: Context, actor: Actor, unit: string): Promise<string[]> => {
  const today = localDate(ctx.clock.now())
  const path = (await unitPath(ctx.db, unit, today)) ?? [unit]
  const above = path.filter((_, place) => may(actor, maySee, path.slice(0, place + 1)))
  return [...new Set([...above, unit, ...(await descendants(ctx.db, unit, today))])]
}

const SESSIONS_MAX = 500

/** Sessions of a unit, of those below it, and of those above it that the person may see, as they are on a day. */
export const presentAround = async (
  ctx: Context,
  actor: Actor,
  { unit, on }: { unit: string; on: LocalDate },
): Promise<Presented[]> => {
  const units = await unitsAround(ctx, actor, unit)
  const versions = await versionsAt(ctx.db, units, { from: on, to: null })
  const proposals = await proposalsAt(ctx.db, units)
  const ids = [...new Set([...versions, ...proposals].map(({ session }) => session))].slice(0, SESSIONS_MAX)
  return present(ctx, actor, { standings: await standingsOfIds(ctx.db, ids), on })
}
