import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { isRefused, load, post, type Refused, RefusedError } from './client.ts'
import { WATCHED_POLL_MS } from './queries.ts'
import type { BulletinClass, NoticeState, Who } from './types.ts'

/** Sessions, the running order and standing items as the console sees them. Days are ISO, Monday 1 to Sunday 7. */

/** A stretch at the beginning or the end of a session in which another station is relayed. */
export type Relay = { of: string; at: 'start' | 'end'; minutes: number }
export type StandingRole = 'opening' | 'closing' | 'fallback' | 'chime'
export type StandingItem = { release: string; title: string; durationMs: number }

type SessionFields = {
  name: string
  days: number[]
  /** `HH:MM` */
  from: string
  to: string
  relay: Relay | null
}
export type Session = SessionFields & {
  id: string
  unit: string
  unitName: string
  /** Whether it touches 21:00–05:00, and whether a second person has said that it may. */
  offHours: 'none' | 'proposed' | 'confirmed'
  confirmedBy: Who | null
  /** What waits for a second person; until then what is in force stays. */
  proposal?:
    | (Pick<SessionFields, 'name' | 'days' | 'from' | 'to' | 'relay'> & { validFrom: string; proposedBy: Who })
    | null
  validFrom: string
  /** The first day on which it is so no more. */
  validTo: string | null
  opening: StandingItem | null
  closing: StandingItem | null
  fallback: StandingItem | null
  may: { edit: boolean; confirm: boolean }
}
/** Whether nothing of a session is in force yet: it waits for a second person as a whole. */
export const isOnlyProposed = ({ offHours, proposal, validFrom, from, to }: Session): boolean =>
  offHours === 'proposed' &&
  (!proposal || (proposal.validFrom === validFrom && proposal.from === from && proposal.to === to))

/** What is sent to make a session or to change it from `validFrom` on. */
export type SessionDraft = Pick<Session, 'unit' | 'name' | 'days' | 'from' | 'to' | 'relay' | 'validFrom'>

export type ChangeKind = 'moved' | 'left' | 'overfull' | 'opened' | 'closed' | 'offHours' | 'collision'
/** One consequence of a change, before it is made. `from` and `to` are instants or times of day. */
export type ScheduleChange = {
  kind: ChangeKind
  date: string | null
  airing: string | null
  title: string | null
  from: string | null
  to: string | null
}
/** What cannot be saved is refused here too, in the same words. */
export type SessionPreview = {
  changes: ScheduleChange[]
  /** How many airings would be touched. */
  airings: number
}

export type TimelineItem = {
  airing: string
  notice: string | null
  release: string
  title: string
  class: BulletinClass
  unit: string
  unitName: string
  at: string
  durationMs: number
  state: 'planned' | 'playing' | 'over' | 'stopped'
  movable: boolean
  kind: 'item' | 'opening' | 'closing' | 'fallback' | 'chime'
}
export type WaitingItem = {
  notice: string
  title: string
  class: BulletinClass
  durationMs: number
  state: NoticeState
}
export type TimelineSession = {
  session: string
  /** Whose session it is: the unit's own, or one above or below it that is heard here. */
  unit?: string
  unitName?: string
  name: string
  from: string
  to: string
  start: string
  end: string
  relay: Relay | null
  offHours: Session['offHours']
  capacityMs: number
  usedMs: number
  overfullMs: number
  /** Names the order that was seen; a change is refused where it has moved on. */
  basedOn: string
  items: TimelineItem[]
  waiting: WaitingItem[]
  /** Approved for this session and no longer in it: there was no room, or its hours changed. */
  left?: TimelineItem[]
}
export type Collision = {
  a: string
  b: string
  from: string
  to: string
  /** Two priority items: the commune decides (TT 39/2020). */
  decide: boolean
  units: string[]
}
export type TimelineDay = {
  date: string
  weekday: number
  sessions: TimelineSession[]
  loose: TimelineItem[]
  collisions: Collision[]
}
export type Timeline = { now: string; days: TimelineDay[] }

export type Order = { unit: string; date: string; session: string; order: string[]; basedOn: string }
export type OrderPreview = { changes: ScheduleChange[]; overfullMs: number }

export type RepeatRule = { class: BulletinClass; sessionsPerDay: number; days: number }
export type RepeatRules = { rules: RepeatRule[]; inheritedFrom: string | { id: string; name: string } | null }
export type SuggestedPlan = { sessions: string[]; dates: string[] }
export type Purpose = 'enrolment' | 'recruitment' | 'charity' | 'publicService' | 'other'
export type AirtimeRule = {
  purposes: Purpose[]
  minutesPerDay: number
  inheritedFrom: string | { id: string; name: string } | null
}
export const purposes: readonly Purpose[] = ['enrolment', 'recruitment', 'charity', 'publicService', 'other']

const inquire = async <T>(path: string, body: unknown): Promise<T> => {
  const answer: T | Refused = await post<T>(path, body)
  if (isRefused(answer)) throw new RefusedError(answer)
  return answer
}

/** The sessions of a unit on a day, and for context those above and below it. */
export const useSessions = (unit: string, on: string) =>
  useQuery({
    queryKey: ['sessions', unit, on],
    queryFn: async ({ signal }) =>
      (await load<{ sessions: Session[] }>(`/api/sessions?unit=${encodeURIComponent(unit)}&on=${on}`, signal)).sessions,
    enabled: unit !== '' && on !== '',
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  })

/** At most fourteen days, both ends included. */
export const useTimeline = (unit: string, from: string, to: string, watched = true) =>
  useQuery({
    queryKey: ['timeline', unit, from, to],
    queryFn: ({ signal }) =>
      load<Timeline>(`/api/timeline?unit=${encodeURIComponent(unit)}&from=${from}&to=${to}`, signal),
    enabled: unit !== '' && from !== '' && to !== '',
    refetchInterval: watched ? WATCHED_POLL_MS * 2 : false,
    placeholderData: (before, query) => (query?.queryKey[1] === unit ? before : undefined),
  })

/** What saving this session would do. */
export const useSessionPreview = (body: (SessionDraft & { session?: string }) | undefined) =>
  useQuery({
    queryKey: ['session-preview', body],
    queryFn: () => inquire<SessionPreview>('/api/sessions/preview', body),
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
  })

/** What this order would do. */
export const useOrderPreview = (order: Order | undefined) =>
  useQuery({
    queryKey: ['order-preview', order],
    queryFn: () => inquire<OrderPreview>('/api/running-order/preview', order),
    enabled: order !== undefined,
    placeholderData: keepPreviousData,
  })

export const useRepeatRules = (unit: string) =>
  useQuery({
    queryKey: ['repeat-rules', unit],
    queryFn: ({ signal }) => load<RepeatRules>(`/api/units/${encodeURIComponent(unit)}/repeat-rules`, signal),
    enabled: unit !== '',
  })

export const useAirtimeRule = (unit: string, wanted = true) =>
  useQuery({
    queryKey: ['airtime-rule', unit],
    queryFn: ({ signal }) => load<AirtimeRule>(`/api/units/${encodeURIComponent(unit)}/airtime-rule`, signal),
    enabled: wanted && unit !== '',
  })

/** How often this kind of notice is usually heard, from a day on. */
export const suggestedPlanOf = (unit: string, kind: BulletinClass, from: string) =>
  queryOptions({
    queryKey: ['suggested-plan', unit, kind, from],
    queryFn: ({ signal }) =>
      load<SuggestedPlan>(`/api/units/${encodeURIComponent(unit)}/suggested-plan?class=${kind}&from=${from}`, signal),
    enabled: unit !== '',
    staleTime: 60_000,
  })

/** After a change of the schedule: everything it may have moved. */
export const useRenewSchedule = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(
      ['timeline', 'sessions', 'order-preview', 'session-preview', 'suggested-plan', 'today', 'airings'].map((name) =>
        client.invalidateQueries({ queryKey: [name] }),
      ),
    )
}
