import { buffer } from 'node:stream/consumers'
import type { Read } from './read.ts'
import { readWatched } from './watched.ts'

/** Far more than anybody wants read out; what is longer is not carried over. */
const CHARACTERS_MAX = 200_000

/** The program behind documents.ts: a file on its input, what it reads as JSON on its output. */
const read: Read = await readWatched(new Uint8Array(await buffer(process.stdin)))
const isTooLong = 'text' in read && read.text.length > CHARACTERS_MAX
process.stdout.write(JSON.stringify(isTooLong ? ({ refused: 'document.tooLong' } satisfies Read) : read), () =>
  process.exit(0),
)
