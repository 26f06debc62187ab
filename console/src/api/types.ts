/** The API as the console sees it. Instants are ISO 8601 texts with +07:00, durations milliseconds, ids texts. */

import type { Errand, HeardByPeople, MobileNumbers, SaidOfAiring } from './hearing.ts'

export type Who = { person: string; name: string }
export type BulletinClass = 'normal' | 'priority' | 'emergency' | 'drill'
export type Role = 'officer' | 'approver' | 'technician' | 'clerk' | 'leader' | 'administrator'

export type Me = {
  person: string
  name: string
  languages: string[]
  posts: { unit: string; unitName: string; role: Role; title: string }[]
  units: string[]
  approves: string[]
  demo: boolean
  /** Signed in with a password somebody else has seen: nothing else can be done before another is chosen. */
  mustChoosePassword: boolean
}
export type DemoAccount = { username: string; password: string; name: string; title: string; unitName: string }

/** Clusters that answer for themselves, and clusters behind a gateway. Never added together. */
export type Clusters = { devices: number; behindGateway: number }
export type Unit = {
  id: string
  kind: 'province' | 'commune' | 'village' | 'station'
  name: string
  shortName: string
  parent: string | null
  population: number | null
  invented: boolean
  technology?: 'wireless' | 'wired' | 'ip' | 'mixed'
  villages?: string[]
  clusters: Clusters
  horns: number
}
export type Topic = { key: string; name: string }
export type Audience = {
  units: { id: string; name: string }[]
  clusters: Clusters
  gateways: number
  people: number | null
  wider: { station: string; name: string; villages: string[] }[]
  languagesWanted: string[]
}

export type Pause = 'none' | 'short' | 'sentence' | 'paragraph'
export type SpokenWord = {
  text: string
  from: number
  to: number
  rule: string
  pause?: Pause
  doubtful?: string[]
  atMs?: number
}
/** What made a reading sound as it does. */
export type ReadBy = {
  /** The voice did not tell when its words begin: the times are estimated. Absent in older copies, as the voices are. */
  timesEstimated?: boolean
  /** The voice that spoke, and the one the unit would rather have heard where that could not. */
  voice?: { id: string; name: string } | null
  wantedVoice?: { id: string; name: string } | null
  /** Readings put right for this one text. */
  corrections: { written: string; spoken: string }[]
}
export type Readings = { words: SpokenWord[]; spoken: string }
export type Accent = 'north' | 'central' | 'south'
export type Sound = {
  hash: string
  bytes: number
  durationMs: number
  loudnessLufs: number
  peakDbtp: number
  levels: number[]
}
export type Voicing = ReadBy & {
  id: string
  kind: 'text' | 'recording'
  written: string | null
  spoken: string | null
  words: SpokenWord[] | null
  accent: Accent | null
  rate: number | null
  sound: Sound
}

export type Plan =
  | { when: 'now' }
  | { when: 'times'; dates: string[]; time: string }
  /** One airing for each date and session that runs on it. */
  | { when: 'sessions'; sessions: string[]; dates: string[] }
  /** Approved once, used by the sessions by themselves. */
  | {
      when: 'standing'
      role: 'opening' | 'closing' | 'fallback' | 'chime'
      sessions: string[]
      from: string
      to: string
    }
/** Somebody else who asked for it to be heard, and for what. */
export type OnBehalfOf = { name: string; purpose: string }
export type DraftVersion = { language: string; written: string | null; voicing: string | null }
export type Draft = {
  title: string
  topic: string
  class: BulletinClass
  audience: string[]
  plan: Plan
  repeats: number
  onBehalfOf?: OnBehalfOf | null
  versions: DraftVersion[]
}
export type Version = {
  language: string
  written: string | null
  voicing: Voicing | null
  /** The whole airing, chime and repeats included; null until it is submitted. */
  sound: { hash: string; bytes: number; durationMs: number; levels: number[] } | null
  needsCheck: boolean
  checkedBy: Who | null
  checkedAt: string | null
}
export type Revision = Omit<Draft, 'versions'> & {
  number: number
  savedBy: Who
  savedAt: string
  frozen: boolean
  versions: Version[]
  durationMs: number
}
export type NoticeState = 'draft' | 'submitted' | 'returned' | 'approved' | 'withdrawn'
export type Notice = {
  id: string
  unit: string
  unitName: string
  author: Who
  state: NoticeState
  revision: number
  changedAt: string
  current: Revision
  release: { id: string } | null
  may: { edit: boolean; submit: boolean; withdraw: boolean; approve: boolean; return: boolean; check: boolean }
  whyNotApprove: string | null
}
export type NoticeEventKind = 'submitted' | 'withdrawn' | 'returned' | 'checked' | 'approved'
export type NoticeWithHistory = Notice & {
  history: { kind: NoticeEventKind; person: Who; at: string; revision: number; reason: string | null }[]
  revisions: Revision[]
}
export type OralBriefing = {
  id: string
  unit: string
  unitName?: string
  heldOn: string
  heldBy?: Who
  listeners: number
}

export type Heard = {
  clusters: {
    total: number
    /** `reported` heard whole; `partial`: some seconds, then stopped, interrupted or preempted. */
    devices: { total: number; reported: number; partial?: number; silent: number; unknown: number }
    behindGateway: { total: number; gatewayReported: number; partial?: number; silent: number; unknown: number }
  }
  gateways: { total: number; reported: number; partial?: number; silent: number; unknown: number }
  firstSoundMs: number | null
}
export type Airing = {
  id: string
  notice: string | null
  release: string
  title: string
  class: BulletinClass
  unit: string
  unitName: string
  /** The places that were chosen. */
  audience?: { id: string; name: string }[]
  at: string
  latestStart: string
  durationMs: number
  state: 'planned' | 'playing' | 'over' | 'stopped'
  stoppedBy: Who | string | null
  sounds: { language: string; hash: string; durationMs: number }[]
  heard: Heard
  /** What people said and what was done then; beside what devices report. */
  people?: HeardByPeople
  mobile?: MobileNumbers
}
export type Outcome = 'completed' | 'interrupted' | 'stopped' | 'preempted' | 'silent' | 'unknown'
export type DeviceReceipt = {
  id: string | null
  device: string
  deviceName: string
  kind: string
  unit: string
  unitName: string
  clusters: number
  outcome: Outcome
  reason: string | null
  startedAt: string | null
  endedAt: string | null
  secondsWritten: number | null
  levelDbfs: number | null
  volume: number | null
  receivedAt: string | null
}
export type AiringWithReceipts = Airing & { receipts: DeviceReceipt[]; said?: SaidOfAiring[]; errands?: Errand[] }

export type DotState = 'reported' | 'behindGateway' | 'silent' | 'fault' | 'unknown'
/** Clusters that answer for themselves, and gateways. */
export type Counted = { clusters: number; gateways: number }
export type NetworkPulse = {
  communes: {
    unit: string
    name: string
    dots: { state: DotState; count: number }[]
    clusters: number
    horns: number
  }[]
  totals: {
    devices: { online: number; offline: number }
    behindGateway: { gatewayOnline: number; gatewayOffline: number }
    total: number
  }
  reconnecting: number
  /** What lost its connection, and what is back, since five in the morning. */
  changed: { since: string; lost: Counted; back: Counted }
  silent: { name: string; unitName: string; since: string | null; why: string | null }[]
}
export type Task = {
  kind: 'approve' | 'returned' | 'check' | 'unsent'
  notice: { id: string; title: string }
  at: string
  by: Who | string | null
  reason: string | null
}
export type Today = {
  now: string
  playing: Airing | null
  next: Airing | null
  airings: Airing[]
  tasks: Task[]
  /** Errands of the mobile loudspeaker that this person can go on. */
  errands?: { open: number; mine: number }
  network: NetworkPulse
}

export type Device = {
  id: string
  kind: 'cluster' | 'gateway' | 'page'
  name: string
  unit: string
  unitName: string
  online: boolean
  since: string | null
  seenAt: string | null
  playing: string | null
  volume: number | null
  volumeMax?: number
  minutesPerDayMax?: number
  /** Hours in which the device keeps silent, `HH:MM`. */
  quiet?: { from: string; to: string }[]
  clusters: number
  horns: number
  enrolled: boolean
  revoked: boolean
  invented: boolean
}
export type DeviceCode = { device: string | Device; code: string; expiresAt: string }

export type MinutesRow = { unit: string; name: string; minutes: number; airings: number; figureId: string }
export type Minutes = { figure: string; rows: MinutesRow[] }
export type TraceKind = 'errand' | 'receipt' | 'airing' | 'release' | 'notice' | 'figure'
export type TraceStep = {
  kind: string
  id: string
  at: string | null
  what: string
  who: Who | string | null
  details: Record<string, unknown>
}
/** Who holds people's signing keys, and the sentence that says so. */
export type Trust = { keysHeldBy: string; words: string }
