import { type Lexicon, type Reading, read } from '@loa/speech'
import { openThread } from './thread.ts'

/**
 * A text of this length is read in ten milliseconds at most, also a hostile one; the cost of a hostile one rises faster than
 * its length (9,000 characters of "A-A-A-…": half a second on a busy machine), which the event loop cannot lend.
 */
const READ_HERE_CHARACTERS_MAX = 1_500
/** Of readings of its own a unit may have two thousand; to make ready so many characters of them takes as long as that text. */
const READY_HERE_CHARACTERS_MAX = 3_000

const isQuick = (text: string, lexicon: Lexicon): boolean =>
  text.length <= READ_HERE_CHARACTERS_MAX &&
  lexicon.reduce((sum, { written, spoken }) => sum + written.length + spoken.length, 0) <= READY_HERE_CHARACTERS_MAX

type Work = { readonly text: string; readonly lexicon: Lexicon }

const ask = openThread<Work, { readonly reading: Reading }>(new URL('./reading-worker.ts', import.meta.url))

/** How a clean text is read out: a short one at once, a long one, or one by a long lexicon, in a thread of its own. The reading is the same. */
export const readAloud = async (text: string, lexicon: Lexicon = []): Promise<Reading> =>
  isQuick(text, lexicon) ? read(text, lexicon) : (await ask({ text, lexicon })).reading
