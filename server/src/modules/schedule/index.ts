import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { releaseIssued } from '../release/index.ts'
import { onIssued } from './issued.ts'
import { SETTLE, settle, settleNow } from './order/settle.ts'
import { routes } from './routes.ts'

export { stopAiring, stopAll } from './commands.ts'
export {
  AIRING_PLANNED,
  AIRING_STOPPED,
  AIRING_SUPERSEDED,
  type AiringPlanned,
  type AiringStopped,
  type AiringSuperseded,
  ALL_STOPPED,
  type AllStopped,
} from './facts.ts'
export { type Asking, refusalOfPlan } from './fitting.ts'
export { planRelease } from './issued.ts'
export {
  type Airing,
  type AiringKind,
  type AiringState,
  LATE_START_MS,
  PLACEMENTS_MAX,
  type Plan,
  planSchema,
  SOON_MS,
  type Sound,
  type StandingRole,
  stateOf,
} from './model.ts'

import { CAPTURE, captureNow } from './placing.ts'

export { type Once, placeOnce, takeOff } from './placing.ts'
export { type Placeable, placeRelease } from './plans.ts'
export { maySee, mayStop } from './policy.ts'
export { refusalForOthers, setAirtimeRule, setRepeatRules } from './rules/commands.ts'
export { type OnBehalf, onBehalfSchema } from './rules/model.ts'
export { runsOfPlan } from './runs.ts'
export { confirmSession, createSession, type Wish as SessionWish } from './sessions/commands.ts'
export { refusalOf as refusalOfSession, type SessionRun, type SessionVersion } from './sessions/model.ts'
export { endSessionsOf, moveSessions, restoreSessions, type SessionsUndo, sessionsOf } from './sessions/moving.ts'
export { searchSessions } from './sessions/store.ts'
export { type StandingLost, standingOf, standingsLostWith } from './standing.ts'
export {
  type AiringQuery,
  airingsBetween,
  airingsById,
  airingsOfRelease,
  comingFor,
  lockPlacedFor,
  nextAfter,
  type Reach,
  reachOf,
  searchAirings,
  stoppedFor,
  unitsWithAiringsBetween,
} from './store.ts'

export const schedule: Module<Context, Router> = {
  name: 'schedule',
  routes,
  on: { [releaseIssued]: onIssued },
  tasks: { [SETTLE]: (payload, ctx) => settle(ctx, payload), [CAPTURE]: (payload, ctx) => captureNow(ctx, payload) },
  tick: settleNow,
}
