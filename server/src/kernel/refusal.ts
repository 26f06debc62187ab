/**
 * Refusals: the things that a user may rightly be told "no" about. They are values, never thrown; what is thrown is
 * a bug or a broken part. The code is stable (it is in the API and in tests); the sentence a person reads is in
 * console/src/i18n under `refusal.<code>` and in server/src/kernel/refusals.vi.ts for callers without a console.
 */
export type Refusal = { readonly refused: RefusalCode; readonly detail?: Readonly<Record<string, string | number>> }

import type { RefusalCode } from './refusals.ts'

export type { RefusalCode } from './refusals.ts'

export const refuse = (refused: RefusalCode, detail?: Refusal['detail']): Refusal =>
  detail === undefined ? { refused } : { refused, detail }

export const isRefusal = (value: unknown): value is Refusal =>
  // a record may hold `refused: null` to say that nothing was; only a code makes it a refusal
  typeof value === 'object' && value !== null && 'refused' in value && typeof value.refused === 'string'
