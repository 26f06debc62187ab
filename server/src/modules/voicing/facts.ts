/** A text or a recording has become a sound. Subject: the voicing. */
export const voicingMade = 'voicing.made'
export type VoicingMade = { readonly unit: string; readonly kind: 'text' | 'recording'; readonly sound: string }
