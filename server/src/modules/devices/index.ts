import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { UNITS_CHANGED, type UnitsChanged } from '../org/index.ts'
import { pageClusterRoutes, relayToPages } from './page-cluster.ts'
import { listenToDevices } from './presence/listen.ts'
import { sweepPresence } from './presence/sweep.ts'
import { deviceRoutes } from './routes.ts'
import { tellDevicesAt } from './settings.ts'

export { deviceKey, enrol, makeCode, makeCodes, stillGood } from './commands.ts'
export {
  DEVICE_CONFIGURED,
  DEVICE_ENROLLED,
  DEVICE_REVOKED,
  type DeviceConfigured,
  type DeviceEnrolled,
  type DeviceRevoked,
} from './facts.ts'
export type { ClusterRow, DeviceKind, DeviceRow, NewDevice } from './model.ts'
export { type NetworkPulse, networkPulse } from './pulse.ts'
export { devicesReaching, type Listens, listensOf, type ReachedDevice } from './reach.ts'
export { deviceOf } from './routes.ts'
export {
  clustersOf,
  deviceById,
  devicesAt,
  insertClusters as addClusters,
  insertDevices as addDevices,
  namesOfDevices,
} from './store.ts'

/** The job that tells devices at and below units anew what they listen to: `{ units }`. */
const TELL = 'devices.tellUnits'

export const devices: Module<Context, Router> = {
  name: 'devices',
  routes: (router, ctx) => {
    deviceRoutes(router, ctx)
    pageClusterRoutes(router, ctx)
  },
  tick: sweepPresence,
  on: {
    [UNITS_CHANGED]: (fact, ctx) => {
      const { units } = fact.body as UnitsChanged
      return ctx.enqueue(ctx.db, TELL, { units })
    },
  },
  tasks: { [TELL]: (payload, ctx) => tellDevicesAt(ctx, (payload as { units: readonly string[] }).units) },
  start: async (ctx) => {
    await listenToDevices(ctx)
    await relayToPages(ctx)
    return async () => undefined
  },
}
