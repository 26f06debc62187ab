import { z } from '@hono/zod-openapi'
import { type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Db } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { unitsSeenThen } from '../devices/index.ts'
import {
  answersTo,
  dayToLookAt,
  everyVersion,
  fateOf,
  type UnitKind,
  type UnitVersion,
  unitKinds,
} from '../org/index.ts'

export type Found = {
  readonly unit: string
  readonly name: string
  readonly kind: UnitKind
  /** The day from which it was no longer called so or no longer there; `null`: it is. */
  readonly until: LocalDate | null
  /** What it belonged to at that time, nearest first: by this several of one name are told apart. */
  readonly within: readonly string[]
  readonly became: readonly { readonly unit: string; readonly name: string }[]
}
export type Resolved = { readonly name: string; readonly found: readonly Found[] }

const NAMES_MAX = 500
const FOUND_MAX = 20

/** What a version hung below on its last day, nearest first. */
const aboveOf = (
  version: UnitVersion,
  versions: ReadonlyMap<string, readonly UnitVersion[]>,
): readonly UnitVersion[] => {
  const aliveWith = (unit: string): UnitVersion | undefined =>
    (versions.get(unit) ?? []).findLast(
      ({ from, to }) => (version.to === null || from < version.to) && (to === null || to > version.from),
    )
  const up = (unit: string | null, depth: number): readonly UnitVersion[] => {
    const above = unit === null || depth === 0 ? undefined : aliveWith(unit)
    return above === undefined ? [] : [above, ...up(above.parent, depth - 1)]
  }
  return up(version.parent, 8)
}

type Book = { readonly all: readonly UnitVersion[]; readonly byUnit: ReadonlyMap<string, readonly UnitVersion[]> }

/** The versions that answer best to a name such as "xã Bình Sơn, huyện Bình Sơn"; one for each unit, the latest. */
const versionsNamed = (asked: string, { all, byUnit }: Book): readonly UnitVersion[] => {
  const [own = '', ...above] = asked.split(/[,;]/).map((part) => part.trim())
  const scored = all.flatMap((version) => {
    const score = answersTo(version, own)
    if (score === 0) return []
    const places = aboveOf(version, byUnit)
    const fits = above.every((part) => part === '' || places.some((place) => answersTo(place, part) > 0))
    return fits ? [{ version, score }] : []
  })
  const best = Math.max(0, ...scored.map(({ score }) => score))
  const units = new Map(scored.filter(({ score }) => score === best).map(({ version }) => [version.id, version]))
  return [...units.values()]
}

/** Whether the actor sees the unit today, or sees what it became. One look for each day. */
const sight = (ctx: Context, actor: Actor, today: LocalDate): ((unit: string) => Promise<boolean>) => {
  const seen = new Map<LocalDate, Promise<ReadonlySet<string>>>()
  return async (unit) => {
    const on = (await dayToLookAt(ctx.db, unit, today)) ?? today
    const known = seen.get(on) ?? unitsSeenThen(ctx.db, actor, { today, on, all: true }).then((units) => new Set(units))
    seen.set(on, known)
    return (await known).has(unit)
  }
}

/** The end of the last version with that name that is not followed by another one of the same name. */
const endOf = (version: UnitVersion, all: readonly UnitVersion[]): LocalDate | null => {
  const next = all.find(({ from, name }) => from === version.to && name === version.name)
  return next === undefined ? version.to : endOf(next, all)
}

const foundOf = async (
  db: Db,
  version: UnitVersion,
  { book, today }: { book: Book; today: LocalDate },
): Promise<Found> => {
  const { id, name, kind } = version
  const until = endOf(version, book.byUnit.get(id) ?? [])
  const fate = await fateOf(db, { unit: id, today })
  const parts = (fate?.units ?? []).filter((part) => part.id !== id || part.name !== name)
  return {
    ...{ unit: id, name, kind },
    until: until !== null && until <= today ? until : null,
    within: aboveOf(version, book.byUnit).map((above) => above.name),
    became: parts.map((part) => ({ unit: part.id, name: part.name })),
  }
}

/**
 * Units by the names people write, retired ones too, each with what it has become. Written exactly so; else but for marks
 * and capitals; else without the word for what it is. Several of one name are all told, each with what it belonged to.
 */
export const resolveNames = async (
  ctx: Context,
  actor: Actor,
  names: readonly string[],
): Promise<readonly Resolved[]> => {
  const today = localDate(ctx.clock.now())
  const all = await everyVersion(ctx.db)
  const book: Book = { all, byUnit: Map.groupBy(all, ({ id }) => id) }
  const sees = sight(ctx, actor, today)
  const resolved: Resolved[] = []
  for (const name of names) {
    const found: Found[] = []
    for (const version of versionsNamed(name, book)) {
      if (found.length < FOUND_MAX && (await sees(version.id)))
        found.push(await foundOf(ctx.db, version, { book, today }))
    }
    resolved.push({ name, found })
  }
  return resolved
}

const resultSchema = z.object({
  names: z.array(
    z.object({
      name: z.string(),
      found: z.array(
        z.object({
          unit: z.string(),
          name: z.string(),
          kind: z.enum(unitKinds),
          until: z.string().nullable(),
          within: z.array(z.string()).readonly(),
          became: z.array(z.object({ unit: z.string(), name: z.string() })).readonly(),
        }),
      ),
    }),
  ),
})

export const resolveRoutes = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/units/resolve',
      summary: 'Tìm đơn vị theo tên trong văn bản, kể cả tên cũ, và cho biết nay là đơn vị nào',
      tags: ['units'],
      body: z.strictObject({ names: z.array(z.string().trim().min(1).max(300)).min(1).max(NAMES_MAX) }),
      result: resultSchema,
    },
    async ({ c, body }) => ({
      names: (await resolveNames(ctx, actorOf(c), body.names)).map(({ name, found }) => ({ name, found: [...found] })),
    }),
  )
