import { type Envelope, instantOf, type LocalDate, localDate, parseAs, type Roster, rosterSchema } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { communesToCome, descendants, unitPath, unitsOn } from '../org/index.ts'
import { peopleWithRole } from '../people/index.ts'
import { type RosterIssued, rosterIssued } from './facts.ts'
import { ensurePersonKeys, serverKeyPeriods, signAsRoot } from './keys.ts'
import { type HeldPost, nextRoster, type RosterContent, rosterContent, signingRoles } from './model.ts'
import { insertRoster, lockTrust, newestRoster } from './store.ts'

const postsFor = async (db: Db, path: readonly string[], on: string): Promise<HeldPost[]> => {
  const perRole = await Promise.all(
    signingRoles.map(async (role) => (await peopleWithRole(db, path, role, on)).map((post) => ({ ...post, role }))),
  )
  return perRole.flat()
}

/** A unit that has a roster; `comesOn`: one that is still to come, such as the commune of a merger. */
type Signing = { readonly id: string; readonly kind: string; readonly comesOn?: LocalDate }

/**
 * A commune's roster covers the commune and everything below it; a province's only the province as a whole. One that is still
 * to come has its roster ahead, so that devices away on the day have it; nobody in it counts before that day.
 */
const contentOf = async (ctx: Context, db: Db, unit: Signing): Promise<RosterContent> => {
  const on = unit.comesOn ?? localDate(ctx.clock.now())
  const covers = unit.kind === 'province' ? [unit.id] : await descendants(db, unit.id, on)
  const posts = await postsFor(db, (await unitPath(db, unit.id, on)) ?? [unit.id], on)
  const keys = await ensurePersonKeys(
    ctx,
    db,
    posts.map((post) => post.person),
  )
  const content = rosterContent({ unit: unit.id, covers, posts, keys, servers: await serverKeyPeriods(ctx, db) })
  if (unit.comesOn === undefined) return content
  const comesAt = instantOf(unit.comesOn, '00:00')
  return { ...content, people: content.people.map((each) => ({ ...each, from: Math.max(each.from, comesAt) })) }
}

/** Signs and announces a new roster of the unit where its content changed. */
const refreshRoster = (ctx: Context, outer: Db, unit: Signing): Promise<void> =>
  inTransaction(outer, async (db) => {
    await lockTrust(db)
    const now = ctx.clock.now()
    const newest = await newestRoster(db, unit.id)
    const roster = nextRoster(await contentOf(ctx, db, unit), newest && parseAs(rosterSchema, newest.body), now)
    if (roster === undefined) return
    const { body, signatures } = await signAsRoot(ctx, db, 'roster', JSON.stringify(rosterSchema.parse(roster)))
    await insertRoster(db, { unit: unit.id, version: roster.version, body, signatures, madeAt: now })
    const issued: RosterIssued = { unit: unit.id, version: roster.version }
    await announce(db, { id: ctx.ids.next(), kind: rosterIssued, at: now, subject: unit.id, body: issued })
  })

/**
 * Re-issues the rosters of provinces and communes whose content changed; announces `roster.issued` for each. `below`: looks only
 * at this unit and what hangs below it, which is all that a post held there can change.
 */
export const refreshRosters = async (ctx: Context, db: Db, below?: string): Promise<void> => {
  const on = localDate(ctx.clock.now())
  const units = await unitsOn(db, on, below === undefined ? undefined : await descendants(db, below, on))
  for (const unit of units) {
    if (unit.kind === 'commune' || unit.kind === 'province') await refreshRoster(ctx, db, unit)
  }
  for (const { id, from } of await communesToCome(db, on)) {
    const isMeant = below === undefined || ((await unitPath(db, id, from)) ?? []).includes(below)
    if (isMeant) await refreshRoster(ctx, db, { id, kind: 'commune', comesOn: from })
  }
}

/** The newest roster of a unit as devices receive it. */
export const currentRoster = async (
  db: Db,
  unit: string,
): Promise<{ roster: Roster; envelope: Envelope } | undefined> => {
  const row = await newestRoster(db, unit)
  const roster = row && parseAs(rosterSchema, row.body)
  return row && roster ? { roster, envelope: { body: row.body, signatures: row.signatures } } : undefined
}
