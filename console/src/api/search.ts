import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { load } from './client.ts'

export type HitKind = 'notice' | 'airing' | 'session' | 'unit' | 'cluster' | 'device' | 'ticket' | 'person'
export type Hit = {
  id: string
  title: string
  where: string
  at: string | null
  /** The page of the console that shows it. */
  to: string
  /** What it is more exactly: a code to be worded, or words. */
  note: string | null
}
export type Found = { groups: { kind: HitKind; hits: Hit[] }[] }

/** The server looks at the first hundred characters. */
export const SEARCH_MAX = 100

export const useFound = (line: string) =>
  useQuery({
    queryKey: ['search', line],
    queryFn: ({ signal }) => load<Found>(`/api/search?q=${encodeURIComponent(line)}`, signal),
    enabled: line !== '',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  })
