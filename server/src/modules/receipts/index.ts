import { topicRoot } from '@loa/protocol'
import type { Module } from '../../kernel/module.ts'
import { untilIdle } from '../../platform/busy.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { DEVICE_ENROLLED } from '../devices/index.ts'
import { rememberKey } from './commands.ts'
import { reviewAirings } from './errands/review.ts'
import { errandRoutes } from './errands/routes.ts'
import { exportRoutes } from './export/routes.ts'
import { sweepHearing } from './hearing/commands.ts'
import { publicRoutes } from './hearing/public.ts'
import { hearingRoutes } from './hearing/routes.ts'
import { openIntake } from './intake.ts'
import { routes } from './routes.ts'

export { type ErrandRow, errandById, errandsOfAirings } from './errands/store.ts'
export { RECEIPT_TAKEN, type ReceiptTaken } from './facts.ts'
export { type SaidRow, saidAbout } from './hearing/store.ts'
export { noticeOf } from './present.ts'
export { concerns, type Scope, scopeOf, standsWithin } from './scope.ts'
export {
  airingsOfDevice,
  type DeviceAiring,
  keysOf,
  type LongestRow,
  longestByCommune,
  type ReceiptRow,
  receiptById,
  receiptsOfAiring,
  saidOf,
  soundedOn,
} from './store.ts'

export const receipts: Module<Context, Router> = {
  name: 'receipts',
  routes: (router, ctx) => {
    routes(router, ctx)
    hearingRoutes(router, ctx)
    errandRoutes(router, ctx)
    exportRoutes(router, ctx)
    publicRoutes(router, ctx)
  },
  tick: async (ctx) => {
    await reviewAirings(ctx)
    await sweepHearing(ctx)
  },
  on: { [DEVICE_ENROLLED]: (fact, ctx) => rememberKey(ctx, fact.subject) },
  start: async (ctx) => {
    const intake = openIntake(ctx)
    const words = new TextDecoder()
    await ctx.mqtt.subscribe(`${topicRoot}/up/+/receipt`, async (topic, payload) => {
      intake.push({ topic, payload: words.decode(payload), at: ctx.clock.now() })
    })
    return () => {
      intake.close()
      return untilIdle(ctx.db)
    }
  },
}
