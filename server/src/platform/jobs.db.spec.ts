import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turnedClock } from './clock.ts'
import type { Context } from './context.ts'
import { inTransaction } from './database.ts'
import { enqueue, startJobs } from './jobs.ts'
import { silentLog, type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

// the rest of the platform plays no part here
const context = (): Context => ({ db: database.db, clock: turnedClock(0), log: silentLog }) as unknown as Context

describe('jobs', () => {
  it('a job runs after the commit with what was handed to it, and not at all when that is undone', async () => {
    const done: unknown[] = []
    const jobs = await startJobs({
      url: database.url,
      tasks: { read: async (payload) => void done.push(payload) },
      context: context(),
    })
    await inTransaction(database.db, async (db) => {
      await enqueue(db, 'read', { text: 'undone' })
      throw new Error('changed my mind')
    }).catch(() => undefined)
    await inTransaction(database.db, (db) => enqueue(db, 'read', { text: 'Đắk Lắk', list: [1] }))
    await jobs.idle()
    await jobs.stop()
    expect(done).toEqual([{ text: 'Đắk Lắk', list: [1] }])
  })

  it('a job that a killed server held is taken up by the next one at once', async () => {
    await enqueue(database.db, 'read', { text: 'held' })
    await sql`update graphile_worker._private_jobs set locked_at = '2026-11-22', locked_by = 'a worker that is no more',
      attempts = 1`.execute(database.db)
    const { promise, resolve } = Promise.withResolvers<unknown>()
    const jobs = await startJobs({
      url: database.url,
      tasks: { read: async (payload) => resolve(payload) },
      context: context(),
    })
    expect(await promise).toEqual({ text: 'held' })
    await jobs.stop()
  })

  it('a job that another living server holds is left to it', async () => {
    const first = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    let runs = 0
    const read = async () => {
      runs += 1
      first.resolve()
      await finish.promise
    }
    const one = await startJobs({ url: database.url, tasks: { read }, context: context() })
    await enqueue(database.db, 'read', {})
    await first.promise
    const other = await startJobs({ url: database.url, tasks: { read }, context: context() })
    finish.resolve()
    await one.idle()
    await one.stop()
    await other.stop()
    expect(runs).toBe(1)
  })
})
