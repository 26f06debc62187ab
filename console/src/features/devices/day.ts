import type { Sample } from '../../api/network.ts'

/** The last day of a device, as lines over 24 hours. A sample holds until the next one. */

export const DAY_MS = 86_400_000
/** Width of the strip in its own units: a unit is six minutes. */
export const STRIP_WIDTH = 240

export type Gap = { readonly from: number; readonly to: number }

const sorted = (samples: readonly Sample[]): { at: number; sample: Sample }[] =>
  samples.map((sample) => ({ at: Date.parse(sample.at), sample })).sort((a, b) => a.at - b.at)

/** Spans without a connection within the day before `now`, oldest first. */
export const gapsIn = (samples: readonly Sample[], now: number): Gap[] => {
  const start = now - DAY_MS
  const gaps: Gap[] = []
  const all = sorted(samples)
  for (const [i, { at, sample }] of all.entries()) {
    if (sample.online) continue
    const [from, to] = [Math.max(start, at), Math.min(now, all[i + 1]?.at ?? now)]
    if (to <= from) continue
    const last = gaps.at(-1)
    if (last && last.to === from) gaps[gaps.length - 1] = { from: last.from, to }
    else gaps.push({ from, to })
  }
  return gaps
}

/** Where an instant lies on the strip. */
export const xOf = (at: number, now: number): number =>
  Math.max(0, Math.min(STRIP_WIDTH, ((at - (now - DAY_MS)) / DAY_MS) * STRIP_WIDTH))

export type Range = { readonly least: number; readonly most: number }

/** Smallest and largest of what was measured; `undefined` where nothing was. */
export const rangeOf = (values: readonly (number | null)[]): Range | undefined => {
  const known = values.filter((value): value is number => value !== null)
  return known.length === 0 ? undefined : { least: Math.min(...known), most: Math.max(...known) }
}

/** A stepped line of height `height`; broken where nothing was measured or there was no connection. */
export const lineOf = (
  samples: readonly Sample[],
  measureOf: (sample: Sample) => number | null,
  { now, height, range }: { now: number; height: number; range: Range },
): string => {
  const spread = Math.max(range.most - range.least, 1e-9)
  const all = sorted(samples)
  return all
    .map(({ at, sample }, i) => {
      const value = sample.online ? measureOf(sample) : null
      const end = xOf(all[i + 1]?.at ?? now, now)
      const x = xOf(at, now)
      if (value === null || end <= x) return ''
      const y = range.most === range.least ? height / 2 : height - ((value - range.least) / spread) * height
      return `M${x.toFixed(1)} ${y.toFixed(1)}H${end.toFixed(1)}`
    })
    .join('')
}

/** Full hours of the local clock (UTC+7) every six hours within the day before `now`. */
export const hoursIn = (now: number): number[] => {
  const SIX_MS = 6 * 3_600_000
  const OFFSET_MS = 7 * 3_600_000
  const first = Math.ceil((now - DAY_MS + OFFSET_MS) / SIX_MS) * SIX_MS - OFFSET_MS
  return [0, 1, 2, 3].map((i) => first + i * SIX_MS).filter((at) => at <= now)
}

export type Strength = 'strong' | 'fair' | 'weak'

/** Received power of a mobile network: from −85 dBm good, below −100 dBm poor (as 4G modems commonly grade it). */
export const strengthOf = (dbm: number): Strength => (dbm >= -85 ? 'strong' : dbm >= -100 ? 'fair' : 'weak')
