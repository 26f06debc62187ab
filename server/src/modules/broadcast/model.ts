import {
  type Candidate,
  type Envelope,
  envelopeBodyMax,
  type Instant,
  limits,
  type Manifest,
  manifestSchema,
  type Order,
  orderSchema,
  type PlannedAiring,
  type Stop,
  stopSchema,
} from '@loa/protocol'

/** How far ahead a manifest reaches: two weeks without a connection and everything planned is still heard. */
export const WINDOW_MS = 14 * 86_400_000
/** A stop is repeated in manifests for as long as a device may still hold an older one that says play. */
export const STOPPED_KEPT_MS = WINDOW_MS
/** Room for the signature's wrapping, and for what grows when a text is quoted once more. */
const MANIFEST_CHARS_MAX = envelopeBodyMax - 50_000
const PREFETCH_MAX = 200

export type Prefetch = Manifest['prefetch'][number]

/** The sounds of proposed releases, each once, in an order that does not depend on how they were read. */
export const prefetchOf = (candidates: readonly Candidate[]): Prefetch[] => {
  const bySound = new Map(
    candidates.flatMap(({ versions }) => versions.map(({ sound, bytes }) => [sound, bytes] as const)),
  )
  return [...bySound].map(([sound, bytes]) => ({ sound, bytes })).sort((a, b) => (a.sound < b.sound ? -1 : 1))
}

export type ManifestParts = {
  readonly unit: string
  readonly seq: number
  readonly issuedAt: Instant
  /** By time. */
  readonly airings: readonly PlannedAiring[]
  /** By release id. An airing whose release is missing here is left out. */
  readonly releases: ReadonlyMap<string, Envelope>
  /** Newest first. */
  readonly stopped: readonly string[]
  readonly prefetch: readonly Prefetch[]
}

const plannedOf = ({ id, release, at, latestStart }: PlannedAiring): PlannedAiring => ({ id, release, at, latestStart })

/**
 * The soonest airings that fit one message with their releases; what is left out comes with a later manifest. One that is
 * stopped is never among them: a stop may have come between the reading of the airings and the reading of the stops.
 */
const whatFits = (parts: ManifestParts, room: number): Pick<Manifest, 'airings' | 'releases'> => {
  const airings: PlannedAiring[] = []
  const releases = new Map<string, Envelope>()
  let used = 0
  const stopped = new Set(parts.stopped)
  const sounding = parts.airings.filter(({ id }) => !stopped.has(id))
  for (const airing of sounding.slice(0, limits.airingsInManifestMax)) {
    const release = parts.releases.get(airing.release)
    if (release === undefined) continue
    const planned = plannedOf(airing)
    used += JSON.stringify(planned).length + (releases.has(airing.release) ? 0 : JSON.stringify(release).length) + 2
    if (used > room) break
    airings.push(planned)
    releases.set(airing.release, release)
  }
  return { airings, releases: [...releases.values()] }
}

/** A unit's manifest as it is signed: keys in the order of the schema. Never longer than an envelope may be. */
export const manifestOf = (parts: ManifestParts, charsMax = MANIFEST_CHARS_MAX): Manifest => {
  const { unit, seq, issuedAt } = parts
  const stopped = parts.stopped.slice(0, limits.airingsInManifestMax)
  const prefetch = parts.prefetch.slice(0, PREFETCH_MAX)
  const empty: Manifest = { v: 1, unit, seq, issuedAt, airings: [], releases: [], stopped, prefetch }
  return manifestSchema.parse({ ...empty, ...whatFits(parts, charsMax - JSON.stringify(empty).length) })
}

/** Whether a manifest would tell devices anything the last one did not. */
export const saysTheSame = (one: Manifest, other: Manifest): boolean =>
  JSON.stringify({ ...one, seq: 0, issuedAt: 0 }) === JSON.stringify({ ...other, seq: 0, issuedAt: 0 })

export type OrderParts = Pick<Order, 'unit' | 'seq' | 'issuedAt' | 'airing' | 'release' | 'device'>

export const orderOf = ({ unit, seq, issuedAt, airing, release, device }: OrderParts): Order =>
  orderSchema.parse({
    ...{ v: 1, unit, seq, issuedAt, airing: plannedOf(airing), release },
    ...(device === undefined ? {} : { device }),
  })

export const stopOf = ({ unit, seq, issuedAt, airing }: Omit<Stop, 'v'>): Stop =>
  stopSchema.parse({ v: 1, unit, seq, issuedAt, airing })
