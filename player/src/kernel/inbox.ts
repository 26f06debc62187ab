import {
  type Candidate,
  candidateSchema,
  configSchema,
  type Envelope,
  type Instant,
  manifestSchema,
  orderSchema,
  parseAs,
  parseEnvelope,
  type ReceiptAck,
  type Roster,
  receiptAckSchema,
  rosterSchema,
  type SignedKind,
  stopSchema,
  type Welcome,
  welcomeSchema,
} from '@loa/protocol'
import { type JournalRecord, type Memory, orderLine } from './memory.ts'
import { type Anchors, type HeldRosters, isSignedBy, serverKeysFor, type Verify } from './trust.ts'

/** Bytes of one message. The body is bounded by its schema; escaped inside JSON it can be about twice as long. */
export const messageBytesMax = 2_500_000

/** What a message means: something to remember, nothing new, or a refusal, after which the device stays silent and reports. */
export type Opened =
  | { readonly remember: JournalRecord }
  | { readonly repeat: true }
  | { readonly refused: string; readonly subject?: string }

export type InboxFacts = {
  readonly device: string
  readonly anchors: Anchors
  readonly memory: Memory
  readonly verify: Verify
  /** Parsing and verifying depend on their input alone, and are remembered by it. */
  readonly memo: <T>(key: string, make: () => T, kind?: string) => T
  readonly now: Instant
  readonly clockTrusted: boolean
}

export const rostersOf = (memory: Memory): readonly Roster[] => [...memory.rosters.values()].map(({ value }) => value)
const held = ({ anchors, memory }: InboxFacts): HeldRosters => ({ anchors, rosters: rostersOf(memory) })

/**
 * The instant at which a server's key must be in force. Without trusted time the message's own date stands in, never
 * before the floor: nothing sounds in that state, and a roster without the key refuses it in any case.
 */
const instantFor = (facts: InboxFacts, issuedAt: Instant): Instant =>
  facts.clockTrusted ? facts.now : Math.max(facts.memory.floor, issuedAt)

/** What was found out about an envelope: the same object stands for the same bytes, however many devices hold it. */
const found = new WeakMap<Envelope, Map<string, boolean>>()
const ofEnvelope = (envelope: Envelope, key: string, make: () => boolean): boolean => {
  const known = found.get(envelope) ?? new Map<string, boolean>()
  found.set(envelope, known)
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

const isSignedByServer = (
  facts: InboxFacts,
  signed: {
    readonly kind: SignedKind
    readonly envelope: Envelope
    readonly unit?: string
    readonly issuedAt: Instant
  },
): boolean =>
  serverKeysFor(held(facts), signed.unit, instantFor(facts, signed.issuedAt)).some((key) =>
    ofEnvelope(signed.envelope, `${signed.kind}|${key.public}`, () =>
      isSignedBy(facts.verify, signed.kind, signed.envelope, key),
    ),
  )

const envelopeOf = (facts: InboxFacts, payload: string): Envelope | undefined =>
  facts.memo(payload, () => parseEnvelope(payload), 'envelope')

type Place = { readonly seq: number; readonly body: string }

/** Where a message stands in its sequence: a device never goes back, and takes equal bytes for a repeat. */
const against = (last: Place | undefined, next: Place): 'newer' | 'repeat' | 'replayed' => {
  if (last === undefined || next.seq > last.seq) return 'newer'
  return next.seq === last.seq && next.body === last.body ? 'repeat' : 'replayed'
}

const inSequence = (kind: string, last: Place | undefined, next: Place, record: JournalRecord): Opened => {
  const place = against(last, next)
  if (place === 'repeat') return { repeat: true }
  return place === 'newer' ? { remember: record } : { refused: `${kind}.replayed` }
}

const openRoster = (facts: InboxFacts, unit: string, envelope: Envelope): Opened => {
  const { rootKey } = facts.anchors
  const signed = ofEnvelope(envelope, `roster|${rootKey.public}`, () =>
    isSignedBy(facts.verify, 'roster', envelope, rootKey),
  )
  if (!signed) return { refused: 'roster.badSignature' }
  const roster = facts.memo(envelope.body, () => parseAs(rosterSchema, envelope.body), 'roster')
  if (roster === undefined) return { refused: 'roster.malformed' }
  if (roster.unit !== unit) return { refused: 'roster.foreign' }
  const last = facts.memory.rosters.get(unit)
  const next = { seq: roster.version, body: envelope.body }
  return inSequence('roster', last && { seq: last.value.version, body: last.body }, next, {
    t: 'roster',
    body: envelope.body,
  })
}

const openManifest = (facts: InboxFacts, unit: string, envelope: Envelope): Opened => {
  const { body } = envelope
  const manifest = facts.memo(body, () => parseAs(manifestSchema, body), 'manifest')
  if (manifest === undefined) return { refused: 'manifest.malformed' }
  if (!isSignedByServer(facts, { kind: 'manifest', envelope, unit: manifest.unit, issuedAt: manifest.issuedAt })) {
    return { refused: 'manifest.badSignature' }
  }
  if (manifest.unit !== unit) return { refused: 'manifest.foreign' }
  const last = facts.memory.manifests.get(unit)
  const place = last && { seq: last.value.seq, body: last.body }
  return inSequence('manifest', place, { seq: manifest.seq, body }, { t: 'manifest', body })
}

const openOrder = (facts: InboxFacts, unit: string, envelope: Envelope): Opened => {
  const { body } = envelope
  const order = facts.memo(body, () => parseAs(orderSchema, body), 'order')
  if (order === undefined) return { refused: 'order.malformed' }
  if (!isSignedByServer(facts, { kind: 'order', envelope, unit: order.unit, issuedAt: order.issuedAt })) {
    return { refused: 'order.badSignature' }
  }
  // an order for one device, played back to all of a unit, would make them all sound
  const own = order.device === undefined ? order.unit === unit : unit === facts.device && order.device === unit
  if (!own) return { refused: 'order.foreign' }
  const place = { seq: order.seq, body }
  return inSequence('order', facts.memory.orderSeqs.get(orderLine(order)), place, { t: 'order', body })
}

/** A stop dated further ahead than clocks may differ does not silence what is planned for later. */
const stopAheadMs = 5 * 60_000

/** Silence is always allowed: no sequence holds a stop back, and an older one that is played back silences nothing more. */
const openStop = (facts: InboxFacts, unit: string, envelope: Envelope): Opened => {
  const stop = facts.memo(envelope.body, () => parseAs(stopSchema, envelope.body), 'stop')
  if (stop === undefined) return { refused: 'stop.malformed' }
  if (!isSignedByServer(facts, { kind: 'stop', envelope, unit: stop.unit, issuedAt: stop.issuedAt })) {
    return { refused: 'stop.badSignature' }
  }
  if (stop.unit !== unit) return { refused: 'stop.foreign' }
  const at = facts.clockTrusted ? Math.min(stop.issuedAt, facts.now + stopAheadMs) : stop.issuedAt
  const known = facts.memory.stops.get(stop.airing ?? `all:${unit}`)
  if (known !== undefined && known.at >= at) return { repeat: true }
  return { remember: { t: 'stop', unit, airing: stop.airing, at } }
}

const openers: Readonly<Record<string, (facts: InboxFacts, unit: string, envelope: Envelope) => Opened>> = {
  roster: openRoster,
  manifest: openManifest,
  order: openOrder,
  stop: openStop,
}

/** Opens what came on `unit/{unit}/{leaf}`. */
export const openUnitMessage = (facts: InboxFacts, unit: string, leaf: string, payload: string): Opened => {
  const open = openers[leaf]
  if (open === undefined) return { refused: 'topic.unknown' }
  const envelope = envelopeOf(facts, payload)
  return envelope === undefined ? { refused: `${leaf}.malformed` } : open(facts, unit, envelope)
}

/** Opens what came on `up/{device}/order`: an order for this device alone. */
export const openDeviceOrder = (facts: InboxFacts, payload: string): Opened => {
  const envelope = envelopeOf(facts, payload)
  return envelope === undefined ? { refused: 'order.malformed' } : openOrder(facts, facts.device, envelope)
}

/** Opens what came on `up/{device}/config`. */
export const openConfig = (facts: InboxFacts, payload: string): Opened => {
  const envelope = parseEnvelope(payload)
  const config = envelope && parseAs(configSchema, envelope.body)
  if (envelope === undefined || config === undefined) return { refused: 'config.malformed' }
  if (!isSignedByServer(facts, { kind: 'config', envelope, issuedAt: config.issuedAt })) {
    return { refused: 'config.badSignature' }
  }
  if (config.device !== facts.device) return { refused: 'config.foreign' }
  const last = facts.memory.config
  const next = { seq: config.seq, body: envelope.body }
  return inSequence('config', last && { seq: last.value.seq, body: last.body }, next, {
    t: 'config',
    body: envelope.body,
  })
}

/** A welcome whose signature has been checked; its key must be in force at the time it tells. */
export const openWelcome = (facts: InboxFacts, payload: string): Welcome | { readonly refused: string } => {
  const envelope = parseEnvelope(payload)
  const welcome = envelope && parseAs(welcomeSchema, envelope.body)
  if (envelope === undefined || welcome === undefined) return { refused: 'welcome.malformed' }
  const at = welcome.serverTime
  const signed = serverKeysFor(held(facts), undefined, at).some((key) =>
    isSignedBy(facts.verify, 'welcome', envelope, key),
  )
  return signed ? welcome : { refused: 'welcome.badSignature' }
}

/** An acknowledgement of receipts for this device; `none` where the message is something else. */
export const openReceiptAck = (
  facts: InboxFacts,
  payload: string,
): ReceiptAck | 'none' | { readonly refused: string } => {
  const envelope = parseEnvelope(payload)
  const ack = envelope && parseAs(receiptAckSchema, envelope.body)
  if (envelope === undefined || ack === undefined) return 'none'
  if (ack.device !== facts.device) return { refused: 'ack.foreign' }
  const signed = serverKeysFor(held(facts), undefined, facts.now).some((key) =>
    isSignedBy(facts.verify, 'ack', envelope, key),
  )
  return signed ? ack : { refused: 'ack.badSignature' }
}

/** The candidate of a release, unless its body is none. Its signatures are another matter. */
export const candidateOf = (memo: InboxFacts['memo'], release: Envelope): Candidate | undefined =>
  memo(release.body, () => parseAs(candidateSchema, release.body), 'candidate')
