import {
  type Envelope,
  type Instant,
  type PublicKey,
  parseAs,
  parseEnvelope,
  parseTopic,
  type Receipt,
  receiptSchema,
} from '@loa/protocol'

/** A receipt as it came over the wire, not yet believed. */
export type Arrived = { readonly topic: string; readonly payload: string; readonly at: Instant }

/** What can be read of it without knowing any key. `device` is the topic's, which the broker answers for. */
export type Read = Arrived & { readonly device: string } & (
    | { readonly receipt: Receipt; readonly envelope: Envelope }
    | { readonly receipt: undefined }
  )

/**
 * Why a receipt is not taken in. The first group is not well signed: nothing is acknowledged, for whoever sent it may not
 * be the device. The second is the device's own word: it is kept aside and acknowledged, or the device would send it for ever.
 */
export type RejectCode =
  | 'receipt.malformed'
  | 'receipt.deviceUnknown'
  | 'receipt.epochUnknown'
  | 'receipt.badSignature'
  | 'receipt.foreign'
  | 'receipt.airingUnknown'
  | 'receipt.releaseForeign'
  | 'receipt.conflict'

const wellSigned: ReadonlySet<RejectCode> = new Set([
  'receipt.airingUnknown',
  'receipt.releaseForeign',
  'receipt.conflict',
])
export const isWellSigned = (code: RejectCode): boolean => wellSigned.has(code)

/** Reads topic, envelope and receipt. `undefined`: not even a device's receipt topic. */
export const readArrived = (arrived: Arrived): Read | undefined => {
  const topic = parseTopic(arrived.topic)
  if (topic?.scope !== 'up' || topic.leaf !== 'receipt') return undefined
  const envelope = parseEnvelope(arrived.payload)
  // a body that the database could not keep to the letter could not be checked again
  const receipt = envelope?.body.isWellFormed() ? parseAs(receiptSchema, envelope.body) : undefined
  const base = { ...arrived, device: topic.id }
  return envelope && receipt ? { ...base, receipt, envelope } : { ...base, receipt: undefined }
}

export type Known = {
  /** Whether the device is ours at all. */
  readonly deviceKnown: boolean
  /** The device's key of the receipt's epoch. */
  readonly key: PublicKey | undefined
  /** Whether the one signature verifies with it. */
  readonly signatureHolds: boolean
  /** The release the airing plays; undefined where no such airing is known. */
  readonly airingRelease: string | undefined
}

const rejectForOrigin = (device: string, receipt: Receipt, known: Known): RejectCode | undefined => {
  if (receipt.device !== device || receipt.id !== `${receipt.device}.${receipt.epoch}.${receipt.counter}`)
    return 'receipt.foreign'
  if (!known.deviceKnown) return 'receipt.deviceUnknown'
  if (known.key === undefined) return 'receipt.epochUnknown'
  return known.signatureHolds ? undefined : 'receipt.badSignature'
}

/** Whether a receipt is taken in, or why not. Whose word it is comes before what it says. */
export const judgeReceipt = (device: string, receipt: Receipt, known: Known): 'take' | RejectCode => {
  const untrue = rejectForOrigin(device, receipt, known)
  if (untrue !== undefined) return untrue
  if (known.airingRelease === undefined) return 'receipt.airingUnknown'
  return known.airingRelease === receipt.release ? 'take' : 'receipt.releaseForeign'
}

/** How far a device's clock may run ahead of ours, or start before its airing, and still be believed. */
export const CLOCK_SLACK_MS = 5 * 60_000

/**
 * Whether a receipt's times can be used to reckon with. What the device said is kept as it said it; this only keeps a wrong
 * clock out of figures. An old receipt is no sign of a wrong clock: a village may have been cut off for days.
 */
export const clockHolds = (receipt: Receipt, seen: { airingAt: Instant; receivedAt: Instant }): boolean =>
  receipt.clockTrusted &&
  receipt.endedAt <= seen.receivedAt + CLOCK_SLACK_MS &&
  (receipt.startedAt ?? receipt.endedAt) >= seen.airingAt - CLOCK_SLACK_MS &&
  (receipt.startedAt === null || receipt.startedAt <= receipt.endedAt + CLOCK_SLACK_MS)

/** What a device has said of an airing in all its receipts. */
export type Said = {
  readonly airing: string
  readonly device: string
  /** Whether one of them says that it played to the end, with sound written to its output. */
  readonly completed: boolean
  /** Whether any of them says that some sound was written to its output. */
  readonly sounded: boolean
  /** First start by a trusted clock. */
  readonly firstAt: Instant | null
}

export type Reached = {
  readonly device: string
  readonly kind: 'cluster' | 'gateway'
  readonly own: number
  readonly behind: number
}

/** What is known of one device and one airing. */
export type Standing = 'reported' | 'partial' | 'silent' | 'unknown'

/** How many stand where: to the end, cut off, not a sound, nothing known. Together they are the total. */
export type Tally = { readonly total: number } & { readonly [Each in Standing]: number }

export type Heard = {
  readonly clusters: {
    readonly total: number
    readonly devices: Tally
    readonly behindGateway: Omit<Tally, 'reported'> & { readonly gatewayReported: number }
  }
  readonly gateways: Tally
  readonly firstSoundMs: number | null
}

type Counting = { -readonly [Key in keyof Tally]: Tally[Key] }
const emptyTally = (): Counting => ({ total: 0, reported: 0, partial: 0, silent: 0, unknown: 0 })

/**
 * Of several receipts of one device about one airing the best counts: an item that an emergency broke off and that was then
 * played to the end was heard; one kept silent until the clock was trusted, and played then, was heard too.
 */
export const standingOf = (said: Pick<Said, 'completed' | 'sounded'> | undefined): Standing => {
  if (said === undefined) return 'unknown'
  if (said.completed) return 'reported'
  return said.sounded ? 'partial' : 'silent'
}

const count = (tally: Counting, standing: Standing, clusters: number): void => {
  tally.total += clusters
  tally[standing] += clusters
}

/**
 * How an airing was heard. Three things that are never added together: clusters that said so themselves, clusters behind a
 * gateway that said so, and clusters nobody knows about. Only devices the airing was to reach count, so a page never does.
 */
export const summarise = (airingAt: Instant, reached: readonly Reached[], said: readonly Said[]): Heard => {
  const byDevice = new Map(said.map((each) => [each.device, each]))
  const [own, behind, gateways] = [emptyTally(), emptyTally(), emptyTally()]
  const firsts: Instant[] = []
  for (const device of reached) {
    const word = byDevice.get(device.device)
    const standing = standingOf(word)
    count(own, standing, device.own)
    count(behind, standing, device.behind)
    if (device.kind === 'gateway') count(gateways, standing, 1)
    if (word?.sounded && word.firstAt !== null) firsts.push(word.firstAt)
  }
  const { reported: gatewayReported, ...behindGateway } = behind
  return {
    clusters: {
      total: own.total + behind.total,
      devices: own,
      behindGateway: { ...behindGateway, gatewayReported },
    },
    gateways,
    firstSoundMs: firsts.length === 0 ? null : firsts.reduce((least, at) => Math.min(least, at)) - airingAt,
  }
}
