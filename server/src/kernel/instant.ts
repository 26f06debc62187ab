import { type Instant, LOCAL_OFFSET_MINUTES } from '@loa/protocol'

/** An instant as the API writes it: ISO 8601 with the offset of Viet Nam, `2026-11-22T17:05:00.000+07:00`. */
export const localIso = (at: Instant): string =>
  new Date(at + LOCAL_OFFSET_MINUTES * 60_000).toISOString().replace('Z', '+07:00')
