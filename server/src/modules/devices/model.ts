import type { DailySpan, Instant, Telemetry } from '@loa/protocol'

export type DeviceKind = 'cluster' | 'gateway' | 'page'

export type DeviceRow = {
  readonly id: string
  readonly kind: DeviceKind
  readonly name: string
  /** Village of a cluster, station of a gateway, commune of a page. */
  readonly unit: string
  readonly invented: boolean
  readonly epoch: number
  readonly keyId: string | null
  readonly keyAlg: 'ed25519' | 'p256' | null
  readonly publicKey: string | null
  readonly enrolledAt: Instant | null
  readonly revokedAt: Instant | null
  readonly volume: number
  readonly volumeMax: number
  readonly minutesPerDayMax: number
  readonly quiet: readonly DailySpan[]
  readonly configSeq: number
  readonly config: string | null
  /** Since when its place waits for a new machine; null: it does not. */
  readonly replacingSince: Instant | null
}

/** What a device last said of itself. */
export type PresenceRow = {
  readonly device: string
  readonly online: boolean
  /** Since when it is online, or offline. */
  readonly since: Instant
  readonly seenAt: Instant
  readonly playing: string | null
  readonly clockTrusted: boolean
  /** Since when its clock is in doubt; null while it is trusted. */
  readonly clockDoubtedSince: Instant | null
  readonly volume: number
  readonly program: string
  /** What it last measured of itself; null where it never has. */
  readonly telemetry: Telemetry | null
}

export type ClusterRow = {
  readonly id: string
  readonly village: string
  readonly name: string
  readonly horns: number
  /** Exactly one of the two is set. */
  readonly device: string | null
  readonly gateway: string | null
  readonly invented: boolean
}

export type NewDevice = Pick<DeviceRow, 'id' | 'kind' | 'name' | 'unit' | 'invented'> & {
  readonly madeAt: Instant
  /** Hours it keeps quiet; absent: the night, as the table has it. */
  readonly quiet?: readonly DailySpan[]
}

/**
 * A device that lost its connection so lately is trying to come back: its waits grow to half a minute, so that within two it has tried
 * several times. After that it is silent, and somebody has to look.
 */
export const RECONNECTING_MS = 120_000

export const isReconnecting = (presence: Pick<PresenceRow, 'online' | 'since'> | undefined, now: Instant): boolean =>
  presence !== undefined && !presence.online && now - presence.since < RECONNECTING_MS

/** The settings a technician may change. */
export type Settings = {
  readonly volume: number
  readonly volumeMax: number
  readonly minutesPerDayMax: number
  readonly quiet: readonly DailySpan[]
}

/** A code is good for a day: long enough to drive to the village, short enough to be lost safely. */
export const CODE_VALID_MS = 24 * 3_600_000

export type CodeRow = { readonly device: string; readonly expiresAt: Instant; readonly usedAt: Instant | null }

/** Reports kept per device and hour: a device gone wrong must not fill the disk. */
export const REPORTS_PER_HOUR_MAX = 60

/** Report codes that mean the device is there and cannot do its work. */
const faults = /^(output\.|sound\.broken|storage\.)/
export const isFault = (code: string): boolean => faults.test(code)
/** A fault is shown for so long after it was last reported. */
export const FAULT_SHOWN_MS = 3_600_000

export type ClusterState = 'reported' | 'behindGateway' | 'silent' | 'fault' | 'unknown'

export type CarrierFacts = {
  readonly enrolled: boolean
  readonly online: boolean
  /** Whether it reported a fault lately. */
  readonly faulty: boolean
}

/**
 * What we honestly know of a cluster now. A cluster on a wired or wireless station cannot speak for itself: all we know is
 * its gateway, and a gateway that is away or has never been enrolled leaves it unknown.
 */
export const clusterState = (behindGateway: boolean, { enrolled, online, faulty }: CarrierFacts): ClusterState => {
  if (behindGateway) return online ? (faulty ? 'fault' : 'behindGateway') : 'unknown'
  if (!enrolled) return 'unknown'
  if (!online) return 'silent'
  return faulty ? 'fault' : 'reported'
}

/** Why a device is on the list of the silent: keys of i18n/why.vi.json. */
export type Why = 'neverEnrolled' | 'neverSeen' | 'offline' | 'fault'

export const whySilent = ({ enrolled, online, faulty }: CarrierFacts, seen: boolean): Why | undefined => {
  if (!enrolled) return 'neverEnrolled'
  if (!seen) return 'neverSeen'
  if (!online) return 'offline'
  return faulty ? 'fault' : undefined
}
