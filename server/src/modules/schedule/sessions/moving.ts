import type { LocalDate } from '@loa/protocol'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { record } from '../../audit/index.ts'
import { putBack, takeOff } from '../placing.ts'
import { airingsById, comingInSessions } from '../store.ts'
import type { Proposal, SessionVersion } from './model.ts'
import {
  endVersions,
  insertVersion,
  proposalsAt,
  proposalsOf,
  removeProposals,
  removeVersions,
  saveProposal,
  versionsAt,
  versionsOf,
} from './store.ts'

/** Sessions of the units as they are on a day, by start. */
export const sessionsOf = (db: Db, units: readonly string[], on: LocalDate): Promise<SessionVersion[]> =>
  versionsAt(db, units, { from: on, to: on })

/** What is needed to put sessions back as they were; plain data, to be kept as JSON. */
export type SessionsUndo = {
  readonly sessions: readonly string[]
  readonly versions: readonly SessionVersion[]
  readonly proposals: readonly Proposal[]
  /** Airings that were taken off the programme. */
  readonly airings: readonly string[]
}

const stateOf = async (db: Db, sessions: readonly string[]): Promise<Omit<SessionsUndo, 'airings'>> => ({
  sessions,
  versions: await versionsOf(db, sessions),
  proposals: await proposalsOf(db, sessions),
})

const idsAt = async (db: Db, units: readonly string[], from: LocalDate): Promise<string[]> => {
  const versions = await versionsAt(db, units, { from, to: null })
  const proposals = await proposalsAt(db, units)
  return [...new Set([...versions, ...proposals].map(({ session }) => session))].sort()
}

type About = { readonly person: string; readonly action: string; readonly from?: LocalDate }

const note = async (
  ctx: Context,
  db: Db,
  sessions: readonly string[],
  { person, action, from }: About,
): Promise<void> => {
  for (const subject of sessions)
    await record(db, {
      at: ctx.clock.now(),
      person,
      action,
      subject,
      ...(from === undefined ? {} : { detail: { from } }),
    })
}

type Ending = { readonly units: readonly string[]; readonly from: LocalDate; readonly by: string }

/**
 * Ends the sessions of units from a day on; what was planned in them from then on is taken off the programme. Returns what
 * `restoreSessions` needs to put everything back.
 */
export const endSessionsOf = (ctx: Context, outer: Db, { units, from, by }: Ending): Promise<SessionsUndo> =>
  inTransaction(outer, async (db) => {
    const ids = await idsAt(db, units, from)
    const before = await stateOf(db, ids)
    await endVersions(db, ids, from)
    await removeProposals(db, ids)
    const airings = await comingInSessions(db, ids, { from, after: ctx.clock.now() })
    await takeOff(ctx, db, airings)
    await note(ctx, db, ids, { person: by, action: 'session.ended', from })
    return { ...before, airings: airings.map(({ id }) => id) }
  })

type Moving = {
  readonly sessions: readonly string[]
  readonly to: string
  readonly from: LocalDate
  readonly by: string
}

/** Gives sessions to another unit from a day on, as they are. Returns what `restoreSessions` needs. */
export const moveSessions = (ctx: Context, outer: Db, { sessions, to, from, by }: Moving): Promise<SessionsUndo> =>
  inTransaction(outer, async (db) => {
    const before = await stateOf(db, sessions)
    const later = before.versions.filter(({ validTo }) => validTo === null || validTo > from)
    await endVersions(db, sessions, from)
    for (const version of later) {
      const validFrom = version.validFrom > from ? version.validFrom : from
      await insertVersion(db, { ...version, unit: to, validFrom })
    }
    for (const proposal of before.proposals) await saveProposal(db, { ...proposal, unit: to })
    await note(ctx, db, sessions, { person: by, action: 'session.moved', from })
    return { ...before, airings: [] }
  })

/** Puts sessions back exactly as they were, with what had been planned in them and still lies ahead. */
export const restoreSessions = (ctx: Context, outer: Db, undo: SessionsUndo, by: string): Promise<void> =>
  inTransaction(outer, async (db) => {
    await removeVersions(db, undo.sessions)
    await removeProposals(db, undo.sessions)
    for (const version of undo.versions) await insertVersion(db, version)
    for (const proposal of undo.proposals) await saveProposal(db, proposal)
    const now = ctx.clock.now()
    const airings = await airingsById(db, undo.airings)
    await putBack(
      ctx,
      db,
      airings.filter(({ at, supersededBy, id }) => at > now && supersededBy === id),
    )
    await note(ctx, db, undo.sessions, { person: by, action: 'session.restored' })
  })
