import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { UNITS_CHANGED, type UnitsChanged } from '../org/index.ts'
import { bulkRoutes } from './bulk.ts'
import { limitRoutes, TELL } from './limits/routes.ts'
import { pageClusterRoutes, relayToPages } from './page-cluster.ts'
import { listenToDevices } from './presence/listen.ts'
import { sweepPresence } from './presence/sweep.ts'
import { deviceRoutes } from './routes.ts'

import { tellDevicesAt } from './settings.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { sweepTickets } from './tickets/sweep.ts'

export { deviceKey, deviceKeys, enrol, makeCode, makeCodes, stillGood } from './commands.ts'
export {
  DEVICE_CONFIGURED,
  DEVICE_ENROLLED,
  DEVICE_REVOKED,
  type DeviceConfigured,
  type DeviceEnrolled,
  type DeviceRevoked,
} from './facts.ts'
export {
  type CarrierFacts,
  type ClusterRow,
  type ClusterState,
  clusterState,
  type DeviceKind,
  type DeviceRow,
  type NewDevice,
  type PresenceRow,
} from './model.ts'
export { unitsSeenBy, unitsSeenThen } from './overview.ts'
export { type PartRow, partsOf } from './parts/store.ts'
export { maySee as maySeeDevices, mayTendDevices } from './policy.ts'
export { type SampleRow, samplesOf } from './presence/store.ts'
export { type Carrier, carriersOf, type NetworkPulse, networkPulse, reconnectingNow } from './pulse.ts'
export { devicesReaching, type Listens, listensOf, type ReachedDevice } from './reach.ts'
export { deviceOf } from './routes.ts'
export {
  clusterById,
  clustersIn,
  clustersOf,
  countDevices,
  deviceById,
  devicesAt,
  devicesById,
  findClusters,
  findDevices,
  insertClusters as addClusters,
  insertDevices as addDevices,
  namesOfDevices,
} from './store.ts'
export { mendTicket, openTicket } from './tickets/commands.ts'
export { isClockFarOff } from './tickets/model.ts'
export { presentTickets, type TicketShown, ticketSchema } from './tickets/present.ts'
export { findTickets, openTicketCounts, openTicketsOf, ticketsOfDevice } from './tickets/store.ts'

export const devices: Module<Context, Router> = {
  name: 'devices',
  routes: (router, ctx) => {
    bulkRoutes(router, ctx)
    deviceRoutes(router, ctx)
    limitRoutes(router, ctx)
    ticketRoutes(router, ctx)
    pageClusterRoutes(router, ctx)
  },
  on: {
    [UNITS_CHANGED]: (fact, ctx) => {
      const { units } = fact.body as UnitsChanged
      return ctx.enqueue(ctx.db, TELL, { units })
    },
  },
  tasks: { [TELL]: (payload, ctx) => tellDevicesAt(ctx, (payload as { units: readonly string[] }).units) },
  tick: async (ctx) => {
    await sweepPresence(ctx)
    await sweepTickets(ctx)
  },
  start: async (ctx) => {
    await listenToDevices(ctx)
    await relayToPages(ctx)
    return async () => undefined
  },
}
