/**
 * A bounded table of results that depend on nothing but their key. Used for parsing and for checking signatures, which
 * a fleet in one process, and a manifest that arrives again, would otherwise do many times over.
 */
export const createMemo = (charactersMax = 2_000_000): (<T>(key: string, make: () => T) => T) => {
  const entries = new Map<string, unknown>()
  let characters = 0
  const makeRoom = (): void => {
    for (const oldest of entries.keys()) {
      if (characters <= charactersMax) return
      entries.delete(oldest)
      characters -= oldest.length
    }
  }
  return <T>(key: string, make: () => T): T => {
    if (entries.has(key)) return entries.get(key) as T
    const value = make()
    entries.set(key, value)
    characters += key.length
    makeRoom()
    return value
  }
}
