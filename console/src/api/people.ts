import { useQuery, useQueryClient } from '@tanstack/react-query'
import { load } from './client.ts'
import type { Role } from './types.ts'

export type PostHeld = {
  id: string
  unit: string
  unitName: string
  role: Role
  title: string
  from: string
  to: string | null
  may: { end: boolean }
}
export type Person = {
  person: string
  name: string
  languages: string[]
  /** Only told to those who administer the person. */
  username: string | null
  /** The password still is the one that was handed over. */
  oneTimePassword: boolean
  posts: PostHeld[]
  may: { edit: boolean }
}
/** Shown once; the server cannot tell it again. */
export type HandedOver = { username: string; password: string }
export type PostDraft = { unit: string; role: Role; title: string; from: string }

/** The server lists at most so many. */
export const PEOPLE_MAX = 500

export const usePeople = (unit: string) =>
  useQuery({
    queryKey: ['people', unit],
    queryFn: ({ signal }) => load<Person[]>(`/api/people?unit=${encodeURIComponent(unit)}`, signal),
    enabled: unit !== '',
  })

/** After a change of a person or a post: lists of people, and what one may do oneself. */
export const useRenewPeople = () => {
  const client = useQueryClient()
  return () => Promise.all(['people', 'me'].map((name) => client.invalidateQueries({ queryKey: [name] })))
}
