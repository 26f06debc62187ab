import { createHash } from 'node:crypto'
import type { Instant } from '@loa/protocol'

/** One line of the record. `chain` = sha256(chain of the line before, then this line's content). */
export type Entry = {
  readonly number: number
  readonly at: Instant
  /** `null`: the system itself, or somebody who is not signed in. */
  readonly person: string | null
  readonly action: string
  readonly subject: string
  readonly unit: string | null
  readonly detail: Readonly<Record<string, unknown>>
}
export type ChainedEntry = Entry & { readonly chain: Uint8Array }

/** Where the chain ends. */
export type Head = { readonly number: number; readonly chain: Uint8Array }

/** What is wrong, at the first entry where it shows. */
export type ChainFault = {
  readonly number: number
  readonly fault: 'missing' | 'changed' | 'cutOff'
}

/** JSON with keys in the order of the alphabet: Postgres keeps `jsonb` keys in an order of its own. */
const stableJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${stableJson(each)}`).join(',')}}`
}

/** The link that an entry adds to a chain ending in `previous`. */
export const chainOf = (previous: Uint8Array, entry: Entry): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(previous)
      .update(
        stableJson([entry.number, entry.at, entry.person, entry.action, entry.subject, entry.unit, entry.detail]),
        'utf8',
      )
      .digest(),
  )

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/**
 * Walks on from `from` over entries in the order of their numbers. Returns the first fault, or the head reached.
 * The caller compares the last head with the stored one by `checkEnd`.
 */
export const checkChain = (from: Head, entries: readonly ChainedEntry[]): Head | ChainFault => {
  let head = from
  for (const entry of entries) {
    if (entry.number !== head.number + 1) return { number: head.number + 1, fault: 'missing' }
    const chain = chainOf(head.chain, entry)
    if (!sameBytes(chain, entry.chain)) return { number: entry.number, fault: 'changed' }
    head = { number: entry.number, chain }
  }
  return head
}

/** Entries cut off the end leave a whole chain behind; only the stored head tells. */
export const checkEnd = (reached: Head, stored: Head): ChainFault | undefined => {
  if (reached.number < stored.number) return { number: reached.number + 1, fault: 'cutOff' }
  return reached.number === stored.number && sameBytes(reached.chain, stored.chain)
    ? undefined
    : { number: reached.number, fault: 'changed' }
}

/** A chain before its first entry. */
export const emptyHead: Head = { number: 0, chain: new Uint8Array() }
