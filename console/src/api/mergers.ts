import { useQuery, useQueryClient } from '@tanstack/react-query'
import { load, post } from './client.ts'
import type { StandingRole } from './schedule.ts'
import type { Unit, Who } from './types.ts'

export type OrganisationKind = 'partyCommittee' | 'front' | 'union' | 'unionBase' | 'school' | 'agency'
export type AnyKind = Unit['kind'] | 'district' | OrganisationKind
/** A unit of whatever day, organisations beside the administration among them. */
export type UnitThen = Omit<Unit, 'kind'> & { kind: AnyKind }
export type EnteredKind = 'village' | OrganisationKind

type Named = { id: string; name: string }
export type Merger = {
  id: string
  effectiveOn: string
  from: Named[]
  to: { id: string | null; name: string; shortName: string }
  isNew: boolean
  source: string
  state: 'planned' | 'inForce' | 'undone'
  madeBy: Who
  madeAt: string
  undoneBy: Who | null
  undoneAt: string | null
  may: { undo: boolean }
}
export type MergerAsked = {
  effectiveOn: string
  from: string[]
  to: { unit: string } | { name: string; shortName: string }
  source: string
  keepSessions: string[]
}
export type SessionFate = 'kept' | 'moved' | 'ended' | 'overlaps'
export type Preview = {
  to: { id: string | null; name: string }
  units: { id: string; name: string; kind: AnyKind; was: string; becomes: string }[]
  stations: { id: string; name: string; technology: string; was: string; villages: number }[]
  devices: { clusters: number; behindGateway: number; listensChange: number }
  people: { person: string; name: string; role: string; title: string; was: string; becomes: string }[]
  sessions: { id: string; name: string; was: string; from: string; to: string; becomes: SessionFate }[]
  notices: {
    id: string | null
    release: string
    title: string
    why: string
    /** `null` for a standing item. */
    first: string | null
    times: number
    standing: { role: StandingRole; to: string } | null
  }[]
  nameClashes: { name: string; in: string[] }[]
  warnings: string[]
}
export type Found = {
  unit: string
  name: string
  kind: AnyKind
  until: string | null
  within: string[]
  became: { unit: string; name: string }[]
}

/** The tree on a day, with organisations. */
export const useTree = (on: string) =>
  useQuery({
    queryKey: ['units', 'tree', on],
    queryFn: async ({ signal }) => (await load<{ units: UnitThen[] }>(`/api/units?all=1&on=${on}`, signal)).units,
    enabled: on !== '',
  })

export const useMergers = () =>
  useQuery({
    queryKey: ['mergers'],
    queryFn: async ({ signal }) => (await load<{ mergers: Merger[] }>('/api/mergers', signal)).mergers,
  })

/** Units that bear, or once bore, a name as it is written in a document. */
export const resolveName = (name: string) =>
  post<{ names: { name: string; found: Found[] }[] }>('/api/units/resolve', { names: [name] })

/** After a change of the tree: units of every day, mergers, people. */
export const useRenewTree = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(['units', 'mergers', 'people', 'me'].map((name) => client.invalidateQueries({ queryKey: [name] })))
}
