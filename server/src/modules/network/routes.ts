import { z } from '@hono/zod-openapi'
import { idSchema } from '@loa/protocol'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { importGeometry } from './map/commands.ts'
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
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/geometry',
      summary:
        'Nhập bản đồ GeoJSON (WGS 84): vùng có properties.unit, điểm có properties.cluster; tệp sai thì không lưu gì',
      body: z.record(z.string(), z.unknown()),
      result: z.object({
        outlines: z.number().int(),
        clusters: z.number().int(),
        unknown: z.array(z.object({ kind: z.enum(['unit', 'cluster']), id: z.string() })).readonly(),
      }),
    },
    ({ body, c }) => importGeometry(ctx, actorOf(c), body),
  )
}
