import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { localIso } from '../../kernel/instant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { recordsBelow } from '../org/index.ts'
import { namesOf } from '../people/index.ts'
import { type LoadedNotice, loadNotices, situationOf, uncheckedOf } from './load.ts'
import { decide } from './model.ts'
import { listNotices } from './store.ts'

/** More than anybody can do in a day; the list of notices holds the rest. */
const OPEN_NOTICES_MAX = 200

/** What waits for a person: to approve, to look at again, to check, to send. */
export const taskSchema = z
  .object({
    kind: z.enum(['approve', 'returned', 'check', 'unsent']),
    notice: z.object({ id: z.string(), title: z.string() }),
    at: z.string(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .openapi('Task')
type Task = z.input<typeof taskSchema>

/** What this person is expected to do with the notice; `undefined`: nothing, it waits for others or for nobody. */
export const taskOf = (notice: LoadedNotice, actor: Actor): Task['kind'] | undefined => {
  const situation = situationOf(notice, actor)
  const own = notice.writers.includes(actor.person)
  if (own && situation.by.rights.write && notice.state === 'returned') return 'returned'
  if (own && situation.by.rights.write && notice.state === 'draft') return 'unsent'
  const unchecked = uncheckedOf(notice)
  if (unchecked.some((language) => !isRefusal(decide('check', situation, { language })))) return 'check'
  const decided = decide('approve', situation)
  return !isRefusal(decided) || decided.refused === 'notice.languageUnchecked' ? 'approve' : undefined
}

/** The person's open tasks, the one that has waited longest first. */
export const tasksOf = async (ctx: Context, actor: Actor): Promise<Task[]> => {
  const posts = actor.posts.map(({ unit }) => unit)
  const units = await recordsBelow(ctx.db, posts, localDate(ctx.clock.now()))
  const wanted = { units, states: ['draft', 'submitted', 'returned'], limit: OPEN_NOTICES_MAX } as const
  const notices = await loadNotices(ctx, ctx.db, await listNotices(ctx.db, wanted))
  const open = notices.flatMap((notice) => {
    const kind = taskOf(notice, actor)
    return kind === undefined ? [] : [{ kind, notice, last: notice.events.at(-1) }]
  })
  const names = await namesOf(
    ctx.db,
    open.flatMap(({ notice, last }) => [notice.author, ...(last ? [last.person] : [])]),
  )
  return open.reverse().map(({ kind, notice, last }) => {
    const by = last?.person ?? notice.author
    return {
      kind,
      notice: { id: notice.id, title: notice.current.title },
      at: localIso(notice.changedAt),
      by: names.get(by) ?? by,
      reason: kind === 'returned' ? (last?.reason ?? null) : null,
    }
  })
}
