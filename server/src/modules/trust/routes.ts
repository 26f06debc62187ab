import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import { localIso } from '../../kernel/instant.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { actorOf } from '../access/index.ts'
import { descendantsOf } from '../org/index.ts'
import words from './i18n/trust.vi.json' with { type: 'json' }
import { rootKey, serverKeys } from './keys.ts'
import { newestRosters } from './store.ts'

const keySchema = z.object({ id: z.string(), alg: z.enum(['ed25519', 'p256']), public: z.string() })

const trustSchema = z
  .object({
    rootKey: keySchema,
    serverKeys: z.array(keySchema),
    /** Who holds people's private keys today. */
    keysHeldBy: z.literal('server'),
    words: z.string(),
    rosters: z.array(z.object({ unit: z.string(), version: z.number(), madeAt: z.string() })),
  })
  .openapi('Trust')

export const trustRoutes = (router: Router, ctx: Context): void =>
  endpoint(
    router,
    { method: 'get', path: '/api/trust', summary: 'Thiết bị tin vào khóa nào, ai đang giữ khóa', result: trustSchema },
    async ({ c }) => {
      const posts = actorOf(c).posts.map(({ unit }) => unit)
      const own = await descendantsOf(ctx.db, posts, localDate(ctx.clock.now()))
      const rosters = await newestRosters(ctx.db, own)
      return {
        rootKey: await rootKey(ctx, ctx.db),
        serverKeys: await serverKeys(ctx, ctx.db),
        keysHeldBy: 'server' as const,
        words: words.keysHeldByServer,
        rosters: rosters.map(({ unit, version, madeAt }) => ({ unit, version, madeAt: localIso(madeAt) })),
      }
    },
  )
