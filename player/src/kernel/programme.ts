import { type Envelope, type Instant, type listensSchema, type PlannedAiring, policyBeforeConfig } from '@loa/protocol'
import type { z } from 'zod'
import type { Memory } from './memory.ts'

type Listens = z.infer<typeof listensSchema>

/** An airing as the device holds it, from whichever units it came. */
export type Planned = {
  readonly airing: PlannedAiring
  /** Units whose manifest or order named it: any of them may stop it. */
  readonly units: readonly string[]
  /** As people signed it; undefined where the manifest does not hold it. */
  readonly release: Envelope | undefined
}

/** A unit listened to, and since when. */
export type Listening = Pick<Listens, 'unit' | 'from'>

/** What the device listens to at an instant; before its first config, what it was enrolled with. */
export const listeningAt = (memory: Memory, enrolled: readonly Listens[], at: Instant): readonly Listening[] =>
  (memory.config?.value.listens ?? enrolled).filter(
    (listens) => listens.from <= at && (listens.to === null || at < listens.to),
  )

/** Units whose topics are worth having: also those the device will only listen to later. All, while the time is not known. */
export const subscribedUnits = (memory: Memory, enrolled: readonly Listens[], at: Instant | undefined): string[] => {
  const listens = memory.config?.value.listens ?? enrolled
  const wanted = listens.filter(({ to }) => at === undefined || to === null || at < to)
  return [...new Set(wanted.map(({ unit }) => unit))]
}

export const policyOf = (memory: Memory) => memory.config?.value ?? policyBeforeConfig

/** The release id stands in the signed body; it is read without judging the rest, which is judged when it is due. */
export type ReleaseIdOf = (release: Envelope) => string | undefined

/**
 * Every airing of the units listened to, each once. A later manifest is the whole truth of its unit, orders since then
 * added. One that was due before the device began to listen to any unit that names it is not for this device.
 */
export const planned = (
  memory: Memory,
  listening: readonly Listening[],
  releaseIdOf: ReleaseIdOf,
): readonly Planned[] => {
  const all = new Map<
    string,
    { airing: PlannedAiring; units: string[]; release: Envelope | undefined; ours: boolean }
  >()
  for (const { unit, from } of listening) {
    const add = (airing: PlannedAiring, release: Envelope | undefined): void => {
      const item = all.get(airing.id) ?? { airing, units: [], release, ours: false }
      all.set(airing.id, item)
      item.units.push(unit)
      item.release ??= release
      item.ours ||= airing.at >= from
    }
    const manifest = memory.manifests.get(unit)?.value
    const releases = new Map(manifest?.releases.map((release) => [releaseIdOf(release), release]))
    for (const airing of manifest?.airings ?? []) add(airing, releases.get(airing.release))
    for (const order of memory.orders.values()) if (order.unit === unit) add(order.airing, order.release)
  }
  return [...all.values()].flatMap(({ ours, ...item }) => (ours ? [item] : []))
}

/** Whether anyone has asked for silence: by name, by a manifest, or for everything that should have begun by then. */
export const isStopped = (memory: Memory, { airing, units }: Pick<Planned, 'airing' | 'units'>): boolean => {
  if (memory.stops.has(airing.id)) return true
  return units.some((unit) => {
    const everything = memory.stops.get(`all:${unit}`)
    return (
      (everything !== undefined && airing.at <= everything.at) ||
      (memory.manifests.get(unit)?.value.stopped.includes(airing.id) ?? false)
    )
  })
}

/** Sounds the device should have, soonest first: what its airings need, then what is still waiting for its signatures. */
export const soundsNeeded = (
  memory: Memory,
  airings: readonly Planned[],
  soundsOf: (release: Envelope) => readonly string[],
): readonly string[] => {
  const soonest = airings.toSorted((a, b) => a.airing.at - b.airing.at)
  const planned = soonest.flatMap(({ release }) => (release === undefined ? [] : soundsOf(release)))
  const prefetch = [...memory.manifests.values()].flatMap(({ value }) => value.prefetch.map(({ sound }) => sound))
  const held = [...memory.manifests.values()].flatMap(({ value }) => value.releases.flatMap(soundsOf))
  return [...new Set([...planned, ...prefetch, ...held])]
}
