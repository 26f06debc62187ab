import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Db } from '../../platform/context.ts'
import { recordPath } from '../org/index.ts'
import { type Voicing, voicingsById } from '../voicing/index.ts'
import { needsCheck } from './draft.ts'
import type { Situation } from './model.ts'
import { mayApprove, mayRead, mayWrite } from './policy.ts'
import {
  type EventRow,
  findEvents,
  findVersions,
  findWriters,
  type NoticeRow,
  type RevisionRow,
  revisionsShown,
  type VersionRow,
} from './store.ts'

export type LoadedVersion = VersionRow & { readonly read: Voicing | null }
export type LoadedRevision = RevisionRow & { readonly versions: readonly LoadedVersion[] }

/** A notice with everything that decisions and screens look at. */
export type LoadedNotice = NoticeRow & {
  readonly current: LoadedRevision
  /** Every revision that was ever submitted, and the newest. */
  readonly revisions: readonly LoadedRevision[]
  readonly events: readonly EventRow[]
  readonly writers: readonly string[]
  readonly path: readonly string[]
}

const pathsOf = async (
  db: Db,
  units: readonly string[],
  on: string,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const paths = new Map<string, readonly string[]>()
  // a unit that is no more has left its notices to the one it went into
  for (const unit of new Set(units)) paths.set(unit, (await recordPath(db, unit, on)) ?? [unit])
  return paths
}

/** Loads what belongs to these notices, in their order. */
export const loadNotices = async (ctx: Context, db: Db, rows: readonly NoticeRow[]): Promise<LoadedNotice[]> => {
  const ids = rows.map(({ id }) => id)
  const [revisions, versions, events, writers] = [
    await revisionsShown(db, ids),
    await findVersions(db, ids),
    await findEvents(db, ids),
    await findWriters(db, ids),
  ]
  const shown = versions.filter((version) =>
    revisions.some((each) => each.notice === version.notice && each.number === version.revision),
  )
  const voicings = new Map(
    (await voicingsById(db, [...new Set(shown.flatMap(({ voicing }) => voicing ?? []))])).map((each) => [
      each.id,
      each,
    ]),
  )
  const paths = await pathsOf(
    db,
    rows.map(({ unit }) => unit),
    localDate(ctx.clock.now()),
  )
  return rows.map((row) => {
    const own = revisions
      .filter(({ notice }) => notice === row.id)
      .map((revision) => ({
        ...revision,
        versions: shown
          .filter((version) => version.notice === row.id && version.revision === revision.number)
          .map((version) => ({ ...version, read: voicings.get(version.voicing ?? '') ?? null })),
      }))
    const current = own.find(({ number }) => number === row.revision)
    if (current === undefined) throw new Error(`notice ${row.id} has lost revision ${row.revision}`)
    return {
      ...row,
      current,
      revisions: own,
      events: events.filter(({ notice }) => notice === row.id),
      writers: writers.filter(({ notice }) => notice === row.id).map(({ person }) => person),
      path: paths.get(row.unit) ?? [row.unit],
    }
  })
}

/** Languages of the newest revision whose version still waits to be checked. */
export const uncheckedOf = ({ current }: Pick<LoadedNotice, 'current'>): string[] =>
  current.versions
    .filter(({ language, checkedBy }) => needsCheck(language) && checkedBy === null)
    .map(({ language }) => language)

/** The facts on which every decision about a notice rests, as this person stands to it. */
export const situationOf = (notice: LoadedNotice, actor: Actor): Situation => ({
  state: notice.state,
  revision: notice.revision,
  writers: notice.writers,
  unchecked: uncheckedOf(notice),
  by: {
    person: actor.person,
    rights: {
      read: mayRead(actor, notice.path),
      write: mayWrite(actor, notice.path),
      approve: mayApprove(actor, notice.path),
    },
    languages: actor.languages,
  },
})
