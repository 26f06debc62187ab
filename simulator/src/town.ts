import { enrol, keysFrom, makePrivateKey, type StoredIdentity } from '@loa/player'
import { within } from './members.ts'
import type { Roll } from './platform/roll.ts'
import type { ServerApi } from './platform/server-api.ts'

export type Wish = {
  readonly server: string
  readonly gateways: number
  readonly clusters: number
  /** Devices whose connections will be stalled. */
  readonly stalled: number
  /** Only at this unit and below it. */
  readonly unit?: string
}

export type TownDevices = {
  /** Gateways, then clusters. */
  readonly crowd: readonly StoredIdentity[]
  readonly stalled: readonly StoredIdentity[]
}

type Unit = { readonly id: string; readonly kind: string; readonly name: string; readonly parent: string | null }
type Entered = {
  readonly devices: readonly { readonly device: string; readonly name: string; readonly code: string }[]
}
type Kind = 'gateway' | 'cluster' | 'stalled'

/** Devices entered with one request (the server takes 500). */
const enteredAtOnce = 250
/** Enrolments at the same time: the server should see a busy morning, not an attack. */
const enrolledAtOnce = 10
export const program = 'loa-simulator/0.1.0'

const below = (units: readonly Unit[], top: string | undefined): readonly Unit[] => {
  if (top === undefined) return units
  const parents = new Map(units.map(({ id, parent }) => [id, parent]))
  const isBelow = (id: string | null | undefined): boolean =>
    id === top || (typeof id === 'string' && isBelow(parents.get(id)))
  return units.filter(({ id }) => isBelow(id))
}

const nameOf = (kind: Kind, place: number, at: string): string => {
  if (kind === 'gateway') return `Bộ chuyển tiếp mô phỏng ${place + 1}, ${at}`
  return `${kind === 'cluster' ? 'Cụm' : 'Máy nghẽn'} mô phỏng ${place + 1}, ${at}`
}

/** Enters and enrols as many devices as are missing, in turn over the villages or stations. */
const addDevices = async (
  api: ServerApi,
  roll: Roll,
  options: {
    kind: Kind
    server: string
    places: readonly Unit[]
    from: number
    to: number
    onStep: (done: number) => void
  },
): Promise<string | undefined> => {
  const { kind, server, places, from, to, onStep } = options
  if (places.length === 0 && to > from) return 'town.noPlaces'
  let done = from
  for (let at = from; at < to; at += enteredAtOnce) {
    const wanted = Array.from({ length: Math.min(enteredAtOnce, to - at) }, (_, place) => {
      const unit = places[(at + place) % places.length]
      const name = nameOf(kind, at + place, unit?.name ?? '').slice(0, 100)
      return { kind: kind === 'gateway' ? 'gateway' : 'cluster', name, unit: unit?.id, horns: 2 }
    })
    const entered = await api.ask<Entered>('POST', '/api/devices/bulk', { devices: wanted })
    if ('refused' in entered) return entered.refused
    let refused: string | undefined
    await within(enrolledAtOnce, entered.devices, async ({ code }) => {
      const privateKey = makePrivateKey()
      const enrolled = await enrol(server, { code, key: keysFrom(privateKey).public, program })
      if ('refused' in enrolled) refused = enrolled.refused
      else roll.add(kind, { server, enrolled, privateKey })
      done += 1
      onStep(done)
    })
    await roll.flush()
    if (refused !== undefined) return refused
  }
  return undefined
}

/**
 * Makes or finds devices: those of an earlier run that the server still knows are used again, what is missing is entered by
 * the person who is signed in, at the villages and stations they may tend, and enrolled like any device.
 */
export const peopleTown = async (
  api: ServerApi,
  roll: Roll,
  { wish, onStep }: { wish: Wish; onStep: (kind: Kind, done: number, of: number) => void },
): Promise<TownDevices | { readonly refused: string }> => {
  const shown = await api.ask<{ units: Unit[] }>('GET', '/api/units')
  if ('refused' in shown) return shown
  const units = below(shown.units, wish.unit)
  const inUnits = new Set(units.map(({ id }) => id))
  const listed = await api.ask<{ devices: { id: string; unit: string; revoked: boolean }[] }>('GET', '/api/devices')
  if ('refused' in listed) return listed
  const usable = new Set(
    listed.devices.filter(({ revoked, unit }) => !revoked && inUnits.has(unit)).map(({ id }) => id),
  )
  roll.keepOnly((device) => usable.has(device))
  const placesOf = (kind: Kind) => units.filter((unit) => unit.kind === (kind === 'gateway' ? 'station' : 'village'))
  for (const [kind, count] of [
    ['gateway', wish.gateways],
    ['cluster', wish.clusters],
    ['stalled', wish.stalled],
  ] as const) {
    const from = roll.of(kind).length
    const refused = await addDevices(api, roll, {
      ...{ kind, server: wish.server, places: placesOf(kind), from, to: count },
      onStep: (done) => onStep(kind, done, count),
    })
    if (refused !== undefined) return { refused }
  }
  const crowd = [...roll.of('gateway').slice(0, wish.gateways), ...roll.of('cluster').slice(0, wish.clusters)]
  return { crowd, stalled: roll.of('stalled').slice(0, wish.stalled) }
}
