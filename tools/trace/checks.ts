import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Candidate,
  encodeCandidate,
  localDate,
  parseAs,
  type Receipt,
  type Roster,
  receiptSchema,
  rosterSchema,
  signersNeeded,
} from '@loa/protocol'
import { check as checkAudit, historyOf } from '../../server/src/modules/audit/index.ts'
import { unitPath } from '../../server/src/modules/org/index.ts'
import { keysOf } from '../../server/src/modules/receipts/index.ts'
import { releaseById } from '../../server/src/modules/release/index.ts'
import type { Link } from '../../server/src/modules/statistics/index.ts'
import { rootKey, rostersOf, verify } from '../../server/src/modules/trust/index.ts'
import type { Context, Db } from '../../server/src/platform/context.ts'
import { say, type Word } from './words.ts'

/** One thing that was looked at again, and whether it holds. */
export type Check = { readonly holds: boolean; readonly words: string }

export type Place = {
  readonly db: Db
  /** Folder with `blobs/` and `keys/`. */
  readonly home: string
}

type Of<Kind extends Link['kind']> = Extract<Link, { kind: Kind }>

const checked = (holds: boolean, word: Word, blanks: Readonly<Record<string, string | number>> = {}): Check => ({
  holds,
  words: say(word, blanks),
})

const short = (text: string): string => text.slice(0, 16)
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** The row says what the signed body says. Reals are stored in single precision. */
const sameContent = (row: Of<'receipt'>['receipt'], said: Receipt): boolean =>
  row.id === said.id &&
  row.device === said.device &&
  row.airing === said.airing &&
  row.release === said.release &&
  row.outcome === said.outcome &&
  row.startedAt === said.startedAt &&
  row.endedAt === said.endedAt &&
  Math.fround(row.secondsWritten) === Math.fround(said.secondsWritten)

const receiptChecks = async ({ db }: Place, { receipt }: Of<'receipt'>): Promise<Check[]> => {
  const keys = await keysOf(db, [receipt.device])
  const key = keys.find(({ epoch }) => epoch === receipt.epoch)?.key
  const signed = key !== undefined && verify(key, 'receipt', receipt.body, receipt.signature)
  const said = parseAs(receiptSchema, receipt.body)
  return [
    checked(signed, 'receipt.signature', { device: receipt.device, key: short(receipt.keyId) }),
    checked(said !== undefined && sameContent(receipt, said), 'receipt.content'),
  ]
}

/** Read straight from the store's folder: opening the store would sweep what the running server is just writing. */
const soundCheck = (home: string, hash: string): Check => {
  const file = join(home, 'blobs', hash.slice(0, 2), hash.slice(2))
  if (!existsSync(file)) return checked(false, 'sound.missing', { hash: short(hash) })
  const bytes = readFileSync(file)
  return checked(sha256(bytes) === hash, 'sound', { hash: short(hash), bytes: bytes.length })
}

const withinSigned = ({ airing }: Of<'airing'>, candidate: Candidate): boolean =>
  airing.audience.every((unit) => candidate.audience.includes(unit)) &&
  airing.at >= candidate.notBefore &&
  airing.at <= candidate.notAfter &&
  airing.sounds.map(({ hash }) => hash).join() === candidate.versions.map(({ sound }) => sound).join()

const airingChecks = async ({ db, home }: Place, link: Of<'airing'>): Promise<Check[]> => {
  const { airing } = link
  const release = await releaseById(db, airing.release)
  const checks = [checked(release !== undefined && withinSigned(link, release.candidate), 'airing.release')]
  if (airing.stoppedAt !== null) {
    const entries = [...(await historyOf(db, airing.id)), ...(await historyOf(db, airing.unit))]
    const found = entries.some(({ at, person }) => at === airing.stoppedAt && person === airing.stoppedBy)
    checks.push(checked(found, 'airing.stopped'))
  }
  return [...checks, ...[...new Set(airing.sounds.map(({ hash }) => hash))].map((hash) => soundCheck(home, hash))]
}

const releaseChecks = ({ release }: Of<'release'>): Check[] => {
  const { candidate, signatures } = release
  const ordinary = candidate.class === 'normal' || candidate.class === 'priority'
  const people = new Set(signatures.map(({ person }) => person))
  if (ordinary) people.delete(candidate.author)
  const need = signersNeeded[candidate.class]
  const same = candidate.release === release.id && encodeCandidate(candidate) === release.body
  const bytes = checked(same, 'release.bytes', { hash: sha256(release.body) })
  if (release.issuedAt === null) return [bytes]
  return [bytes, checked(people.size >= need, 'release.signers', { have: people.size, need })]
}

/** The roster that listed a key for a person and class at a time, its root signature verified. */
const rosterListing = async (place: Place, { release, signature }: Of<'signature'>): Promise<Roster | undefined> => {
  const { candidate } = release
  // only the folder of the keys is asked of a context here
  const root = await rootKey({ config: { home: place.home } } as unknown as Context, place.db)
  const path = (await unitPath(place.db, candidate.unit, localDate(signature.at))) ?? [candidate.unit]
  for (const { body, signatures } of await rostersOf(place.db, path)) {
    const roster = parseAs(rosterSchema, body)
    const lists = roster?.people.some(
      (entry) =>
        entry.key.id === signature.key &&
        entry.person === signature.person &&
        entry.may.includes(candidate.class) &&
        entry.from <= signature.at &&
        (entry.to === null || signature.at < entry.to),
    )
    if (roster && lists && signatures.some(({ value }) => verify(root, 'roster', body, value))) return roster
  }
  return undefined
}

const signatureChecks = async (place: Place, link: Of<'signature'>): Promise<Check[]> => {
  const { release, signature } = link
  const { person: who, key } = signature
  const roster = await rosterListing(place, link)
  const entry = roster?.people.find((each) => each.key.id === key)
  if (roster === undefined || entry === undefined) return [checked(false, 'signature.noRoster')]
  return [
    checked(verify(entry.key, 'candidate', release.body, signature.value), 'signature', { who, key: short(key) }),
    checked(true, 'signature.roster', { unit: roster.unit, version: roster.version }),
  ]
}

const decisionChecks = async ({ db }: Place, { event, notice }: Of<'decision'>): Promise<Check[]> => {
  const entry = (await historyOf(db, notice)).find(({ at, person, action }) => {
    return at === event.at && person === event.person && action.startsWith('notice.')
  })
  return [
    checked(entry !== undefined, entry === undefined ? 'decision.noAudit' : 'decision.audit', {
      number: entry?.number ?? 0,
    }),
  ]
}

/** What was done about an errand, and by whom, stands in the record of who did what. */
const errandChecks = async ({ db }: Place, { errand }: Of<'errand'>): Promise<Check[]> => {
  const { id, doneAt, doneBy, dismissedAt, dismissedBy, openedAt } = errand
  const [action, at, person] =
    doneAt !== null
      ? ['errand.done', doneAt, doneBy]
      : dismissedAt !== null
        ? [dismissedBy === null ? 'errand.takenBack' : 'errand.dismissed', dismissedAt, dismissedBy]
        : ['errand.opened', openedAt, null]
  const entry = (await historyOf(db, id)).find(
    (each) => each.action === action && each.at === at && each.person === person,
  )
  return [
    checked(entry !== undefined, entry === undefined ? 'errand.noAudit' : 'errand.audit', {
      number: entry?.number ?? 0,
    }),
  ]
}

/** The figure once more from the receipts that were walked. */
const figureChecks = ({ figure }: Of<'figure'>, links: readonly Link[]): Check[] => {
  const seconds = links.flatMap((link) => (link.kind === 'receipt' ? [link.receipt.secondsWritten] : []))
  const minutes = Math.round(seconds.reduce((sum, each) => sum + each, 0) / 6) / 10
  const holds = minutes === figure.minutes && seconds.length === figure.airings
  return [checked(holds, 'figure.sum', { minutes: String(minutes).replace('.', ','), airings: seconds.length })]
}

/** What can be checked again about a link, checked again. */
export const checksOf = async (place: Place, link: Link, links: readonly Link[]): Promise<Check[]> => {
  switch (link.kind) {
    case 'figure':
      return figureChecks(link, links)
    case 'errand':
      return errandChecks(place, link)
    case 'receipt':
      return receiptChecks(place, link)
    case 'airing':
      return airingChecks(place, link)
    case 'release':
      return releaseChecks(link)
    case 'signature':
      return signatureChecks(place, link)
    case 'decision':
      return decisionChecks(place, link)
    default:
      return []
  }
}

/** The whole record of who did what. */
export const auditCheck = async (db: Db): Promise<Check> => {
  const found = await checkAudit(db)
  if ('fault' in found)
    return checked(false, 'audit.fails', { number: found.number, fault: say(`fault.${found.fault}`) })
  return checked(true, 'audit.holds', { number: found.number, chain: short(Buffer.from(found.chain).toString('hex')) })
}
