import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { record } from '../audit/index.ts'
import { carriesSecrecyMark, fileNameCarriesMark } from './classified.ts'

/**
 * Refuses marked matter at the door. Nothing of it is kept, not even in the record: only that something was refused,
 * where, and from whom.
 */
export const refuseClassified = async (
  ctx: Context,
  {
    unit,
    person,
    texts,
    fileName,
  }: { unit: string; person: string; texts: readonly (string | null)[]; fileName?: string },
): Promise<Refusal | undefined> => {
  if (!carriesSecrecyMark(...texts) && !(fileName !== undefined && fileNameCarriesMark(fileName))) return undefined
  await record(ctx.db, { at: ctx.clock.now(), person, action: 'classified.refused', subject: unit, unit })
  return refuse('notice.classified')
}
