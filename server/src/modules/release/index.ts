import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { releaseRoutes } from './routes.ts'

export { propose, type Release, releaseById, releaseOf, releasesById, sign, withdraw } from './commands.ts'
export {
  type Origin,
  type ReleaseIssued,
  type ReleaseProposed,
  type ReleaseSigned,
  type ReleaseWithdrawn,
  releaseIssued,
  releaseProposed,
  releaseSigned,
  releaseWithdrawn,
} from './facts.ts'
export { proposedFor } from './store.ts'

export const release: Module<Context, Router> = { name: 'release', routes: releaseRoutes }
