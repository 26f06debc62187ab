import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'

export { check, head, historyOf, type Recorded, record } from './commands.ts'
export type { ChainFault, Entry, Head } from './model.ts'

export const audit: Module<Context, Router> = { name: 'audit' }
