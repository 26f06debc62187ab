import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makeCodes } from '../modules/devices/index.ts'
import { type Companion, keepCompanion } from '../platform/companion.ts'
import type { Context } from '../platform/context.ts'
import { demoDevices } from './network.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'simulator', 'src', 'main.ts')

/**
 * What the simulator is given, one line of JSON. `data` is its own folder. A member that has enrolled before goes on with the
 * identity it finds there under its `name`; one that has not uses its `code`. The simulator runs until its input closes.
 */
export type FleetOrders = {
  readonly server: string
  readonly data: string
  readonly members: readonly { readonly code: string; readonly name: string }[]
}

const ordersFor = async (ctx: Context, server: string): Promise<FleetOrders> => {
  const ids = demoDevices(ctx.clock.now()).map(({ id }) => id)
  const codes = await makeCodes(ctx, ids, null)
  return {
    server,
    data: join(ctx.config.home, 'fleet'),
    members: [...codes].map(([name, code]) => ({ name, code })),
  }
}

/** Runs the simulated devices of the demonstration beside the server, whose own address is `server`. */
export const startDemoFleet = (ctx: Context, server: string): Companion | undefined => {
  if (!existsSync(PROGRAM)) return undefined
  const orders = async () => JSON.stringify(await ordersFor(ctx, server))
  return keepCompanion({ program: PROGRAM, name: 'Thiết bị mô phỏng', orders, log: ctx.log })
}
