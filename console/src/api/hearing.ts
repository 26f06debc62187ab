import { useQuery, useQueryClient } from '@tanstack/react-query'
import { load } from './client.ts'

/** What people in the villages say they heard, and the errands of the mobile loudspeaker. */

type Who = { person: string; name: string }
export type HeardWord = 'clear' | 'unclear' | 'none'
export type WordCounts = Record<HeardWord, number>
export type HeardByPeople = WordCounts & { villagesAsked: number }
export type MobileNumbers = { waiting: number; done: number; listeners: number }

export type HearingLink = {
  id: string
  village: string
  villageName: string
  name: string
  phone: string | null
  expiresOn: string
  state: 'live' | 'expired' | 'revoked'
  madeAt: string
  madeBy: Who
  lastWordAt: string | null
  may: { end: boolean }
}
export type NewHearingLink = { id: string; url: string; token: string }
export type HearingWord = {
  airing: string
  title: string
  at: string
  village: string
  villageName: string
  name: string
  word: HeardWord
  saidAt: string
  earlier: number
}
/** What one person said of an airing, the words before it too. */
export type SaidOfAiring = {
  village: string
  villageName: string
  name: string
  word: HeardWord
  saidAt: string
  earlier: { word: HeardWord; saidAt: string }[]
}
export type ErrandState = 'open' | 'taken' | 'done' | 'dismissed'
export type Errand = {
  id: string
  what: 'mobileLoudspeaker'
  state: ErrandState
  airing: string
  title: string
  class: 'normal' | 'priority' | 'emergency' | 'drill'
  at: string
  village: string
  villageName: string
  communeName: string
  why: 'people' | 'silent' | 'unknown' | 'noCluster'
  said: WordCounts
  soundedSince: boolean
  openedAt: string
  assignedTo: Who | null
  assignedAt: string | null
  doneAt: string | null
  doneBy: Who | null
  startedAt: string | null
  endedAt: string | null
  listeners: number | null
  listenersMax: number
  note: string
  dismissedAt: string | null
  dismissedBy: Who | null
  reason: string | null
  may: { take: boolean; done: boolean; dismiss: boolean }
}

const POLL_MS = 10_000

export const useErrands = () =>
  useQuery({
    queryKey: ['errands'],
    queryFn: async ({ signal }) => (await load<{ errands: Errand[] }>('/api/errands', signal)).errands,
    refetchInterval: POLL_MS,
  })

export const useHearingLinks = () =>
  useQuery({
    queryKey: ['hearing-links'],
    queryFn: async ({ signal }) => (await load<{ links: HearingLink[] }>('/api/hearing-links', signal)).links,
    refetchInterval: 3 * POLL_MS,
  })

export const useHearingWords = () =>
  useQuery({
    queryKey: ['hearing-words'],
    queryFn: async ({ signal }) => (await load<{ words: HearingWord[] }>('/api/hearing-words', signal)).words,
    refetchInterval: POLL_MS,
  })

/** After something was done about an errand: everything that shows it. */
export const useRenewErrands = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(['errands', 'today', 'airing', 'airings'].map((name) => client.invalidateQueries({ queryKey: [name] })))
}
