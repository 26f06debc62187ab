/**
 * A bounded table of results that depend on nothing but their key and its kind. Used for parsing and for checking signatures, which
 * a fleet in one process, and a manifest that arrives again, would otherwise do many times over.
 */
export const createMemo = (charactersMax = 2_000_000): (<T>(key: string, make: () => T, kind?: string) => T) => {
  const kinds = new Map<string, Map<string, unknown>>()
  const entries: { readonly of: Map<string, unknown>; readonly key: string }[] = []
  let oldest = 0
  let characters = 0
  const makeRoom = (): void => {
    for (; characters > charactersMax && oldest < entries.length; oldest++) {
      const entry = entries[oldest]
      entry?.of.delete(entry.key)
      characters -= entry?.key.length ?? 0
    }
    // what was forgotten at the front is let go in large pieces
    if (oldest > 1_000 && oldest * 2 > entries.length) {
      entries.splice(0, oldest)
      oldest = 0
    }
  }
  return <T>(key: string, make: () => T, kind = ''): T => {
    const of = kinds.get(kind) ?? new Map<string, unknown>()
    kinds.set(kind, of)
    if (of.has(key)) return of.get(key) as T
    const value = make()
    of.set(key, value)
    entries.push({ of, key })
    characters += key.length
    makeRoom()
    return value
  }
}
