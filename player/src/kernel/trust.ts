import {
  type Envelope,
  fromBase64,
  type Instant,
  type PublicKey,
  type Roster,
  type SignedKind,
  signingBytes,
} from '@loa/protocol'

/** Whether `signature` is `key`'s over `message`. Says no, and never throws, to keys and signatures of a wrong shape. */
export type Verify = (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean

/** Keys known before any roster: both were handed over when the device was enrolled. */
export type Anchors = { readonly rootKey: PublicKey; readonly serverKeys: readonly PublicKey[] }

const inForce = (span: { readonly from: Instant; readonly to: Instant | null }, at: Instant): boolean =>
  span.from <= at && (span.to === null || at < span.to)

/** Whether the envelope carries a valid signature of this key, made for this kind. */
export const isSignedBy = (verify: Verify, kind: SignedKind, envelope: Envelope, key: PublicKey): boolean =>
  envelope.signatures.some(({ key: id, value }) => {
    if (id !== key.id) return false
    const signature = fromBase64(value)
    return signature !== undefined && verify(key, signingBytes(kind, envelope.body), signature)
  })

export type HeldRosters = {
  readonly anchors: Anchors
  readonly rosters: readonly Roster[]
}

/**
 * Server keys that may speak for a unit, or for the device itself (`unit` undefined), at an instant. Until a roster that
 * covers it has come, these are the keys learnt at enrolment; from then on the roster alone says.
 */
export const serverKeysFor = (held: HeldRosters, unit: string | undefined, at: Instant): readonly PublicKey[] => {
  const rosters = held.rosters.filter((roster) => unit === undefined || roster.covers.includes(unit))
  if (rosters.length === 0) return held.anchors.serverKeys
  return rosters.flatMap((roster) => roster.servers.filter((server) => inForce(server, at)).map((server) => server.key))
}

/**
 * Ids of the people's keys that signed a candidate. A key id that stands for two different keys is left out: one
 * signature must never count for two people.
 */
export const signersOf = (verify: Verify, release: Envelope, rosters: readonly Roster[]): readonly string[] => {
  const keys = new Map<string, PublicKey | 'ambiguous'>()
  for (const { key } of rosters.flatMap((roster) => roster.people)) {
    const known = keys.get(key.id)
    keys.set(key.id, known !== undefined && (known === 'ambiguous' || known.public !== key.public) ? 'ambiguous' : key)
  }
  const named = new Set(release.signatures.map((signature) => signature.key))
  return [...named].filter((id) => {
    const key = keys.get(id)
    return key !== undefined && key !== 'ambiguous' && isSignedBy(verify, 'candidate', release, key)
  })
}
