/** The latest messages of a unit and of its neighbours. */
const kept = 4

/**
 * Hands out one copy for equal bytes that come one after another, as thousands of devices in one process are told the same at
 * the same moment: what is read from a message, and found out about it, is then found again without going through its text.
 */
export const createSameBytes = (): ((bytes: Uint8Array) => Uint8Array) => {
  let latest: readonly Buffer[] = []
  return (bytes) => {
    const known = latest.find((each) => each.equals(bytes))
    if (known !== undefined) return known
    const own = Buffer.from(bytes)
    latest = [own, ...latest.slice(0, kept - 1)]
    return own
  }
}
