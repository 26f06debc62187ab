import { z } from '@hono/zod-openapi'
import { idSchema } from '@loa/protocol'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { networkSchema, networkShown } from './overview.ts'
import { sheetOf, sheetSchema } from './sheet.ts'

export const routes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/network',
      summary: 'Sơ đồ mạng lưới: mỗi cụm loa và bộ chuyển tiếp một dấu, và hôm nay đã nghe tới đâu',
      query: z.object({ unit: idSchema.optional() }),
      result: networkSchema,
    },
    ({ query, c }) => networkShown(ctx, actorOf(c), query.unit),
  )
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/clusters/{id}',
      summary: 'Một cụm loa: thiết bị, số đo 24 giờ, đã phát gì, phiếu sửa chữa, các máy đã lắp',
      params: z.object({ id: idSchema }),
      result: sheetSchema,
    },
    ({ params, c }) => sheetOf(ctx, actorOf(c), params.id),
  )
}
