import { z } from '@hono/zod-openapi'
import type { Module } from '../kernel/module.ts'
import { unitsOn } from '../modules/org/index.ts'
import type { Context } from '../platform/context.ts'
import { endpoint, type Router } from '../platform/http.ts'
import town from './network.json' with { type: 'json' }
import { demoPassword, demoPeople } from './people.ts'
import { PROGRAMME, seedProgramme, seedProgrammeLater } from './programme.ts'
import { closeDemoAccounts, seedDemo } from './seed.ts'

export { type FleetOrders, startDemoFleet } from './fleet.ts'
export { demoPassword, demoPeople, firstTwo } from './people.ts'
export { mayHoldDemo, seedDemo } from './seed.ts'

const accountSchema = z.object({
  username: z.string(),
  password: z.string(),
  name: z.string(),
  title: z.string(),
  unitName: z.string(),
})

const accounts = async (ctx: Context): Promise<z.input<typeof accountSchema>[]> => {
  if (!ctx.config.demo) return []
  const names = new Map((await unitsOn(ctx.db, town.ipSince)).map(({ id, name }) => [id, name]))
  return demoPeople.map(({ username, name, unit, posts }) => ({
    username,
    password: demoPassword,
    name,
    title: posts.map(({ title }) => title).join('; '),
    unitName: names.get(unit) ?? unit,
  }))
}

/** The demonstration as a module: seeded before the server opens, its accounts shown on the sign-in page. */
export const demo: Module<Context, Router> = {
  name: 'demo',
  routes: (router, ctx) =>
    endpoint(
      router,
      {
        method: 'get',
        path: '/api/demo-accounts',
        summary: 'Tài khoản dùng thử; trống nếu không phải bản dùng thử',
        result: z.array(accountSchema),
      },
      () => accounts(ctx),
    ),
  tasks: { [PROGRAMME]: (_, ctx) => seedProgramme(ctx) },
  tick: seedProgrammeLater,
  start: async (ctx) => {
    if (!ctx.config.demo) await closeDemoAccounts(ctx)
    else if (!(await seedDemo(ctx))) ctx.log.warn('Cơ sở dữ liệu đã có mạng lưới riêng nên không tạo bản dùng thử.')
    return async () => undefined
  },
}
