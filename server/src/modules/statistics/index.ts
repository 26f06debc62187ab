import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { routes } from './routes.ts'

export { figureId, parseFigureId } from './model.ts'
export { type Step, stepOf } from './steps.ts'
export { type Link, type TraceKind, walkFrom } from './walk.ts'

export const statistics: Module<Context, Router> = { name: 'statistics', routes }
