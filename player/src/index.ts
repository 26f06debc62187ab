/** The player: the program on a loudspeaker cluster or a gateway, and the parts to run many of them in one process. */
export { createMemo } from './kernel/memo.ts'
export { enrolInto, type StoredIdentity, storedIdentity } from './platform/identity-file.ts'
export { createMemoryJournal, type JournalFile, openJournalFile } from './platform/journal-file.ts'
export { keysFrom, makePrivateKey, random, verify } from './platform/keys.ts'
export {
  createLeanLink,
  type Dial,
  dialTcp,
  type LeanLink,
  type LeanLinkOptions,
  type Wire,
  type WireHooks,
} from './platform/lean-link.ts'
export { createMqttLink, type MqttLinkOptions } from './platform/mqtt-link.ts'
export { createAlsaOutput } from './platform/outputs/alsa.ts'
export { createCrowdOutput, createNullOutput, createVirtualOutput, type Heard } from './platform/outputs/null.ts'
export { createWavOutput } from './platform/outputs/wav.ts'
export { createFetchSound, enrol } from './platform/server-http.ts'
export { createSharedDecoder } from './platform/shared-decoder.ts'
export { openSoundFolder } from './platform/sound-folder.ts'
export { createSystemClock } from './platform/system-clock.ts'
export { createTurnedClock, type TurnedClock } from './platform/turned-clock.ts'
export { createPlayer, type Glance, type Player, type PlayerState } from './player.ts'
export type * from './ports.ts'
