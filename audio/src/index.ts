/** Sound: files in and out, loudness, and the chain that makes a sound fit for a loudspeaker. No clock, no I/O. */
export {
  type BroadcastMade,
  type BroadcastOptions,
  type BroadcastSound,
  prepareBroadcastFrom,
  prepareBroadcastOpus,
  prepareForBroadcast,
} from './broadcast.ts'
export { chime } from './chime.ts'
export { levelsOf } from './levels.ts'
export { type Loudness, measureLoudness } from './loudness.ts'
export { type LoudnessAlong, loudnessAlong } from './loudness-range.ts'
export { decodeOggOpus, type OpusReader, type OpusRefusal, openOggOpus, openOggOpusDecoder } from './opus-read.ts'
export { encodeOggOpus } from './opus-write.ts'
export { BROADCAST_RATE, type Pcm, SOUND_SECONDS_MAX, type SoundRefusal } from './pcm.ts'
export { resample } from './resample.ts'
export { decodeSound, openSound } from './sound.ts'
export { inOrder, keptIfShort, type SoundSource, type SoundStream, sourceOf } from './stream.ts'
export { readWav, writeWav } from './wav.ts'
