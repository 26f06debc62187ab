import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turnedClock } from './clock.ts'
import type { Context } from './context.ts'
import { inTransaction } from './database.ts'
import { announce, DELIVER, deliverDirectly, deliverTask, type Subscriber } from './facts.ts'
import { enqueue, runJobsOnce } from './jobs.ts'
import { silentLog, type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
const clock = turnedClock(Date.parse('2026-11-22T01:00:00Z'))

beforeAll(async () => {
  database = await testDatabase()
  await sql`create table heard (fact text not null, who text not null)`.execute(database.db)
})
afterAll(() => database.drop())

// the rest of the platform plays no part here
const context = (): Context => ({ db: database.db, clock, log: silentLog }) as unknown as Context

const factOf = (id: string, kind = 'tin.made') => ({
  id,
  kind,
  at: clock.now(),
  subject: 'n1',
  body: { lines: ['một', 'hai'] },
})

const note = (who: string): Subscriber => ({
  name: who,
  kind: 'tin.made',
  handle: async (fact, { db }) => {
    await sql`insert into heard (fact, who) values (${fact.id}, ${who})`.execute(db)
  },
})

const deliver = (subscribers: readonly Subscriber[]) =>
  runJobsOnce({ url: database.url, tasks: { [DELIVER]: deliverTask(subscribers) }, context: context() })

const heard = async (fact: string): Promise<string[]> => {
  const { rows } = await sql<{ who: string }>`select who from heard where fact = ${fact} order by who`.execute(
    database.db,
  )
  return rows.map(({ who }) => who)
}

describe('facts', () => {
  it('a fact announced in a transaction that is undone never happened', async () => {
    await expect(
      inTransaction(database.db, async (db) => {
        await announce(db, factOf('f-undone'))
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    await deliver([note('sau')])
    expect(await heard('f-undone')).toEqual([])
  })

  it('every subscriber of a kind hears a fact once, however often it is delivered', async () => {
    await announce(database.db, factOf('f-1'))
    await enqueue(database.db, DELIVER, { fact: 'f-1' })
    await deliver([note('lịch'), note('sổ'), { ...note('khác'), kind: 'other' }])
    expect(await heard('f-1')).toEqual(['lịch', 'sổ'])
  })

  it('a subscriber that fails loses only its own work and holds up nobody', async () => {
    const broken: Subscriber = {
      name: 'hỏng',
      kind: 'tin.made',
      handle: async (fact, inner) => {
        await note('hỏng').handle(fact, inner)
        throw new Error('no paper in the printer')
      },
    }
    await announce(database.db, factOf('f-2'))
    await deliver([broken, note('sổ')])
    expect(await heard('f-2')).toEqual(['sổ'])
    await enqueue(database.db, DELIVER, { fact: 'f-2' })
    await deliver([note('hỏng'), note('sổ')])
    expect(await heard('f-2')).toEqual(['hỏng', 'sổ'])
  })

  it('a handler receives the fact as it was announced, times and lists included', async () => {
    const seen: unknown[] = []
    await announce(database.db, factOf('f-3'))
    await deliver([{ name: 'xem', kind: 'tin.made', handle: async (fact) => void seen.push(fact) }])
    expect(seen).toEqual([factOf('f-3')])
  })

  it('a command called by a handler that opens its own transaction joins the outer one', async () => {
    await expect(
      inTransaction(database.db, async (outer) => {
        await outer.transaction().execute((inner) => note('trong').handle(factOf('f-4'), { ...context(), db: inner }))
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await heard('f-4')).toEqual([])
  })
})

describe('the direct hand-over of facts', () => {
  it('brings a fact to its subscribers after the commit, and the job finds it handled', async () => {
    const end = deliverDirectly(context(), [note('tay')])
    await inTransaction(database.db, async (db) => {
      await inTransaction(db, (inner) => announce(inner, factOf('f-5')))
      expect(await heard('f-5')).toEqual([])
    })
    await end()
    expect(await heard('f-5')).toEqual(['tay'])
    await deliver([note('tay')])
    expect(await heard('f-5')).toEqual(['tay'])
  })

  it('hands over nothing of a transaction or a savepoint that is undone', async () => {
    const end = deliverDirectly(context(), [note('tay')])
    await inTransaction(database.db, async (db) => {
      await inTransaction(db, async (inner) => {
        await announce(inner, factOf('f-6'))
        throw new Error('undone')
      }).catch(() => undefined)
      await announce(db, factOf('f-7'))
    })
    await end()
    expect([await heard('f-6'), await heard('f-7')]).toEqual([[], ['tay']])
  })
})
