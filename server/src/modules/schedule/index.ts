import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { releaseIssued } from '../release/index.ts'
import { onIssued } from './issued.ts'
import { routes } from './routes.ts'

export { type Placeable, placeRelease, stopAiring, stopAll } from './commands.ts'
export {
  AIRING_PLANNED,
  AIRING_STOPPED,
  type AiringPlanned,
  type AiringStopped,
  ALL_STOPPED,
  type AllStopped,
} from './facts.ts'
export { type Airing, type AiringState, type Plan, SOON_MS, type Sound, stateOf } from './model.ts'
export { maySee, mayStop } from './policy.ts'
export {
  type AiringQuery,
  airingsBetween,
  airingsById,
  airingsOfRelease,
  comingFor,
  nextAfter,
  type Reach,
  reachOf,
  stoppedFor,
  unitsWithAiringsBetween,
} from './store.ts'

export const schedule: Module<Context, Router> = {
  name: 'schedule',
  routes,
  on: { [releaseIssued]: onIssued },
}
