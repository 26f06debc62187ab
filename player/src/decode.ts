import { openOggOpusDecoder } from '@loa/audio'
import type { Decode } from './ports.ts'

/** Decodes a sound for one listener. */
export const decodeAlone: Decode = async (_hash, bytes) => {
  const file = await bytes()
  return file === undefined ? { refused: 'sound.missing' } : openOggOpusDecoder(file)
}
