import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Where a member's identity is kept. The code opens nothing once it is used, but it is not shown in names of files either. */
export const memberFolder = (data: string, code: string): string =>
  join(data, 'members', createHash('sha256').update(code).digest('hex').slice(0, 16))

/** Runs `work` over all items, so many at a time, in order. */
export const within = async <T>(
  atOnce: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = items.values()
  const runner = async (): Promise<void> => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, runner))
}
