import type { Spoken, Voice, VoiceRefusal } from '../../../platform/context.ts'
import type { Accent } from '../model.ts'
import { BUILT_IN_VOICE } from './model.ts'

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

export type Tried<Found> =
  | { readonly found: Found }
  | { readonly candidate: Candidate; readonly spoken: Spoken }
  | VoiceRefusal

type Ways<Found> = {
  readonly before: (candidate: Candidate) => Promise<Found | undefined>
  /** Asks for no further piece of the text once it is not wanted any more. */
  readonly speak: (candidate: Candidate, isWanted: () => boolean) => Promise<Spoken | VoiceRefusal>
}

const always = () => true

/**
 * Tries one voice after the other until one speaks the whole text: a notice that changes its voice midway is taken for two.
 * `before` is asked first of each: what a voice has said before, it need not say again.
 */
export const firstThatSpeaks = async <Found>(
  candidates: readonly Candidate[],
  { before, speak }: Ways<Found>,
  isWanted: () => boolean = always,
): Promise<Tried<Found>> => {
  const refusals: VoiceRefusal[] = []
  for (const candidate of candidates) {
    const found = await before(candidate)
    if (found !== undefined) return { found }
    const spoken = await speak(candidate, isWanted)
    if (!('refused' in spoken)) return { candidate, spoken }
    refusals.push(spoken)
  }
  return refusalOfAll(refusals)
}

/** A wait that is told to end: `over` is met then, and `end` stops waiting for it. */
export type Patience = { readonly over: Promise<void>; readonly end: () => void }

/**
 * The same for a text that cannot wait: once patience is over the built-in voice speaks, whichever stood before it. Where that
 * one cannot, the others are waited for after all; where it is not among them, the text is refused.
 */
export const firstInTime = async <Found>(
  candidates: readonly Candidate[],
  ways: Ways<Found>,
  patience: Patience,
): Promise<Tried<Found>> => {
  const builtIn = candidates.filter(({ voice }) => voice.id === BUILT_IN_VOICE)
  let isWanted = true
  const wanted = firstThatSpeaks(candidates, ways, () => isWanted)
  // what fails when nobody waits for it any more is nobody's concern
  wanted.catch(() => undefined)
  try {
    const isFirst = candidates[0] === builtIn[0]
    const inTime = isFirst ? await wanted : await Promise.race([wanted, patience.over])
    if (inTime !== undefined) return inTime
    const instead = await firstThatSpeaks(builtIn, ways)
    return 'refused' in instead && builtIn.length > 0 ? await wanted : instead
  } finally {
    isWanted = false
    patience.end()
  }
}
