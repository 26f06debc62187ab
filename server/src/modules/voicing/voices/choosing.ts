import type { Spoken, Voice, VoiceRefusal } from '../../../platform/context.ts'
import type { Accent } from '../model.ts'

/** A voice as it was called when it spoke. */
export type VoiceName = { readonly id: string; readonly name: string }

/** A voice to try: with the accent it really has, and the one that the unit would rather hear, where that is another. */
export type Candidate = { readonly voice: VoiceName; readonly accent: Accent; readonly wanted: VoiceName | null }

/** The voices of a unit in their order. One that this server does not have goes by its id: asked, it refuses. */
export const candidatesOf = (voice: Pick<Voice, 'list'>, order: readonly string[], accent: Accent): Candidate[] => {
  const installed = new Map(voice.list().map((info) => [info.id, info]))
  const named = (id: string): VoiceName => ({ id, name: installed.get(id)?.name ?? id })
  const [first] = order
  return order.map((id) => {
    const accents = installed.get(id)?.accents ?? [accent]
    return {
      voice: named(id),
      accent: accents.includes(accent) ? accent : (accents[0] ?? accent),
      wanted: first === undefined || first === id ? null : named(first),
    }
  })
}

/** Of several refusals, the one that tells most: what no voice can say is the text's fault, not the voices'. */
export const refusalOfAll = (refusals: readonly VoiceRefusal[]): VoiceRefusal =>
  refusals.find(({ refused }) => refused !== 'voice.unavailable') ?? { refused: 'voice.unavailable' }

/** Pieces of one text belong together: an engine that changes its sample rate between them counts as one that cannot speak. */
export const atOneRate = (
  speak: (text: string) => Promise<Spoken | VoiceRefusal>,
): ((text: string) => Promise<Spoken | VoiceRefusal>) => {
  let first: number | undefined
  return async (text) => {
    const spoken = await speak(text)
    if ('refused' in spoken) return spoken
    first ??= spoken.sampleRate
    return spoken.sampleRate === first ? spoken : { refused: 'voice.unavailable' }
  }
}

export type Tried<Found> = { readonly found: Found } | VoiceRefusal

/**
 * Tries one voice after the other until one speaks the whole text: a notice that changes its voice midway is taken for two.
 * `before` is asked first of each: what a voice has said before, it need not say again.
 */
export const firstThatSpeaks = async <Found>(
  candidates: readonly Candidate[],
  {
    before,
    speak,
  }: {
    readonly before: (candidate: Candidate) => Promise<Found | undefined>
    readonly speak: (candidate: Candidate) => Promise<Spoken | VoiceRefusal>
  },
): Promise<Tried<Found> | { readonly candidate: Candidate; readonly spoken: Spoken }> => {
  const refusals: VoiceRefusal[] = []
  for (const candidate of candidates) {
    const found = await before(candidate)
    if (found !== undefined) return { found }
    const spoken = await speak(candidate)
    if (!('refused' in spoken)) return { candidate, spoken }
    refusals.push(spoken)
  }
  return refusalOfAll(refusals)
}
