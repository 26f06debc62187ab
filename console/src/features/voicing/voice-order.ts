import { BUILT_IN_VOICE, type InstalledVoice } from '../../api/voices.ts'

/** A voice in the unit's order: as it is on the server, or gone from it. */
export type OrderedVoice = { id: string; name: string; installed: InstalledVoice | undefined }

export const orderedVoices = (order: readonly string[], installed: readonly InstalledVoice[]): OrderedVoice[] =>
  order.map((id) => {
    const found = installed.find((voice) => voice.id === id)
    return { id, name: found?.name ?? id, installed: found }
  })

/** The order with one voice moved by one place; as it is where it cannot go further. */
export const moved = (order: readonly string[], id: string, by: -1 | 1): string[] => {
  const from = order.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return [...order]
  const next = order.filter((each) => each !== id)
  next.splice(to, 0, id)
  return next
}

/** The built-in voice stays: it is what speaks when nothing else can. */
export const mayLeave = (id: string): boolean => id !== BUILT_IN_VOICE

/** A voice that is taken in comes first: it is taken in because it is liked. */
export const takenIn = (order: readonly string[], id: string): string[] => [id, ...order]
