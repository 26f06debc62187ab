import type { Who } from './types.ts'

/** A person's name, whether it came as a record or as plain text. */
export const nameOf = (who: Who | string | null): string =>
  who === null ? '' : typeof who === 'string' ? who : who.name
