import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { routes } from './routes.ts'

export const network: Module<Context, Router> = { name: 'network', routes }
