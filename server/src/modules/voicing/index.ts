import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { warmUpSound } from '../../platform/sound.ts'
import { voicingRoutes } from './routes.ts'
import { forgetExpired } from './uploads/commands.ts'

export { type Composition, composeAhead, composeSound, lengthsOf } from './airing/commands.ts'
export type { Part } from './airing/model.ts'
export { partSchema, presentPart } from './airing/present.ts'
export { partsOf, partsOfSound } from './airing/store.ts'
export { carriesSecrecyMark } from './classified.ts'
export {
  cleanText,
  requestVoicing,
  type Sound,
  soundsOf,
  takeRecording,
  type Upload,
  type Voicing,
  voicingById,
  voicingsById,
} from './commands.ts'
export { type VoicingMade, voicingMade } from './facts.ts'
export { unitsFramedBy } from './frame/store.ts'
export type { Accent, TextRequest } from './model.ts'
export { presentReadBy, presentWord, readBySchema, timedWordSchema } from './present.ts'
export { presentVoicing, voicingSchema } from './routes.ts'
export { sayReading } from './saying.ts'
export { refuseClassified } from './secrecy.ts'
export { unitsHaving as unitsOfVoicedSound } from './store.ts'
export { voiceSettingsOf } from './voices/commands.ts'
export type { VoiceSettings } from './voices/model.ts'

export const voicing: Module<Context, Router> = {
  name: 'voicing',
  routes: voicingRoutes,
  tick: forgetExpired,
  start: async (ctx) => {
    // not awaited: serving begins meanwhile, and the first to have a text read does not wait for it
    warmUpSound().catch((error: unknown) => ctx.log.warn('Chưa chuẩn bị được phần xử lý âm thanh.', { error }))
    return async () => undefined
  },
}
