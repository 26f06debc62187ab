/**
 * The voice: text in, speech out, over standard input and output. See README.md for the protocol. A program of its own
 * because eSpeak NG is GPL-3.0; any other engine that keeps the protocol can stand in its place.
 */
import engineInfo from '@echogarden/espeak-ng-emscripten/package.json' with { type: 'json' }
import { openEngine } from './engine.ts'
import { endWithReader, serve } from './pipe.ts'

endWithReader()
await serve(`eSpeak NG (${engineInfo.name} ${engineInfo.version})`, await openEngine())
