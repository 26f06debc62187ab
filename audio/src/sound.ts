import { levelsOf } from './levels.ts'
import { decodeMp3, looksLikeMp3 } from './mp3.ts'
import { decodeOggOpus } from './opus-read.ts'
import { type Pcm, SOUND_SECONDS_MAX, type SoundRefusal } from './pcm.ts'
import { looksLikeWav, readWav } from './wav.ts'

/** A sound with no 100 ms louder than this has nothing in it: a microphone that was off. */
const SILENT_BELOW_DBFS = -60
const SILENCE_WINDOW_MS = 100

/** The kind is told by the first bytes, never by a file name or a content type. */
async function decoded(bytes: Uint8Array): Promise<Pcm | SoundRefusal> {
  const [a, b, c, d] = bytes
  if (a === 0x4f && b === 0x67 && c === 0x67 && d === 0x53) return decodeOggOpus(bytes)
  if (looksLikeWav(bytes)) return readWav(bytes)
  if (looksLikeMp3(bytes)) return decodeMp3(bytes)
  return { refused: 'sound.formatUnknown' }
}

/**
 * Any accepted sound file (WAVE, Ogg Opus, MP3) as mono sound at its own rate, or why it is refused. Any bytes may be
 * given: it never throws, and memory is bounded by what the bytes really hold and by 30 minutes.
 */
export async function decodeSound(bytes: Uint8Array): Promise<Pcm | SoundRefusal> {
  const pcm = await decoded(bytes)
  if ('refused' in pcm) return pcm
  if (pcm.samples.length > SOUND_SECONDS_MAX * pcm.sampleRate) return { refused: 'sound.tooLong' }
  const audible = levelsOf(pcm, SILENCE_WINDOW_MS).some((level) => level >= SILENT_BELOW_DBFS)
  return audible ? pcm : { refused: 'sound.silent' }
}
