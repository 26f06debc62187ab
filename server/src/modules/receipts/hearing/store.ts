import type { Instant, LocalDate } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'
import type { Said } from './model.ts'

export type LinkRow = {
  readonly id: string
  readonly village: string
  readonly name: string
  readonly phone: string | null
  readonly expiresOn: LocalDate
  readonly madeAt: Instant
  readonly madeBy: string
  readonly revokedAt: Instant | null
}

const linkColumns = sql`id, village, name, phone, expires_on as "expiresOn", made_at as "madeAt", made_by as "madeBy",
  revoked_at as "revokedAt"`

export const insertLink = async (db: Db, link: LinkRow & { readonly tokenHash: Uint8Array }): Promise<void> => {
  await sql`insert into hearing_link (id, token_hash, village, name, phone, expires_on, made_at, made_by)
    values (${link.id}, ${Buffer.from(link.tokenHash)}, ${link.village}, ${link.name}, ${link.phone},
      ${link.expiresOn}::date, ${at(link.madeAt)}, ${link.madeBy})`.execute(db)
}

/** The link of a token, whatever became of it. */
export const linkOfToken = async (db: Db, tokenHash: Uint8Array): Promise<LinkRow | undefined> =>
  (await sql<LinkRow>`select ${linkColumns} from hearing_link where token_hash = ${Buffer.from(tokenHash)}`.execute(db))
    .rows[0]

/** Makes presses of one link queue until the transaction ends, so that their number and order are exact. */
export const lockLink = async (db: Db, id: string): Promise<LinkRow | undefined> =>
  (await sql<LinkRow>`select ${linkColumns} from hearing_link where id = ${id} for update`.execute(db)).rows[0]

export type ListedLink = LinkRow & { readonly lastAt: Instant | null }

/** Links of the villages, living ones first, each with when its holder last said anything. */
export const linksIn = async (
  db: Db,
  villages: readonly string[],
  { today, limit }: { today: LocalDate; limit: number },
): Promise<ListedLink[]> =>
  (
    await sql<ListedLink>`select ${linkColumns}, (select max(w.at) from hearing_word w where w.link = hearing_link.id) as "lastAt"
      from hearing_link where village = any(${[...villages]}::text[])
      order by (revoked_at is null and expires_on >= ${today}::date) desc, village, made_at desc, id limit ${limit}`.execute(
      db,
    )
  ).rows

export const countLiving = async (db: Db, village: string, today: LocalDate): Promise<number> =>
  (
    await sql<{ count: number }>`select count(*) as count from hearing_link
      where village = ${village} and revoked_at is null and expires_on >= ${today}::date`.execute(db)
  ).rows[0]?.count ?? 0

/** Makes those who add links to one village queue until the transaction ends. */
export const lockVillage = async (db: Db, village: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('loa hearing ' || ${village}, 0))`.execute(db)
}

/** Ends a link and forgets the telephone number. */
export const revokeLink = async (db: Db, id: string, by: { at: Instant; person: string }): Promise<void> => {
  await sql`update hearing_link set revoked_at = ${at(by.at)}, revoked_by = ${by.person}, phone = null
    where id = ${id} and revoked_at is null`.execute(db)
}

export const insertWord = async (db: Db, said: Said & { readonly id: string }): Promise<void> => {
  await sql`insert into hearing_word (id, airing, village, link, word, at)
    values (${said.id}, ${said.airing}, ${said.village}, ${said.link}, ${said.word}, ${at(said.at)})`.execute(db)
}

export type SaidRow = Said & { readonly id: string; readonly name: string }

const saidColumns = sql`w.id, w.airing, w.village, w.link, w.word, w.at, l.name`

/** Everything said of the airings, in the order in which it was said. */
export const saidAbout = async (db: Db, airings: readonly string[]): Promise<SaidRow[]> =>
  (
    await sql<SaidRow>`select ${saidColumns} from hearing_word w join hearing_link l on l.id = w.link
      where w.airing = any(${[...airings]}::text[]) order by w.at, w.id`.execute(db)
  ).rows

/** What one link has said of the airings, in that order. */
export const saidBy = async (db: Db, link: string, airings: readonly string[]): Promise<SaidRow[]> =>
  (
    await sql<SaidRow>`select ${saidColumns} from hearing_word w join hearing_link l on l.id = w.link
      where w.link = ${link} and w.airing = any(${[...airings]}::text[]) order by w.at, w.id`.execute(db)
  ).rows

/** The newest word of each link about each airing, said in the villages since then; newest first. */
export const latestWords = async (
  db: Db,
  villages: readonly string[],
  { since, limit }: { since: Instant; limit: number },
): Promise<(SaidRow & { readonly earlier: number })[]> =>
  (
    await sql<SaidRow & { earlier: number }>`
      select id, airing, village, link, word, at, name, earlier from (
        select ${saidColumns}, count(*) over press - 1 as earlier,
          row_number() over (partition by w.airing, w.link order by w.at desc, w.id desc) as place
        from hearing_word w join hearing_link l on l.id = w.link
        where w.village = any(${[...villages]}::text[]) and w.at >= ${at(since)}
        window press as (partition by w.airing, w.link)) said
      where place = 1 order by at desc, id desc limit ${limit}`.execute(db)
  ).rows

export type AskedVillage = { readonly airing: string; readonly village: string }

/**
 * Villages among `within` that each airing was meant for, and in which somebody could have answered within `askedMs`: by the
 * tree of the airing's day and the links as they then stood. A station in the audience stands for its villages.
 */
export const askedVillages = async (
  db: Db,
  airings: readonly string[],
  { within, askedMs }: { within: readonly string[]; askedMs: number },
): Promise<AskedVillage[]> =>
  (
    await sql<AskedVillage>`
      with recursive day (day) as (select distinct local_date from airing where id = any(${[...airings]}::text[])),
      linked (village) as (select distinct village from hearing_link where village = any(${[...within]}::text[])),
      up (day, village, unit, depth) as (
        select day, village, village, 1 from day, linked
        union all
        select up.day, up.village, v.parent, up.depth + 1 from up join unit_version v on v.unit = up.unit and v.valid @> up.day
        where v.parent is not null and up.depth < 12
      ),
      hears (day, village, unit) as (
        select day, village, unit from up
        union all
        select day, s.village, s.station from day, station_village s where s.valid @> day and s.village in (select village from linked)
      )
      select distinct a.id as airing, h.village
      from airing a join hears h on h.day = a.local_date and h.unit = any(a.audience)
        join hearing_link l on l.village = h.village
      where a.id = any(${[...airings]}::text[]) and l.expires_on >= a.local_date
        and l.made_at <= a.at + ${askedMs}::bigint * interval '1 millisecond'
        and (l.revoked_at is null or l.revoked_at > a.at)`.execute(db)
  ).rows

export const insertTry = async (db: Db, id: string, address: string, now: Instant): Promise<void> => {
  await sql`insert into hearing_try (id, address, at) values (${id}, ${address}, ${at(now)})`.execute(db)
}

export const countTries = async (db: Db, address: string, since: Instant): Promise<number> =>
  (
    await sql<{ count: number }>`select count(*) as count from hearing_try
      where address = ${address} and at > ${at(since)}`.execute(db)
  ).rows[0]?.count ?? 0

export const sweepTries = async (db: Db, before: Instant): Promise<void> => {
  await sql`delete from hearing_try where at < ${at(before)}`.execute(db)
}
