import { sha256Hex } from '../../../platform/crypto.ts'
import type { Day } from './programme.ts'

/** Names a running order as it was seen: another order, another name. */
export const tokenOf = ({ run, airings }: Pick<Day, 'run' | 'airings'>): string => {
  const standing = airings.map(({ id, stoppedAt }) => (stoppedAt === null ? id : `${id} stopped`))
  return sha256Hex(new TextEncoder().encode([run.own.from, run.own.to, ...standing].join('|'))).slice(0, 16)
}
