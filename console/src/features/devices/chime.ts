import type { TestMiss, TestResult } from '../../api/network.ts'

/** Clusters that answer for themselves and were asked to sound: heard, not heard, unknown. Those behind gateways stand apart. */
export const askedOf = ({ sounded, notSounded, unknown }: TestResult): number =>
  sounded + notSounded.length + unknown.length

const NAMES_SHOWN = 3

/** The first few names, with their place where the name does not say it, and how many more there are. */
export const namesOf = (misses: readonly TestMiss[]): { names: string[]; more: number } => ({
  names: misses
    .slice(0, NAMES_SHOWN)
    .map(({ name, unitName }) => (name.includes(unitName) ? name : `${name} (${unitName})`)),
  more: Math.max(0, misses.length - NAMES_SHOWN),
})
