import { z } from '@hono/zod-openapi'
import { idSchema } from '@loa/protocol'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { stopAll } from './commands.ts'
import { ruleRoutes } from './rules/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { timelineRoutes } from './timeline/routes.ts'

/** Airings themselves are shown by `receipts`, which knows what was heard of them. */
export const routes = (router: Router, ctx: Context): void => {
  sessionRoutes(router, ctx)
  timelineRoutes(router, ctx)
  ruleRoutes(router, ctx)
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/stop-all',
      summary: 'Dừng tất cả đang phát ở một đơn vị và cấp dưới',
      tags: ['broadcast'],
      body: z.strictObject({ unit: idSchema }),
      result: z.object({ stopped: z.number().int() }),
    },
    ({ c, body }) => stopAll(ctx, actorOf(c), body.unit),
  )
}
