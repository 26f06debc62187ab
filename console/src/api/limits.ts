import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { isRefused, load, post, RefusedError } from './client.ts'

export type Span = { from: string; to: string }
type Tally<Value> = { value: Value; devices: number }[]
/** How the devices of a unit stand now. */
export type LimitsStand = {
  devices: number
  volumeMax: Tally<number>
  minutesPerDayMax: Tally<number>
  quiet: Tally<Span[]>
  may: { change: boolean; shorten: boolean }
}
/** What is to be set; what is absent stays as each device has it. */
export type Limits = { volumeMax?: number; minutesPerDayMax?: number; quiet?: Span[] }
export type LimitsEffect = { devices: number; changed: number; turnedDown: number; shortened: number }

export const limitsPath = (unit: string): string => `/api/units/${encodeURIComponent(unit)}/limits`

export const useLimits = (unit: string) =>
  useQuery({
    queryKey: ['limits', unit],
    queryFn: ({ signal }) => load<LimitsStand>(limitsPath(unit), signal),
    enabled: unit !== '',
  })

/** What setting these limits would do. Nothing is set. */
export const useLimitsEffect = (unit: string, limits: Limits | undefined) =>
  useQuery({
    queryKey: ['limits', unit, 'effect', limits],
    queryFn: async () => {
      const answer = await post<LimitsEffect>(`${limitsPath(unit)}/preview`, limits)
      if (isRefused(answer)) throw new RefusedError(answer)
      return answer
    },
    enabled: unit !== '' && limits !== undefined,
    placeholderData: keepPreviousData,
  })
