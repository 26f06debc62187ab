import { levelsOf } from './levels.ts'
import { looksLikeMp3, openMp3 } from './mp3.ts'
import { openOggOpus } from './opus-read.ts'
import { fitted, type Pcm, SOUND_SECONDS_MAX, type SoundRefusal } from './pcm.ts'
import { readAll, type SoundSource } from './stream.ts'
import { looksLikeWav, openWav } from './wav.ts'

/** A sound with no 100 ms louder than this has nothing in it: a microphone that was off. */
export const SILENT_BELOW_DBFS = -60
export const SILENCE_WINDOW_MS = 100

/** The kind is told by the first bytes, never by a file name or a content type. */
function recognised(bytes: Uint8Array): SoundSource | SoundRefusal {
  const [a, b, c, d] = bytes
  if (a === 0x4f && b === 0x67 && c === 0x67 && d === 0x53) return openOggOpus(bytes)
  if (looksLikeWav(bytes)) return openWav(bytes)
  if (looksLikeMp3(bytes)) return openMp3(bytes)
  return { refused: 'sound.formatUnknown' }
}

/**
 * Any accepted sound file (WAVE, Ogg Opus, MP3) as a mono source at its own rate, checked whole but not decoded, or why
 * it is refused; whether it is silent is known only when it is read. Any bytes may be given: it never throws. They are
 * read where they are and must not change meanwhile. Samples may lie beyond full scale.
 */
export function openSound(bytes: Uint8Array): SoundSource | SoundRefusal {
  const source = recognised(bytes)
  if ('refused' in source) return source
  return source.samplesMax > SOUND_SECONDS_MAX * source.sampleRate ? { refused: 'sound.tooLong' } : source
}

/** As `openSound`, the whole sound in memory and scaled to fit −1 … 1. Refused `sound.silent` too. */
export async function decodeSound(bytes: Uint8Array): Promise<Pcm | SoundRefusal> {
  const source = openSound(bytes)
  if ('refused' in source) return source
  const pcm = fitted(await readAll(source))
  const audible = levelsOf(pcm, SILENCE_WINDOW_MS).some((level) => level >= SILENT_BELOW_DBFS)
  return audible ? pcm : { refused: 'sound.silent' }
}
