import { localDate } from '@loa/protocol'
import type { Actor } from '../kernel/actor.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { actorFor } from '../modules/access/index.ts'
import { historyOf, record } from '../modules/audit/index.ts'
import { createSession, sessionsOf } from '../modules/schedule/index.ts'
import type { Context } from '../platform/context.ts'
import { inTransaction } from '../platform/database.ts'
import { demoPeople } from './people.ts'
import list from './sessions.json' with { type: 'json' }

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
/** What the record is asked whether the sessions were made before; they may have been changed or ended since. */
const SUBJECT = 'demo-sessions'

/** Somebody of a commune who holds a role there, as who they are. */
export const demoActor = async (ctx: Context, unit: string, role: Actor['posts'][number]['role']): Promise<Actor> => {
  const person = demoPeople.find((each) => each.unit === unit && each.posts.some((post) => post.role === role))
  const actor = person && (await actorFor(ctx, person.id))
  if (actor === undefined) throw new Error(`the demonstration has no ${role} in ${unit}`)
  return actor
}

/** Makes the sessions of the report for each commune, once in the life of a database, as its officer does. */
export const seedSessions = async (ctx: Context): Promise<void> => {
  if ((await historyOf(ctx.db, SUBJECT)).length > 0) return
  await inTransaction(ctx.db, async (db) => {
    const within: Context = { ...ctx, db }
    const validFrom = localDate(ctx.clock.now())
    const officers = demoPeople.filter(({ posts }) => posts.some(({ role }) => role === 'officer'))
    for (const unit of new Set(officers.map((person) => person.unit))) {
      const officer = await demoActor(within, unit, 'officer')
      for (const { name, from, to, relay } of list.sessions) {
        const hours = { name, from, to, relay: relay as (typeof relay & { at: 'start' }) | null }
        const made = await createSession(within, officer, { ...hours, unit, days: EVERY_DAY, validFrom })
        if (isRefusal(made)) throw new Error(`session "${name}" of ${unit} is refused: ${made.refused}`)
      }
    }
    await record(db, { at: ctx.clock.now(), person: null, action: 'demo.sessions', subject: SUBJECT })
  })
}

/** The sessions of a commune of the demonstration by name. */
export const demoSessions = async (ctx: Context, unit: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await sessionsOf(ctx.db, [unit], localDate(ctx.clock.now()))).map(({ name, session }) => [name, session]))
