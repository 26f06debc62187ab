import { openThread } from '../../../platform/thread.ts'
import type { Place } from './places.ts'
import type { Proposal } from './propose.ts'

type Work = { readonly text: string; readonly places: readonly Place[] }

const ask = openThread<Work, { readonly proposal: Proposal }>(new URL('./propose-worker.ts', import.meta.url))

/**
 * `proposeDraft` in a thread of its own: thirty thousand characters made for the purpose take up to half a second on a busy machine,
 * which a server that must stop a broadcast at once cannot lend.
 */
export const proposeAside = async (text: string, places: readonly Place[]): Promise<Proposal> =>
  (await ask({ text, places })).proposal
