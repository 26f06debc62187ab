import type { Module } from './kernel/module.ts'
import type { Context } from './platform/context.ts'
import type { Router } from './platform/http.ts'

/** The ordered module list: the map and the law. A module imports only modules above it, only through their index.ts. */
export const modules: readonly Module<Context, Router>[] = []
