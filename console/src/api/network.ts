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
/** 0 … 1 from the left and from the top; not exact: only the village or commune is known. */
export type Place = { x: number; y: number; exact: boolean }
/** A block of the schematic drawing, 0 … 1. */
export type Area = { unit: string; x: number; y: number; w: number; h: number }
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
  invented: boolean
}
export type Gateway = {
  device: string
  name: string
  station: string | null
  state: DotState
  /** How many clusters stand behind it. */
  clusters: number
  tickets: number
  place: Place | null
  invented: boolean
}
/** Degrees, longitude first, as GeoJSON has them. */
export type Ring = [number, number][]
/** `drawn`: the same rings in the map’s own square, 0 … 1. */
export type Outline = { unit: string; rings: Ring[]; drawn: { x: number; y: number }[][] }
export type Network = {
  asOf: string
  map: 'schematic' | 'projected'
  areas: Area[]
  units: NetworkUnit[]
  marks: Mark[]
  gateways: Gateway[]
  outlines: Outline[]
  today: { heard: number; behindGateway: number; silent: number; unknown: number; notAsked: number }
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
  name: string
  enrolled: boolean
  revoked: boolean
  /** Its old machine was cut off and the new one has not come yet. */
  replacingSince: string | null
  online: boolean
  since: string | null
  seenAt: string | null
  playing: string | null
  volume: number
  volumeMax: number
  quiet: Span[]
  minutesPerDayMax: number
  program: string
  epoch: number
  clock: 'trusted' | 'doubted' | 'unknown'
  telemetry: Telemetry | null
  samples: Sample[]
}
export type ClusterAiring = {
  airing: string
  title: string
  at: string
  /** `pending`: it may still be playing. */
  outcome: Outcome | 'pending'
  reason: string | null
  startedAt: string | null
  secondsWritten: number
  levelDbfs: number | null
}
export type Part = {
  epoch: number
  installedAt: string
  removedAt: string | null
  /** Who took it away. */
  by: Who | null
  program: string
  note: string
}
export type NamedUnit = { id: string; name: string }
export type Cluster = {
  cluster: { id: string; name: string; behindGateway: boolean; invented: boolean }
  state: DotState
  village: NamedUnit
  commune: NamedUnit | null
  horns: number
  device: ClusterDevice | null
  airings: ClusterAiring[]
  tickets: Ticket[]
  parts: Part[]
  may: { tend: boolean }
}

export type TicketKind = 'offline' | 'silent' | 'chime' | 'fault' | 'clock' | 'power' | 'doubled' | 'manual'
export type TicketState = 'open' | 'assigned' | 'closed'
export type TicketEvent = { kind: string; at: string; by: Who | null; note: string }
/** What was known of the device when the ticket was opened. */
export type TicketFacts = {
  online: boolean | null
  since: string | null
  seenAt: string | null
  clockTrusted: boolean | null
  program: string
  telemetry: Telemetry | null
  reports: string[]
  boots?: { bootedAt: string; program: string; lastAt: string }[]
  airing?: string
}
export type Ticket = {
  id: string
  device: string
  deviceName: string
  deviceKind: 'cluster' | 'gateway'
  cluster: string | null
  unit: string
  unitName: string
  kind: TicketKind
  state: TicketState
  openedAt: string
  openedBy: Who | null
  facts: TicketFacts
  assignedTo: Who | null
  events: TicketEvent[]
  /** It mended itself, and waits for a person to say so. */
  recoveredAt: string | null
  closedAt: string | null
  closedBy: Who | null
  cause: string | null
  may: { assign: boolean; close: boolean }
}

export type FunctionalTest = {
  enabled: boolean
  time: string
  release: { id: string; title: string } | null
  /** The unit whose setting holds here; null: its own, or nobody's. */
  inheritedFrom: string | null
  may: { edit: boolean }
}
export type TestMiss = {
  device: string
  kind: 'cluster' | 'gateway'
  name: string
  cluster: string | null
  unit: string
  unitName: string
  why: 'neverEnrolled' | 'offline' | 'silent' | 'noAnswer'
  /** The device's own word for it. */
  reason: string | null
  ticket: string | null
}
export type TestResult = {
  airing: string
  at: string
  unit: string
  unitName: string
  /** `waiting`: it sounded less than ten minutes ago. */
  state: 'planned' | 'waiting' | 'listed'
  /** Clusters that said so themselves. */
  sounded: number
  /** Clusters behind a gateway that said so. */
  gatewaySounded: number
  /** Clusters behind a gateway that did not. */
  unknown: number
  notSounded: TestMiss[]
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

export type Technician = Who & { unit: string }
export type Tickets = { tickets: Ticket[]; technicians: Technician[] }

/** `todo`: everything that is not closed. */
export const useTickets = (state: 'todo' | 'closed', enabled = true) =>
  useQuery({
    queryKey: ['tickets', state],
    queryFn: ({ signal }) => load<Tickets>(`/api/tickets?state=${state}`, signal),
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
