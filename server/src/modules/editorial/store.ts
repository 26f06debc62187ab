import type { BulletinClass, Instant, LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Wanted as WordsWanted } from '../../kernel/words.ts'
import type { Db } from '../../platform/context.ts'
import { at, jsonb } from '../../platform/database.ts'
import type { OnBehalf, Plan } from '../schedule/index.ts'
import type { NoticeState } from './model.ts'

export type NoticeRow = {
  readonly id: string
  readonly unit: string
  readonly author: string
  readonly state: NoticeState
  readonly revision: number
  readonly madeAt: Instant
  readonly changedAt: Instant
}

export type RevisionRow = {
  readonly notice: string
  readonly number: number
  readonly title: string
  readonly topic: string
  readonly class: BulletinClass
  readonly audience: readonly string[]
  readonly plan: Plan
  readonly repeats: number
  readonly onBehalfOf: OnBehalf | null
  readonly savedBy: string
  readonly savedAt: Instant
  readonly frozen: boolean
}

export type VersionRow = {
  readonly notice: string
  readonly revision: number
  readonly language: string
  readonly position: number
  readonly written: string | null
  readonly voicing: string | null
  readonly sound: string | null
  readonly checkedBy: string | null
  readonly checkedAt: Instant | null
}

export type EventKind = 'submitted' | 'withdrawn' | 'returned' | 'checked' | 'approved'
export type EventRow = {
  readonly id: string
  readonly notice: string
  readonly revision: number
  readonly kind: EventKind
  readonly person: string
  readonly at: Instant
  readonly reason: string | null
  readonly release: string | null
}

const noticeColumns = sql`id, unit, author, state, revision, made_at as "madeAt", changed_at as "changedAt"`

export const findNotice = async (db: Db, id: string): Promise<NoticeRow | undefined> =>
  (await sql<NoticeRow>`select ${noticeColumns} from notice where id = ${id}`.execute(db)).rows[0]

/** The notice, locked until the transaction ends: two decisions at once are two in a row. */
export const lockNotice = async (db: Db, id: string): Promise<NoticeRow | undefined> =>
  (await sql<NoticeRow>`select ${noticeColumns} from notice where id = ${id} for update`.execute(db)).rows[0]

type Wanted = {
  readonly units: readonly string[]
  readonly states?: readonly NoticeState[] | undefined
  /** Where no state is asked for: notices taken back before this moment are left out. */
  readonly withdrawnSince?: Instant
  readonly limit: number
}

/** Notices of these units, newest first. */
export const listNotices = async (db: Db, { units, states, withdrawnSince = 0, limit }: Wanted): Promise<NoticeRow[]> =>
  (
    await sql<NoticeRow>`select ${noticeColumns} from notice
      where unit = any(${[...units]}::text[]) and ((${states === undefined} and (state <> 'withdrawn' or changed_at >= ${at(withdrawnSince)}))
          or state = any(${[...(states ?? [])]}::text[]))
      order by changed_at desc, id desc limit ${limit}`.execute(db)
  ).rows

/** Gives notices that are still being written at one unit to another. Returns their ids. */
export const moveOpenNotices = async (
  db: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`update notice set unit = ${to}
    where unit = ${from} and state in ('draft', 'returned') returning id`.execute(db)
  return rows.map(({ id }) => id)
}

export const insertNotice = async (db: Db, row: NoticeRow): Promise<void> => {
  await sql`insert into notice (id, unit, author, state, revision, made_at, changed_at)
    values (${row.id}, ${row.unit}, ${row.author}, ${row.state}, ${row.revision}, ${at(row.madeAt)}, ${at(row.changedAt)})`.execute(
    db,
  )
}

export const updateNotice = async (
  db: Db,
  row: Pick<NoticeRow, 'id' | 'state' | 'revision' | 'changedAt'>,
): Promise<void> => {
  await sql`update notice set state = ${row.state}, revision = ${row.revision}, changed_at = ${at(row.changedAt)}
    where id = ${row.id}`.execute(db)
}

const revisionColumns = sql`notice, number, title, topic, class, audience, plan, repeats, on_behalf_of as "onBehalfOf",
  saved_by as "savedBy",
  saved_at as "savedAt", frozen`

/** The newest revision of each notice, and every one that was ever submitted. Ascending. */
export const revisionsShown = async (db: Db, notices: readonly string[]): Promise<RevisionRow[]> =>
  (
    await sql<RevisionRow>`select ${revisionColumns} from notice_revision
      where notice = any(${[...notices]}::text[])
        and (frozen or number = (select revision from notice where id = notice_revision.notice))
      order by notice, number`.execute(db)
  ).rows

export const findRevision = async (db: Db, notice: string, number: number): Promise<RevisionRow | undefined> =>
  (
    await sql<RevisionRow>`select ${revisionColumns} from notice_revision
      where notice = ${notice} and number = ${number}`.execute(db)
  ).rows[0]

export const insertRevision = async (db: Db, row: RevisionRow): Promise<void> => {
  await sql`insert into notice_revision (notice, number, title, topic, class, audience, plan, repeats, on_behalf_of, saved_by,
      saved_at, frozen)
    values (${row.notice}, ${row.number}, ${row.title}, ${row.topic}, ${row.class}, ${[...row.audience]}::text[],
      ${jsonb(row.plan)}, ${row.repeats}, ${row.onBehalfOf === null ? null : jsonb(row.onBehalfOf)}, ${row.savedBy}, ${at(row.savedAt)}, ${row.frozen})`.execute(
    db,
  )
}

export const freezeRevision = async (db: Db, notice: string, number: number): Promise<void> => {
  await sql`update notice_revision set frozen = true where notice = ${notice} and number = ${number}`.execute(db)
}

const versionColumns = sql`notice, revision, language, position, written, voicing, sound,
  checked_by as "checkedBy", checked_at as "checkedAt"`

export const findVersions = async (db: Db, notices: readonly string[]): Promise<VersionRow[]> =>
  (
    await sql<VersionRow>`select ${versionColumns} from notice_version
      where notice = any(${[...notices]}::text[]) order by notice, revision, position`.execute(db)
  ).rows

export const insertVersions = async (db: Db, rows: readonly VersionRow[]): Promise<void> => {
  await sql`insert into notice_version (notice, revision, language, position, written, voicing)
    select notice, revision, language, position, written, voicing
    from jsonb_to_recordset(${jsonb(rows)})
      as v (notice text, revision integer, language text, position integer, written text, voicing text)`.execute(db)
}

export const setComposed = async (
  db: Db,
  key: { notice: string; revision: number; language: string },
  sound: string,
): Promise<void> => {
  await sql`update notice_version set sound = ${sound}
    where notice = ${key.notice} and revision = ${key.revision} and language = ${key.language}`.execute(db)
}

/** Records the check; false where there is no such version or somebody has checked it before. */
export const setChecked = async (
  db: Db,
  key: { notice: string; revision: number; language: string },
  by: { person: string; at: Instant },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update notice_version set checked_by = ${by.person}, checked_at = ${at(by.at)}
    where notice = ${key.notice} and revision = ${key.revision} and language = ${key.language}
      and checked_by is null`.execute(db)
  return numAffectedRows === 1n
}

/** Everybody who saved or submitted any revision, by notice. */
export const findWriters = async (db: Db, notices: readonly string[]): Promise<{ notice: string; person: string }[]> =>
  (
    await sql<{ notice: string; person: string }>`
      select notice, saved_by as person from notice_revision where notice = any(${[...notices]}::text[])
      union select notice, person from notice_event where kind = 'submitted' and notice = any(${[...notices]}::text[])
      union select id, author from notice where id = any(${[...notices]}::text[])`.execute(db)
  ).rows

export const insertEvent = async (db: Db, row: EventRow): Promise<void> => {
  await sql`insert into notice_event (id, notice, revision, kind, person, at, reason, release)
    values (${row.id}, ${row.notice}, ${row.revision}, ${row.kind}, ${row.person}, ${at(row.at)}, ${row.reason}, ${row.release})`.execute(
    db,
  )
}

const eventColumns = sql`id, notice, revision, kind, person, at, reason, release`

/** Decisions about these notices, in the order they were made. */
export const findEvents = async (db: Db, notices: readonly string[]): Promise<EventRow[]> =>
  (
    await sql<EventRow>`select ${eventColumns} from notice_event
      where notice = any(${[...notices]}::text[]) order by at, id`.execute(db)
  ).rows

export const findNoticeOfRelease = async (
  db: Db,
  release: string,
): Promise<{ notice: string; revision: number } | undefined> =>
  (
    await sql<{ notice: string; revision: number }>`select notice, revision from notice_event
      where release = ${release} and kind = 'submitted'`.execute(db)
  ).rows[0]

export type BriefingRow = {
  readonly id: string
  readonly unit: string
  readonly heldOn: LocalDate
  readonly heldBy: string
  readonly listeners: number
  readonly madeAt: Instant
}

export const insertBriefing = async (db: Db, row: BriefingRow): Promise<void> => {
  await sql`insert into oral_briefing (id, unit, held_on, held_by, listeners, made_at)
    values (${row.id}, ${row.unit}, ${row.heldOn}::date, ${row.heldBy}, ${row.listeners}, ${at(row.madeAt)})`.execute(
    db,
  )
}

/** Oral briefings in these units, newest first. */
export const listBriefings = async (db: Db, units: readonly string[], limit: number): Promise<BriefingRow[]> =>
  (
    await sql<BriefingRow>`select id, unit, held_on as "heldOn", held_by as "heldBy", listeners, made_at as "madeAt"
      from oral_briefing where unit = any(${[...units]}::text[]) order by held_on desc, id desc limit ${limit}`.execute(
      db,
    )
  ).rows

export type NoticeFound = {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly state: NoticeState
  readonly at: Instant
}

/** Notices of these units by the title or the written text of their newest revision; by title first, then the newest. */
export const searchNotices = async (
  db: Db,
  { folded, exact, most }: WordsWanted,
  units: readonly string[],
): Promise<readonly NoticeFound[]> => {
  const { rows } = await sql<NoticeFound>`
    with found as (
      select r.notice, r.number, r.words @@ ${exact}::tsquery as exact, true as by_title
      from notice_revision r where r.words @@ ${folded}::tsquery
      union all
      select v.notice, v.revision, v.words @@ ${exact}::tsquery, false
      from notice_version v where v.words @@ ${folded}::tsquery
    ), best as (
      select distinct on (notice) notice, number, exact, by_title from found
      join notice n on n.id = found.notice and n.revision = found.number
      where n.unit = any(${[...units]}::text[]) and n.state <> 'withdrawn'
      order by notice, exact desc, by_title desc
    )
    select n.id, r.title, n.unit, n.state, n.changed_at as at
    from best join notice n on n.id = best.notice join notice_revision r on r.notice = n.id and r.number = n.revision
    order by best.exact desc, best.by_title desc, n.changed_at desc, n.id limit ${most}`.execute(db)
  return rows
}
