import { keepPreviousData, QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { setServerTime } from '../platform/clock.ts'
import { isOffline, isRefused, load, onSignedOut, post, RefusedError } from './client.ts'
import type * as Api from './types.ts'

/** Everything the server knows, by one name each, so that a change can renew exactly what it touched. */

const PLAYING_POLL_MS = 2000
const QUIET_POLL_MS = 10_000
/** A page whose very purpose is to be up to date asks this often while it is in sight. */
export const WATCHED_POLL_MS = 3000
const OFFLINE_POLL_MS = 4000

const isFinal = (error: unknown): boolean => error instanceof RefusedError && !isOffline(error)

/** What could not be asked without a connection is asked again, without anybody pressing anything. */
export const againWhenOffline = (query: { state: { error: unknown } }): number | false =>
  isOffline(query.state.error) ? OFFLINE_POLL_MS : false

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 1000,
      retry: (count, error) => !isFinal(error) && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always' },
  },
})

// The sign-in form then stands at the same address; what was being written is in the browser's store.
onSignedOut(() => queryClient.setQueryData(['me'], null))

const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Api.Me | null> => {
    try {
      return await load<Api.Me>('/api/me', signal)
    } catch (error) {
      if (error instanceof RefusedError && error.refusal.refused === 'access.signInRequired') return null
      throw error
    }
  },
  staleTime: 60_000,
})

/** The person signed in; `null` when nobody is. */
export const useMe = () => useQuery(meQuery)

/** Asks who is signed in while the page itself is still on its way: on a slow line that is a second sooner. */
export const askWhoEarly = (): void => void queryClient.prefetchQuery(meQuery)

export const useToday = (everyMs = QUIET_POLL_MS) =>
  useQuery({
    queryKey: ['today'],
    queryFn: async ({ signal }) => {
      const today = await load<Api.Today>('/api/today', signal)
      const serverMs = Date.parse(today.now)
      if (!Number.isNaN(serverMs)) setServerTime(serverMs)
      return today
    },
    refetchInterval: (query) => (query.state.data?.playing ? PLAYING_POLL_MS : everyMs),
  })

export const useUnits = () =>
  useQuery({
    queryKey: ['units'],
    queryFn: async ({ signal }) => (await load<{ units: Api.Unit[] }>('/api/units', signal)).units,
    staleTime: 300_000,
  })

export const useTopics = () =>
  useQuery({
    queryKey: ['topics'],
    queryFn: async ({ signal }) => (await load<{ topics: Api.Topic[] }>('/api/topics', signal)).topics,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** A POST that only asks: its refusal is the query's error. */
const inquire = async <T>(path: string, body: unknown): Promise<T> => {
  const answer = await post<T>(path, body)
  if (isRefused(answer)) throw new RefusedError(answer)
  return answer
}

export const useAudience = (units: readonly string[]) =>
  useQuery({
    queryKey: ['audience', [...units].sort()],
    queryFn: () => inquire<Api.Audience>('/api/audience', { units }),
    enabled: units.length > 0,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

export const useReadings = (unit: string, text: string, corrections: Api.Voicing['corrections']) =>
  useQuery({
    queryKey: ['readings', unit, text, corrections],
    refetchInterval: againWhenOffline,
    queryFn: () => inquire<Api.Readings>('/api/readings', { unit, text, corrections }),
    enabled: text.trim() !== '' && unit !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })

export type NoticeFilter = { state?: Api.NoticeState; unit?: string }

export const useNotices = (filter: NoticeFilter, everyMs = QUIET_POLL_MS) => {
  const search = new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString()
  return useQuery({
    queryKey: ['notices', search],
    queryFn: async ({ signal }) =>
      (await load<{ notices: Api.Notice[] }>(`/api/notices${search ? `?${search}` : ''}`, signal)).notices,
    refetchInterval: everyMs,
  })
}

export const useNotice = (id: string | undefined, everyMs: number | false = false) =>
  useQuery({
    queryKey: ['notice', id],
    queryFn: ({ signal }) => load<Api.NoticeWithHistory>(`/api/notices/${id}`, signal),
    enabled: id !== undefined,
    refetchInterval: everyMs,
  })

export const useAirings = (from: string, to: string) =>
  useQuery({
    queryKey: ['airings', from, to],
    queryFn: async ({ signal }) =>
      (await load<{ airings: Api.Airing[] }>(`/api/airings?from=${from}&to=${to}`, signal)).airings,
    refetchInterval: (query) =>
      query.state.data?.some((airing) => airing.state === 'playing') ? PLAYING_POLL_MS : QUIET_POLL_MS,
    placeholderData: keepPreviousData,
  })

export const useAiring = (id: string | undefined) =>
  useQuery({
    queryKey: ['airing', id],
    queryFn: ({ signal }) => load<Api.AiringWithReceipts>(`/api/airings/${id}`, signal),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data?.state === 'playing' ? PLAYING_POLL_MS : QUIET_POLL_MS),
  })

export const useDevices = () =>
  useQuery({
    queryKey: ['devices'],
    queryFn: async ({ signal }) => (await load<{ devices: Api.Device[] }>('/api/devices', signal)).devices,
    refetchInterval: QUIET_POLL_MS,
  })

/** `map`: communes as they are today, or each as it then was. */
export const useMinutes = (from: string, to: string, map: 'now' | 'then' = 'now') =>
  useQuery({
    queryKey: ['minutes', from, to, map],
    queryFn: ({ signal }) =>
      load<Api.Minutes>(`/api/figures/broadcast-minutes?from=${from}&to=${to}&map=${map}`, signal),
    placeholderData: keepPreviousData,
  })

export const useTrace = (kind: Api.TraceKind, id: string | undefined) =>
  useQuery({
    queryKey: ['trace', kind, id],
    queryFn: async ({ signal }) =>
      (await load<{ steps: Api.TraceStep[] }>(`/api/trace/${kind}/${encodeURIComponent(id ?? '')}`, signal)).steps,
    enabled: id !== undefined,
  })

export const useOralBriefings = () =>
  useQuery({
    queryKey: ['oral-briefings'],
    queryFn: async ({ signal }) => {
      const answer = await load<Api.OralBriefing[] | { briefings: Api.OralBriefing[] }>('/api/oral-briefings', signal)
      return Array.isArray(answer) ? answer : answer.briefings
    },
  })

export const useTrust = () =>
  useQuery({
    queryKey: ['trust'],
    queryFn: ({ signal }) => load<Api.Trust>('/api/trust', signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useDemoAccounts = () =>
  useQuery({
    queryKey: ['demo-accounts'],
    queryFn: ({ signal }) => load<Api.DemoAccount[]>('/api/demo-accounts', signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** After a decision about a notice: everything it may have moved. */
export const useRenewNotices = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(['notices', 'notice', 'today', 'airings'].map((name) => client.invalidateQueries({ queryKey: [name] })))
}
