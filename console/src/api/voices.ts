import { useQuery } from '@tanstack/react-query'
import { load, post, put, type Refused } from './client.ts'
import type { Accent, Voicing } from './types.ts'

export type VoiceSettings = {
  accent: Accent
  rate: number
  /** Tried in this order; the built-in voice is always among them. */
  voices: string[]
  hornFilter: boolean
}
export type SettingName = keyof VoiceSettings
/** What a unit has set itself; `null` is as the unit above has it. */
export type OwnSettings = { [Name in SettingName]: VoiceSettings[Name] | null }

/** Accent and speed of one text. */
export type VoiceChoice = Pick<VoiceSettings, 'accent' | 'rate'>

/** The accent and speed a text was last read out with. */
export const choiceOf = (voicing: Pick<Voicing, 'accent' | 'rate'> | null | undefined): VoiceChoice | undefined =>
  voicing?.accent && voicing.rate ? { accent: voicing.accent, rate: voicing.rate } : undefined

type From = { id: string; name: string } | null
export type EffectiveSettings = VoiceSettings & { from: Record<SettingName, From> }

export type InstalledVoice = {
  id: string
  name: string
  state: 'ready' | 'starting' | 'away'
  accents: Accent[]
  /** Told to those who may change the settings only. */
  trouble: {
    code: 'folderRefused' | 'engineMissing' | 'modelBroken' | 'unreachable' | 'wrongAnswer' | 'tokenRefused'
    detail: string
  } | null
}

export type VoiceSettingsSeen = EffectiveSettings & {
  above: EffectiveSettings
  installed: InstalledVoice[]
  may: { set: boolean }
}

export const BUILT_IN_VOICE = 'espeak'
export const VOICE_SETTINGS = 'voice-settings'

const path = (unit: string, more = '') => `/api/voice-settings${more}?unit=${encodeURIComponent(unit)}`

/** A page that shows whether voices are well looks again this often. */
const WATCH_MS = 15_000

export const useVoiceSettings = (unit: string, { watched = false } = {}) =>
  useQuery({
    queryKey: [VOICE_SETTINGS, unit],
    queryFn: ({ signal }) => load<VoiceSettingsSeen>(path(unit), signal),
    enabled: unit !== '',
    refetchInterval: watched && WATCH_MS,
  })

export const saveVoiceSettings = (unit: string, own: OwnSettings): Promise<VoiceSettingsSeen | Refused> =>
  put<VoiceSettingsSeen>(path(unit), own)

/** Reads a sentence out with settings that are not kept yet. */
export const sampleVoice = (unit: string, asked: VoiceSettings & { text: string }): Promise<Voicing | Refused> =>
  post<Voicing>(path(unit, '/sample'), asked)
