import { demo } from './demo/index.ts'
import type { Module } from './kernel/module.ts'
import { access } from './modules/access/index.ts'
import { audit } from './modules/audit/index.ts'
import { devices } from './modules/devices/index.ts'
import { org } from './modules/org/index.ts'
import { people } from './modules/people/index.ts'
import { trust } from './modules/trust/index.ts'
import type { Context } from './platform/context.ts'
import type { Router } from './platform/http.ts'

/** The ordered module list: the map and the law. A module imports only modules above it, only through their index.ts. */
export const modules: readonly Module<Context, Router>[] = [audit, org, people, access, trust, devices, demo]
