import { sql } from 'kysely'
import type { Fact } from '../kernel/fact.ts'
import { noteBusy, untilIdle } from './busy.ts'
import type { Context, Db } from './context.ts'
import { afterCommit, at, inTransaction, jsonb, rootOf } from './database.ts'
import { enqueue, type Task } from './jobs.ts'

/** Name of the job that brings a fact to its subscribers. */
export const DELIVER = 'deliver-fact'

/** One who wants facts of a kind; `name` is the module's and, with the fact's id, what makes handling happen once. */
export type Subscriber = {
  readonly name: string
  readonly kind: string
  handle(fact: Fact, context: Context): Promise<void>
}

const direct = new WeakMap<object, (id: string, kind: string) => void>()
/** Facts being handed over at this moment by this process itself: their jobs wait, rather than contend for the same rows. */
const inHand = new WeakMap<object, Map<string, Promise<void>>>()

/**
 * Also hands facts over in this process as soon as their transaction is committed, without waiting for a free worker:
 * "play now" must not queue behind the making of voices. The job stays and finds the fact handled, or handles it after
 * a crash. Returns what ends it, once every hand-over under way is done.
 */
export const deliverDirectly = (context: Context, subscribers: readonly Subscriber[]): (() => Promise<void>) => {
  const deliver = deliverNow(subscribers)
  const wanted = new Set(subscribers.map(({ kind }) => kind))
  const underWay = new Map<string, Promise<void>>()
  inHand.set(context.db, underWay)
  direct.set(context.db, (id, kind) => {
    if (!wanted.has(kind)) return
    // a failure is in the log already, and the job tries again
    const delivering = deliver(id, context)
    const ended = delivering.catch(() => undefined).finally(() => underWay.delete(id))
    underWay.set(id, ended)
    noteBusy(context.db, delivering)
  })
  return async () => {
    direct.delete(context.db)
    await untilIdle(context.db)
    inHand.delete(context.db)
  }
}

/**
 * Writes a fact in the caller's transaction and asks for its delivery. Both become real when the caller commits, and
 * neither does when it rolls back.
 */
export const announce = async (db: Db, fact: Fact): Promise<void> => {
  await sql`insert into fact (id, kind, at, subject, body)
    values (${fact.id}, ${fact.kind}, ${at(fact.at)}, ${fact.subject}, ${jsonb(fact.body)})`.execute(db)
  await enqueue(db, DELIVER, { fact: fact.id })
  const handOver = direct.get(rootOf(db))
  if (handOver !== undefined) afterCommit(db, () => handOver(fact.id, fact.kind))
}

type Known = { readonly fact: Fact; readonly handled: readonly string[] }

/** A fact, and those who have handled it already. */
const load = async (db: Db, id: string): Promise<Known | undefined> => {
  const { rows } = await sql<Fact & { handled: string[] }>`select id, kind, at, subject, body,
      array(select subscriber from fact_handled where fact_id = id) as handled
    from fact where id = ${id}`.execute(db)
  const [row] = rows
  if (row === undefined) return undefined
  const { handled, ...fact } = row
  return { fact, handled }
}

const handleOnce = (fact: Fact, subscriber: Subscriber, context: Context): Promise<void> =>
  inTransaction(context.db, async (db) => {
    const { numAffectedRows } = await sql`insert into fact_handled (fact_id, subscriber, at)
      values (${fact.id}, ${subscriber.name}, ${at(context.clock.now())}) on conflict do nothing`.execute(db)
    if (numAffectedRows === 0n) return
    await subscriber.handle(fact, { ...context, db })
  })

/**
 * Every subscriber of the fact's kind in turn, each in its own transaction. One that fails is written to the log and tried
 * again with growing pauses; the others are not held up, and those done stay done.
 */
const deliverNow =
  (subscribers: readonly Subscriber[]) =>
  async (id: string, context: Context): Promise<void> => {
    const known = await load(context.db, id)
    if (known === undefined) return
    const { fact, handled } = known
    const failures: unknown[] = []
    for (const subscriber of subscribers.filter(({ kind, name }) => kind === fact.kind && !handled.includes(name))) {
      try {
        await handleOnce(fact, subscriber, context)
      } catch (error) {
        failures.push(error)
        context.log.error(`Phần "${subscriber.name}" chưa xử lý được việc "${fact.kind}"; sẽ thử lại.`, {
          fact: id,
          error,
        })
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} subscribers failed on fact ${id}`)
  }

/**
 * The job: brings the fact to whoever has not handled it. Facts may be delivered out of order; a handler looks at the state
 * as it is, not at the order of news.
 */
export const deliverTask = (subscribers: readonly Subscriber[]): Task => {
  const deliver = deliverNow(subscribers)
  return async (payload, context) => {
    const id = (payload as { fact: string }).fact
    await inHand.get(rootOf(context.db))?.get(id)
    await deliver(id, context)
  }
}
