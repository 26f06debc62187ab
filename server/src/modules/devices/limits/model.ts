import { type DailySpan, instantOf, isWithin } from '@loa/protocol'
import type { Settings } from '../model.ts'

/** What is asked of every device at a unit; what is absent stays as each device has it. */
export type Limits = {
  readonly volumeMax?: number | undefined
  readonly minutesPerDayMax?: number | undefined
  readonly quiet?: readonly DailySpan[] | undefined
}

/** Any day: quiet hours are the same on each. */
const A_DAY = '2026-01-01'
const MINUTES = Array.from({ length: 1440 }, (_, minute) => minute)
const midnight = instantOf(A_DAY, '00:00')

const isQuiet = (spans: readonly DailySpan[], minute: number): boolean =>
  spans.some((span) => isWithin(span, midnight + minute * 60_000))

/** Whether some minute that was quiet before would not be any more. */
export const shortensQuiet = (before: readonly DailySpan[], after: readonly DailySpan[]): boolean =>
  before.length > 0 && MINUTES.some((minute) => isQuiet(before, minute) && !isQuiet(after, minute))

/** A device's settings under the limits: louder than the cap is turned down to it. */
export const under = (settings: Settings, { volumeMax, minutesPerDayMax, quiet }: Limits): Settings => {
  const cap = volumeMax ?? settings.volumeMax
  return {
    volume: Math.min(settings.volume, cap),
    volumeMax: cap,
    minutesPerDayMax: minutesPerDayMax ?? settings.minutesPerDayMax,
    quiet: quiet ?? settings.quiet,
  }
}

export const saysTheSame = (one: Settings, other: Settings): boolean =>
  one.volume === other.volume &&
  one.volumeMax === other.volumeMax &&
  one.minutesPerDayMax === other.minutesPerDayMax &&
  !shortensQuiet(one.quiet, other.quiet) &&
  !shortensQuiet(other.quiet, one.quiet)

/** What the limits would do to these devices. */
export type Effect = {
  readonly devices: number
  /** Those of them whose settings would change. */
  readonly changed: number
  /** Those that would be turned down now. */
  readonly turnedDown: number
  /** Those that would be quiet for less of the day than now. */
  readonly shortened: number
}

export const effectOf = (devices: readonly Settings[], limits: Limits): Effect => {
  const after = devices.map((before) => ({ before, next: under(before, limits) }))
  return {
    devices: devices.length,
    changed: after.filter(({ before, next }) => !saysTheSame(before, next)).length,
    turnedDown: after.filter(({ before, next }) => next.volume < before.volume).length,
    shortened: after.filter(({ before, next }) => shortensQuiet(before.quiet, next.quiet)).length,
  }
}

/** How many devices have each value, the most frequent first. */
export const tally = <Value>(
  values: readonly Value[],
): readonly { readonly value: Value; readonly devices: number }[] => {
  const groups = Map.groupBy(values, (value) => JSON.stringify(value))
  return [...groups.values()]
    .map((group) => ({ value: group[0] as Value, devices: group.length }))
    .sort((a, b) => b.devices - a.devices)
}
