import { demo } from './demo/index.ts'
import type { Module } from './kernel/module.ts'
import { access } from './modules/access/index.ts'
import { audit } from './modules/audit/index.ts'
import { broadcast } from './modules/broadcast/index.ts'
import { devices } from './modules/devices/index.ts'
import { editorial } from './modules/editorial/index.ts'
import { mergers } from './modules/mergers/index.ts'
import { network } from './modules/network/index.ts'
import { org } from './modules/org/index.ts'
import { people } from './modules/people/index.ts'
import { receipts } from './modules/receipts/index.ts'
import { release } from './modules/release/index.ts'
import { schedule } from './modules/schedule/index.ts'
import { search } from './modules/search/index.ts'
import { statistics } from './modules/statistics/index.ts'
import { trust } from './modules/trust/index.ts'
import { voicing } from './modules/voicing/index.ts'
import type { Context } from './platform/context.ts'
import type { Router } from './platform/http.ts'

/** The ordered module list: the map and the law. A module imports only modules above it, only through their index.ts. */
export const modules: readonly Module<Context, Router>[] = [
  audit,
  org,
  people,
  access,
  trust,
  devices,
  voicing,
  release,
  schedule,
  editorial,
  mergers,
  broadcast,
  receipts,
  network,
  statistics,
  search,
  demo,
]
