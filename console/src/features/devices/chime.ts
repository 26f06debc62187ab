import type { TestMiss, TestResult } from '../../api/network.ts'

/** Clusters that answer for themselves: how many were asked to sound. Those behind gateways stand apart. */
export const askedOf = ({ sounded, notSounded }: TestResult): number =>
  sounded + notSounded.filter(({ kind }) => kind === 'cluster').length

const NAMES_SHOWN = 3

/** The first few names, with their place where the name does not say it, and how many more there are. */
export const namesOf = (misses: readonly TestMiss[]): { names: string[]; more: number } => ({
  names: misses
    .slice(0, NAMES_SHOWN)
    .map(({ name, unitName }) => (name.includes(unitName) ? name : `${name} (${unitName})`)),
  more: Math.max(0, misses.length - NAMES_SHOWN),
})
