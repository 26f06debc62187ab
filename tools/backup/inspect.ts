import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { check, head } from '../../server/src/modules/audit/index.ts'
import type { Db } from '../../server/src/platform/context.ts'
import { readInstallationKey, unseal } from '../../server/src/platform/crypto.ts'

export type Counts = { readonly notices: number; readonly releases: number; readonly receipts: number }

/** What a backup remembers of its database, to be found again in every copy of it. */
export type Remembered = Counts & {
  /** Number of the newest migration. */
  readonly migration: number
  /** The end of the record of who did what: its number, and its chain in hex. */
  readonly audit: { readonly number: number; readonly chain: string }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The database as it stands, in a few numbers. */
export const remember = async (db: Db): Promise<Remembered> => {
  const { rows } = await sql<Counts & { migration: number }>`select
    (select count(*) from notice) as notices, (select count(*) from release) as releases,
    (select count(*) from receipt) as receipts, (select coalesce(max(number), 0) from migration) as migration`.execute(
    db,
  )
  const { number, chain } = await head(db)
  return { ...(rows[0] as Counts & { migration: number }), audit: { number, chain: hex(chain) } }
}

const chainAt = async (db: Db, number: number): Promise<string | undefined> => {
  if (number === 0) return ''
  const { rows } = await sql<{ chain: Uint8Array }>`select chain from audit_entry where number = ${number}`.execute(db)
  return rows[0] && hex(rows[0].chain)
}

type Sealed = { readonly label: string; readonly box: Uint8Array }

/** How many private keys the database holds, and how many of them open with the key file of the home. Labels: trust/keys.ts. */
const keysThatOpen = async (db: Db, home: string): Promise<{ readonly sealed: number; readonly open: number }> => {
  const { rows } = await sql<Sealed>`select purpose || ':' || coalesce(person, '') || ':' || id as label,
    private_key as box from signing_key where private_key is not null`.execute(db)
  const installation = readInstallationKey(home)
  const opens = ({ label, box }: Sealed) => installation !== undefined && unseal(installation, label, box) !== undefined
  return { sealed: rows.length, open: rows.filter(opens).length }
}

/** Sounds the database knows of that the home has no file for. */
const soundsWithoutFile = async (db: Db, home: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ hash: string }>`select hash from sound`.execute(db)
  return rows
    .map(({ hash }) => hash)
    .filter((hash) => !existsSync(join(home, 'blobs', hash.slice(0, 2), hash.slice(2))))
}

export type Finding = { readonly word: 'counts' | 'audit' | 'auditFault' | 'keys' | 'sounds'; readonly ok: boolean } & {
  readonly blanks: Readonly<Record<string, string | number>>
}

const auditFinding = async (db: Db, before: Remembered): Promise<Finding> => {
  const walked = await check(db)
  if ('fault' in walked) return { word: 'auditFault', ok: false, blanks: { number: walked.number } }
  const same = (await chainAt(db, before.audit.number)) === before.audit.chain
  return { word: 'audit', ok: same, blanks: { number: walked.number, before: before.audit.number } }
}

/**
 * Whether a copy holds what the backup remembers: no notice, release or receipt fewer, the record of who did what whole
 * and the same up to where it was, every private key open with the key file of this home, every sound there.
 */
export const compare = async (db: Db, home: string, before: Remembered): Promise<readonly Finding[]> => {
  const now = await remember(db)
  const counts = { notices: now.notices, releases: now.releases, receipts: now.receipts }
  const enough = (['notices', 'releases', 'receipts'] as const).every((name) => now[name] >= before[name])
  const keys = await keysThatOpen(db, home)
  const missing = await soundsWithoutFile(db, home)
  return [
    { word: 'counts', ok: enough, blanks: counts },
    await auditFinding(db, before),
    { word: 'keys', ok: keys.sealed === keys.open, blanks: keys },
    { word: 'sounds', ok: missing.length === 0, blanks: { missing: missing.length } },
  ]
}
