import { type Lexicon, read } from '@loa/speech'
import { serveThread } from './thread.ts'

/** The thread behind reading.ts: a text in, its reading out. */
serveThread(({ text, lexicon }: { text: string; lexicon: Lexicon }) => ({ answer: { reading: read(text, lexicon) } }))
