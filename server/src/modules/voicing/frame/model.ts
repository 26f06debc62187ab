import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import { inherited } from '../inherited.ts'

export type AgainRule = 'always' | 'urgent' | 'never'

/** A unit's own sound, as it is kept. */
export type FrameSound = { readonly sound: string; readonly durationMs: number; readonly voicing: string }

/** What stands around a unit's notices, with everything inherited filled in. `null`: none. */
export type Frame = {
  readonly attention: FrameSound | BuiltIn | null
  readonly opening: FrameSound | null
  readonly closing: FrameSound | null
  readonly again: AgainRule
}
export type BuiltIn = { readonly sound: string; readonly durationMs: number; readonly voicing: null }

export const soundFields = ['attention', 'opening', 'closing'] as const
export type SoundField = (typeof soundFields)[number]

/** What a unit has chosen for a sound: `null` is to take what the unit above has. */
export type SoundChoice = { readonly use: 'chime' | 'none' } | { readonly use: 'own'; readonly voicing: string } | null

/** What a unit has chosen. */
export type FrameChoice = Readonly<Record<SoundField, SoundChoice>> & { readonly again: AgainRule | null }

export const nothingChosen: FrameChoice = { attention: null, opening: null, closing: null, again: null }

/** What holds where nobody chose: the built-in chime, no jingles, "I repeat" where it is urgent. */
const byRule = {
  attention: { use: 'chime' },
  opening: { use: 'none' },
  closing: { use: 'none' },
  again: 'urgent',
} as const satisfies FrameChoice

export type Field = SoundField | 'again'

/** A field as it holds for a unit, and the unit that chose it; `null` where it is the rule for all. */
export type InForce<Value> = { readonly value: Value; readonly from: string | null }
export type FrameInForce = Readonly<Record<SoundField, InForce<NonNullable<SoundChoice>>>> & {
  readonly again: InForce<AgainRule>
}

/** Field by field, the nearest unit that chose. `path`: root first, unit last. */
export const frameInForce = (path: readonly string[], chosen: ReadonlyMap<string, FrameChoice>): FrameInForce => {
  const found = <Name extends Field>(field: Name): InForce<NonNullable<FrameChoice[Name]>> =>
    inherited(path, chosen, field) ?? { value: byRule[field] as NonNullable<FrameChoice[Name]>, from: null }
  return {
    attention: found('attention'),
    opening: found('opening'),
    closing: found('closing'),
    again: found('again'),
  }
}

/** An attention sound says "listen", no more; a jingle must not take the airtime of what it stands around. */
export const SECONDS_MAX: Readonly<Record<SoundField, number>> = { attention: 10, opening: 20, closing: 20 }

/** Amplifiers take half a second to wake: what is shorter is a click, and calls nobody. */
const SECONDS_MIN = 1

/** A recording a little over or under by the rounding of its last packet is not refused. */
const SLACK_MS = 50

/** Why a recording cannot stand there. */
export const soundRefusal = (
  field: SoundField,
  { durationMs }: { readonly durationMs: number },
): Refusal | undefined => {
  if (durationMs < SECONDS_MIN * 1_000 - SLACK_MS) return refuse('frame.tooShort', { field, secondsMin: SECONDS_MIN })
  return durationMs > SECONDS_MAX[field] * 1_000 + SLACK_MS
    ? refuse('frame.tooLong', { field, secondsMax: SECONDS_MAX[field] })
    : undefined
}
