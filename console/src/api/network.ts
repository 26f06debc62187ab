import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { load } from './client.ts'
import type { DotState, Outcome, Who } from './types.ts'

/** The network as the server tells it: marks, clusters, tickets, daily chimes. */

export type NetworkUnit = {
  id: string
  kind: 'province' | 'commune' | 'village' | 'station'
  name: string
  parent: string | null
}
/** 0 … 1 from the left and from the top. */
export type Place = { x: number; y: number }
export type Mark = {
  cluster: string
  name: string
  village: string
  station: string | null
  device: string | null
  gateway: string | null
  state: DotState
  horns: number
  place: Place | null
  lon: number | null
  lat: number | null
  tickets: number
}
export type Gateway = {
  device: string
  name: string
  station: string | null
  state: DotState
  tickets: number
  place: Place | null
}
/** Degrees, longitude first, as GeoJSON has them. */
export type Ring = [number, number][]
export type Outline = { unit: string; rings: Ring[] }
export type Network = {
  asOf: string
  units: NetworkUnit[]
  marks: Mark[]
  gateways: Gateway[]
  outlines: Outline[]
  today: { heard: number; behindGateway: number; silent: number; unknown: number }
}

export type Telemetry = {
  signalDbm?: number | null
  powerVolts?: number | null
  onMains?: boolean | null
  temperatureC?: number | null
  clockErrorMs?: number | null
}
export type Sample = {
  at: string
  signalDbm: number | null
  powerVolts: number | null
  onMains: boolean | null
  online: boolean
}
export type Span = { from: string; to: string }
export type ClusterDevice = {
  id: string
  kind: 'cluster' | 'gateway'
  name?: string
  online: boolean
  since: string | null
  seenAt: string | null
  playing: string | null
  volume: number | null
  volumeMax?: number
  quiet?: Span[]
  minutesPerDayMax?: number
  program: string | null
  epoch: number
  clockTrusted?: boolean | null
  telemetry: Telemetry | null
  samples: Sample[]
}
export type ClusterAiring = {
  airing: string
  title: string
  at: string
  outcome: Outcome | null
  reason: string | null
  startedAt: string | null
  secondsWritten: number | null
  levelDbfs: number | null
}
export type Part = {
  epoch: number
  installedAt: string | null
  removedAt: string | null
  by: Who | null
  program: string | null
  note: string | null
}
export type NamedUnit = { id: string; name: string }
export type Cluster = {
  cluster: string
  name?: string
  village: NamedUnit
  commune: NamedUnit
  horns: number
  state?: DotState
  device: ClusterDevice
  airings: ClusterAiring[]
  tickets: Ticket[]
  parts: Part[]
}

export type TicketKind = 'offline' | 'silent' | 'chime' | 'fault' | 'clock' | 'power' | 'doubled' | 'manual'
export type TicketState = 'open' | 'assigned' | 'closed'
export type TicketEvent = { kind: string; at: string; by: Who | null; note: string | null }
export type Ticket = {
  id: string
  device: string
  deviceName: string
  cluster: string | null
  unit: string
  unitName: string
  kind: TicketKind
  state: TicketState
  openedAt: string
  openedBy: Who | null
  facts: Record<string, unknown>
  assignedTo: Who | null
  events: TicketEvent[]
  closedAt: string | null
  cause: string | null
  may: { assign: boolean; close: boolean }
}

export type FunctionalTest = {
  enabled: boolean
  time: string
  release: { id: string; title: string } | null
  inheritedFrom: string | NamedUnit | null
}
export type TestMiss = {
  device: string
  name: string
  cluster: string | null
  unitName: string
  why: string | null
  ticket: string | null
}
export type TestResult = {
  airing: string
  at: string
  unit: string
  unitName: string
  sounded: number
  gatewaySounded: number
  notSounded: TestMiss[]
  unknown: TestMiss[]
}

/** A one-time code. `url` is what the QR shows: the server's address with the code behind `#`, where no server's log sees it. */
export type EnrolmentCode = { device?: unknown; code: string; expiresAt: string; url?: string }

const POLL_MS = 5000
const TICKETS_POLL_MS = 15_000

export const useNetwork = () =>
  useQuery({
    queryKey: ['network'],
    queryFn: ({ signal }) => load<Network>('/api/network', signal),
    refetchInterval: POLL_MS,
    placeholderData: keepPreviousData,
  })

export const useCluster = (id: string) =>
  useQuery({
    queryKey: ['cluster', id],
    queryFn: ({ signal }) => load<Cluster>(`/api/clusters/${encodeURIComponent(id)}`, signal),
    refetchInterval: POLL_MS,
  })

export const useTickets = (state: TicketState, enabled = true) =>
  useQuery({
    queryKey: ['tickets', state],
    queryFn: async ({ signal }) => (await load<{ tickets: Ticket[] }>(`/api/tickets?state=${state}`, signal)).tickets,
    refetchInterval: TICKETS_POLL_MS,
    enabled,
  })

export const useFunctionalTest = (unit: string) =>
  useQuery({
    queryKey: ['functional-test', unit],
    queryFn: ({ signal }) => load<FunctionalTest>(`/api/units/${unit}/functional-test`, signal),
    enabled: unit !== '',
  })

export const useTestResults = (date: string) =>
  useQuery({
    queryKey: ['functional-tests', date],
    queryFn: async ({ signal }) =>
      (await load<{ tests: TestResult[] }>(`/api/functional-tests?date=${date}`, signal)).tests,
    refetchInterval: TICKETS_POLL_MS,
  })

/** Colleagues a ticket can be given to. Who may not see the list of people gets none. */
export const useTechnicians = (enabled: boolean) =>
  useQuery({
    queryKey: ['technicians'],
    queryFn: async ({ signal }): Promise<Who[]> => {
      const answer = await load<
        | { people: { person: string; name: string; posts: { role: string }[] }[] }
        | { person: string; name: string; posts: { role: string }[] }[]
      >('/api/people', signal)
      const people = Array.isArray(answer) ? answer : answer.people
      return people
        .filter(({ posts }) => posts.some(({ role }) => role === 'technician'))
        .map(({ person, name }) => ({ person, name }))
    },
    enabled,
    retry: false,
    staleTime: 300_000,
  })

/** After anything that touches the network: everything that shows it. */
export const useRenewNetwork = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(
      ['network', 'cluster', 'tickets', 'devices', 'functional-test', 'functional-tests'].map((name) =>
        client.invalidateQueries({ queryKey: [name] }),
      ),
    )
}
