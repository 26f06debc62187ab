import {
  type Candidate,
  candidateSchema,
  type Envelope,
  type Instant,
  type Manifest,
  manifestSchema,
  type Order,
  orderSchema,
  type PublicKey,
  parseAs,
  parseEnvelope,
  parseTopic,
  type Roster,
  rosterSchema,
  type SignedKind,
  type Stop,
  signingBytes,
  stopSchema,
} from '@loa/protocol'

/** Whether `value` is the key's signature over the bytes. */
export type Verify = (key: PublicKey, bytes: Uint8Array, value: string) => Promise<boolean>

/** What the page was told over the signed-in connection, as a cluster is at its enrolment. */
export type Anchors = { readonly rootKey: PublicKey; readonly serverKeys: readonly PublicKey[] }

export type Verified =
  | { readonly kind: 'roster'; readonly roster: Roster }
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'stop'; readonly stop: Stop }

type Holding = {
  readonly anchors: Anchors
  readonly rosters: readonly Roster[]
  readonly now: Instant
  readonly verify: Verify
}

const isSignedBy = async (
  verify: Verify,
  kind: SignedKind,
  envelope: Envelope,
  keys: readonly PublicKey[],
): Promise<boolean> => {
  for (const { key: id, value } of envelope.signatures) {
    const key = keys.find((known) => known.id === id)
    if (key && (await verify(key, signingBytes(kind, envelope.body), value))) return true
  }
  return false
}

/** Server keys that may speak for a unit: those handed over at the start until a roster covers it, from then on the roster's. */
const serverKeysFor = ({ anchors, rosters, now }: Holding, unit: string): readonly PublicKey[] => {
  const covering = rosters.filter((roster) => roster.covers.includes(unit))
  if (covering.length === 0) return anchors.serverKeys
  return covering.flatMap((roster) =>
    roster.servers.filter(({ from, to }) => from <= now && (to === null || now < to)).map(({ key }) => key),
  )
}

const bodyOf = (leaf: string, body: string): (Verified & { unit: string }) | undefined => {
  const roster = leaf === 'roster' ? parseAs(rosterSchema, body) : undefined
  if (roster) return { kind: 'roster', roster, unit: roster.unit }
  const manifest = leaf === 'manifest' ? parseAs(manifestSchema, body) : undefined
  if (manifest) return { kind: 'manifest', manifest, unit: manifest.unit }
  const order = leaf === 'order' ? parseAs(orderSchema, body) : undefined
  if (order) return { kind: 'order', order, unit: order.unit }
  const stop = leaf === 'stop' ? parseAs(stopSchema, body) : undefined
  return stop && { kind: 'stop', stop, unit: stop.unit }
}

/** Reads one message from the wire; `undefined` for whatever is malformed, on a foreign topic, or not signed as it must be. */
export const verified = async (topic: string, payload: string, holding: Holding): Promise<Verified | undefined> => {
  const where = parseTopic(topic)
  const envelope = parseEnvelope(payload)
  if (where?.scope !== 'unit' || !envelope) return undefined
  const message = bodyOf(where.leaf, envelope.body)
  if (!message || message.unit !== where.id) return undefined
  const keys = message.kind === 'roster' ? [holding.anchors.rootKey] : serverKeysFor(holding, message.unit)
  return (await isSignedBy(holding.verify, message.kind, envelope, keys)) ? message : undefined
}

/** The candidate in a release, and the ids of people's keys that really signed it. */
export const openRelease = async (
  release: Envelope,
  rosters: readonly Roster[],
  verify: Verify,
): Promise<{ candidate: Candidate; signers: string[] } | undefined> => {
  const candidate = parseAs(candidateSchema, release.body)
  if (!candidate) return undefined
  const keys = rosters.flatMap((roster) => roster.people.map(({ key }) => key))
  const signers = new Set<string>()
  for (const { key: id, value } of release.signatures) {
    const named = keys.filter((key) => key.id === id)
    // An id that stands for two different keys counts for nobody.
    const key = named.every(({ public: text }) => text === named[0]?.public) ? named[0] : undefined
    if (key && (await verify(key, signingBytes('candidate', release.body), value))) signers.add(id)
  }
  return { candidate, signers: [...signers] }
}
