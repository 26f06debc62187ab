import { topicRoot } from '@loa/protocol'
import type { Module } from '../../kernel/module.ts'
import { untilIdle } from '../../platform/busy.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { DEVICE_ENROLLED } from '../devices/index.ts'
import { rememberKey } from './commands.ts'
import { openIntake } from './intake.ts'
import { routes } from './routes.ts'

export { RECEIPT_TAKEN, type ReceiptTaken } from './facts.ts'
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
  routes,
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
