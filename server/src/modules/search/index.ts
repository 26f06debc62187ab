import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { searchRoutes } from './routes.ts'

export const search: Module<Context, Router> = { name: 'search', routes: searchRoutes }
