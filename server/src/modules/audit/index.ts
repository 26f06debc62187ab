export { check, head, historyOf, type Recorded, record } from './commands.ts'
export type { ChainFault, Entry, Head } from './model.ts'
