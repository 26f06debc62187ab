import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { voicingRoutes } from './routes.ts'

export { composedMs } from '../../platform/sound.ts'
export { carriesSecrecyMark } from './classified.ts'
export {
  cleanText,
  composeSound,
  refuseClassified,
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
export type { Accent, TextRequest } from './model.ts'
export { presentVoicing, voicingSchema } from './routes.ts'
export { unitsHaving as unitsOfVoicedSound } from './store.ts'

export const voicing: Module<Context, Router> = { name: 'voicing', routes: voicingRoutes }
