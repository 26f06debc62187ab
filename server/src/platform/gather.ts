/**
 * Handles together what comes together: everything handed over in one turn of the event loop is one batch. Each caller waits
 * for the batch its own item is in.
 */
export const gather = <T>(take: (batch: readonly T[]) => Promise<void>): ((item: T) => Promise<void>) => {
  let waiting: T[] = []
  let taking: Promise<void> | undefined
  const begin = async (): Promise<void> => {
    await Promise.resolve()
    const batch = waiting
    waiting = []
    taking = undefined
    await take(batch)
  }
  return (item) => {
    waiting.push(item)
    taking ??= begin()
    return taking
  }
}

/**
 * Splits a batch so that nothing of the same key stands twice in one part and the order of each key is kept: for statements that
 * may touch a row only once.
 */
export const inRounds = <T>(batch: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] => {
  const rounds: T[][] = []
  const seen = new Map<string, number>()
  for (const item of batch) {
    const round = seen.get(keyOf(item)) ?? 0
    seen.set(keyOf(item), round + 1)
    rounds[round] ??= []
    rounds[round]?.push(item)
  }
  return rounds
}
