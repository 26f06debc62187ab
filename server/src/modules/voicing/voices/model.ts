import { z } from 'zod'
import { inherited } from '../inherited.ts'

/** The voice that comes with Loa. It needs nothing of an operator, so it is always the last that is tried. */
export const BUILT_IN_VOICE = 'espeak'

/** Voices that one unit may put in an order. */
export const VOICES_MAX = 10
const RATE_MIN = 0.5
const RATE_MAX = 2

export const accentSchema = z.enum(['north', 'central', 'south'])
export const rateSchema = z.number().min(RATE_MIN).max(RATE_MAX)
/** As a voice's folder is called: it is a part of a path. */
export const voiceIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/)

/** How a unit has its texts read out. */
export type VoiceSettings = {
  readonly accent: z.infer<typeof accentSchema>
  /** 1 is the voice's own speed. */
  readonly rate: number
  /** The first that can speaks; the built-in voice is always among them. */
  readonly voices: readonly string[]
  /** Every sound made for the unit is fitted to horn loudspeakers. */
  readonly hornFilter: boolean
}

const orderSchema = z
  .array(voiceIdSchema)
  .min(1)
  .max(VOICES_MAX)
  .refine((voices) => new Set(voices).size === voices.length)

/** Two or three sentences tell how a voice sounds. */
const SAMPLE_CHARACTERS_MAX = 300

/** What a unit has set itself: a field that is `null` is taken from above. */
export const ownSettingsSchema = z.strictObject({
  accent: accentSchema.nullable(),
  rate: rateSchema.nullable(),
  voices: orderSchema.nullable(),
  hornFilter: z.boolean().nullable(),
})
export type OwnSettings = z.infer<typeof ownSettingsSchema>

/** Where nobody has set anything. The accent is that of the first communes, of Quảng Ngãi and Quảng Nam. */
export const settingsBefore: VoiceSettings = {
  accent: 'central',
  rate: 1,
  voices: [BUILT_IN_VOICE],
  hornFilter: false,
}

/** Settings to be listened to before they are kept, and what is to be heard. */
export const sampleSchema = z.strictObject({
  text: z.string().trim().min(1).max(SAMPLE_CHARACTERS_MAX),
  accent: accentSchema,
  rate: rateSchema,
  voices: orderSchema,
  hornFilter: z.boolean(),
})

const fields = ['accent', 'rate', 'voices', 'hornFilter'] as const
type Field = (typeof fields)[number]

/** Settings as they hold, and the unit each of them comes from: undefined where nobody has set it. */
export type Effective = {
  readonly settings: VoiceSettings
  readonly from: Readonly<Record<Field, string | undefined>>
}

/** The built-in voice is tried after all others, unless it has a place of its own. */
export const withBuiltIn = (voices: readonly string[]): readonly string[] =>
  voices.includes(BUILT_IN_VOICE) ? voices : [...voices, BUILT_IN_VOICE]

/**
 * Field by field, the nearest unit wins: a commune that speaks faster still follows the province when that gets a better
 * voice. `path`: root first, unit last.
 */
export const effectiveSettings = (
  path: readonly string[],
  rows: readonly (OwnSettings & { readonly unit: string })[],
): Effective => {
  const ownOf = new Map(rows.map((row) => [row.unit, row]))
  const found = <F extends Field>(field: F) => inherited<OwnSettings, F>(path, ownOf, field)
  const [accent, rate, voices, hornFilter] = [found('accent'), found('rate'), found('voices'), found('hornFilter')]
  return {
    settings: {
      accent: accent?.value ?? settingsBefore.accent,
      rate: rate?.value ?? settingsBefore.rate,
      voices: withBuiltIn(voices?.value ?? settingsBefore.voices),
      hornFilter: hornFilter?.value ?? settingsBefore.hornFilter,
    },
    from: { accent: accent?.from, rate: rate?.from, voices: voices?.from, hornFilter: hornFilter?.from },
  }
}
