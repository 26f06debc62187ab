import type { Instant } from '@loa/protocol'
import type { Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { type ChainFault, chainOf, checkChain, checkEnd, type Entry, emptyHead, type Head } from './model.ts'
import { append, entriesAbout, entriesAfter, lockHead, readHead } from './store.ts'

/** Entries checked per query. */
const CHECK_BATCH = 1000
/** The most one subject's history shows at once. */
const ENTRIES_SHOWN_MAX = 500

export type Recorded = {
  readonly at: Instant
  readonly person: string | null
  /** `noun.pastVerb`, e.g. `notice.approved`. */
  readonly action: string
  /** Id of what it was done to. */
  readonly subject: string
  /** The unit whose leader and administrator may read this; absent: only the installation's own administrator may. */
  readonly unit?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

const add = async (db: Db, { at, person, action, subject, unit, detail }: Recorded): Promise<void> => {
  const head = await lockHead(db)
  const entry: Entry = {
    number: head.number + 1,
    at,
    person,
    action,
    subject,
    unit: unit ?? null,
    detail: detail ?? {},
  }
  await append(db, { ...entry, chain: chainOf(head.chain, entry) })
}

/**
 * Adds an entry in the caller's transaction. Call it last: other writers wait from here until the commit, so nothing is said to
 * the database in between that need not be, not even a savepoint.
 */
export const record = (db: Db, entry: Recorded): Promise<void> =>
  db.isTransaction ? add(db, entry) : inTransaction(db, (trx) => add(trx, entry))

/** Walks the whole chain. Returns its head, to be printed or sent elsewhere, or the first fault. */
export const check = (db: Db): Promise<Head | ChainFault> =>
  inTransaction(db, async (trx) => {
    const stored = await lockHead(trx)
    let reached: Head = emptyHead
    for (;;) {
      const entries = await entriesAfter(trx, reached.number, CHECK_BATCH)
      if (entries.length === 0) return checkEnd(reached, stored) ?? reached
      const next = checkChain(reached, entries)
      if ('fault' in next) return next
      reached = next
    }
  })

/** What is recorded about a subject, oldest first, at most 500. */
export const historyOf = async (db: Db, subject: string): Promise<readonly Entry[]> =>
  (await entriesAbout(db, subject, ENTRIES_SHOWN_MAX)).map(({ chain: _, ...entry }) => entry)

/** The end of the chain as it stands. */
export const head = (db: Db): Promise<Head> => readHead(db)
