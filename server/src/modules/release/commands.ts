import {
  type Candidate,
  candidateSchema,
  type Envelope,
  encodeCandidate,
  type Instant,
  localDate,
  parseAs,
} from '@loa/protocol'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { announce } from '../../platform/facts.ts'
import { record } from '../audit/index.ts'
import { communeOf } from '../org/index.ts'
import { currentRoster, refreshRosters, signAsPerson } from '../trust/index.ts'
import { type Origin, releaseIssued, releaseProposed, releaseSigned, releaseWithdrawn } from './facts.ts'
import { decideSigning, decideWithdrawal } from './model.ts'
import {
  findByOrigin,
  findReleases,
  findSignatures,
  insertAudience,
  insertRelease,
  insertSignature,
  insertSounds,
  lockRelease,
  type ReleaseRow,
  type SignatureRow,
  setIssued,
  setWithdrawn,
} from './store.ts'

export type Release = {
  readonly id: string
  readonly origin: Origin
  readonly candidate: Candidate
  /** The candidate's exact bytes, as signed. */
  readonly body: string
  readonly signatures: readonly {
    readonly person: string
    readonly key: string
    readonly value: string
    readonly at: Instant
  }[]
  /** As it travels to devices. */
  readonly envelope: Envelope
  readonly madeAt: Instant
  readonly issuedAt: Instant | null
  readonly withdrawnAt: Instant | null
}

const present = (row: ReleaseRow, signatures: readonly SignatureRow[]): Release => {
  const candidate = parseAs(candidateSchema, row.body)
  if (candidate === undefined) throw new Error(`release ${row.id} does not hold a candidate`)
  return {
    id: row.id,
    origin: { kind: row.originKind, id: row.origin },
    candidate,
    body: row.body,
    signatures: signatures.map(({ person, key, value, at }) => ({ person, key, value, at })),
    envelope: { body: row.body, signatures: signatures.map(({ key, value }) => ({ key, value })) },
    madeAt: row.madeAt,
    issuedAt: row.issuedAt,
    withdrawnAt: row.withdrawnAt,
  }
}

/** Releases by id, in no promised order. */
export const releasesById = async (db: Db, ids: readonly string[]): Promise<Release[]> => {
  const signatures = await findSignatures(db, ids)
  return (await findReleases(db, ids)).map((row) =>
    present(
      row,
      signatures.filter((each) => each.release === row.id),
    ),
  )
}

/** A release by id, proposed, issued or withdrawn. */
export const releaseById = async (db: Db, id: string): Promise<Release | undefined> => (await releasesById(db, [id]))[0]

/** The release made from an origin. */
export const releaseOf = async (db: Db, origin: Origin): Promise<Release | undefined> => {
  const row = await findByOrigin(db, origin.kind, origin.id)
  return row && present(row, await findSignatures(db, [row.id]))
}

const about = (origin: Origin, candidate: Candidate) => ({
  release: candidate.release,
  origin,
  unit: candidate.unit,
  class: candidate.class,
  audience: candidate.audience,
  sounds: candidate.versions.map(({ sound, bytes }) => ({ sound, bytes })),
})

type News = {
  readonly kind: string
  readonly release: Pick<Release, 'origin' | 'candidate'>
  readonly person: string | null
}

/** Tells everybody, and writes it in the record (last, as `audit` asks). */
const tell = async (ctx: Context, db: Db, { kind, release: { origin, candidate }, person }: News): Promise<void> => {
  const now = ctx.clock.now()
  const body = { ...about(origin, candidate), ...(kind === releaseSigned ? { person } : {}) }
  await announce(db, { id: ctx.ids.next(), kind, at: now, subject: candidate.release, body })
  const detail = { origin: `${origin.kind}/${origin.id}`, class: candidate.class }
  await record(db, { at: now, person, action: kind, subject: candidate.release, unit: candidate.unit, detail })
}

type Proposal = { readonly origin: Origin; readonly candidate: Candidate }

/**
 * Freezes the candidate's bytes, unsigned, under the id it names. Devices may fetch its sounds from now on and can play
 * none of them. Throws on a malformed candidate and on an origin that has a release already: both are bugs of the producer.
 */
export const propose = (ctx: Context, outer: Db, { origin, candidate }: Proposal): Promise<string> =>
  inTransaction(outer, async (db) => {
    await insertRelease(db, {
      id: candidate.release,
      originKind: origin.kind,
      origin: origin.id,
      unit: candidate.unit,
      author: candidate.author,
      class: candidate.class,
      title: candidate.title,
      body: encodeCandidate(candidate),
      madeAt: ctx.clock.now(),
    })
    await insertAudience(db, candidate.release, [...new Set(candidate.audience)])
    const places = candidate.versions.map(({ language, sound }, position) => ({ position, language, sound }))
    await insertSounds(db, candidate.release, places)
    await tell(ctx, db, { kind: releaseProposed, release: { origin, candidate }, person: candidate.author })
    return candidate.release
  })

/** A signature counts on a device only when its key stands in the roster that covers the place: see that it does. */
const ensureInRoster = async (ctx: Context, db: Db, { unit, key }: { unit: string; key: string }): Promise<void> => {
  const commune = await communeOf(db, unit, localDate(ctx.clock.now()))
  const of = commune?.id ?? unit
  const found = await currentRoster(db, of)
  if (!found?.roster.people.some((entry) => entry.key.id === key)) await refreshRosters(ctx, db, of)
}

const standingOf = (row: ReleaseRow, signatures: readonly SignatureRow[]) => ({
  issued: row.issuedAt !== null,
  withdrawn: row.withdrawnAt !== null,
  signers: signatures.map(({ person }) => person),
})

/**
 * Signs the frozen bytes as this person. `issued` where that was the last signature needed: exactly one call ever
 * answers so. Whether the person may approve here is the producer's to check; that they are distinct people is checked here.
 */
export const sign = (ctx: Context, outer: Db, id: string, person: string): Promise<'signed' | 'issued' | Refusal> =>
  inTransaction(outer, async (db) => {
    const row = await lockRelease(db, id)
    if (row === undefined) return refuse('input.notFound')
    const release = present(row, await findSignatures(db, [id]))
    const outcome = decideSigning(release.candidate, standingOf(row, await findSignatures(db, [id])), person)
    if (isRefusal(outcome)) return outcome
    const signature = await signAsPerson(ctx, db, { person, kind: 'candidate', body: row.body })
    if (isRefusal(signature)) return signature
    const now = ctx.clock.now()
    if (!(await insertSignature(db, { release: id, person, ...signature, at: now }))) return refuse('input.conflict')
    await ensureInRoster(ctx, db, { unit: row.unit, key: signature.key })
    if (outcome === 'issued' && !(await setIssued(db, id, now)))
      throw new Error(`release ${id} was issued under its lock`)
    await tell(ctx, db, { kind: outcome === 'issued' ? releaseIssued : releaseSigned, release, person })
    return outcome
  })

/** Takes a proposed release back for good. The second time nothing happens; refused once it was issued. */
export const withdraw = (ctx: Context, outer: Db, id: string, person: string): Promise<'withdrawn' | Refusal> =>
  inTransaction(outer, async (db) => {
    const row = await lockRelease(db, id)
    if (row === undefined) return refuse('input.notFound')
    const signatures = await findSignatures(db, [id])
    const outcome = decideWithdrawal(standingOf(row, signatures))
    if (isRefusal(outcome)) return outcome
    if (outcome === 'nothing') return 'withdrawn'
    await setWithdrawn(db, id, ctx.clock.now())
    await tell(ctx, db, { kind: releaseWithdrawn, release: present(row, signatures), person })
    return 'withdrawn'
  })
