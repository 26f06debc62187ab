import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { turnedClock } from './clock.ts'
import { migrate } from './migrate.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loa-migrations-'))
  await sql`delete from migration`.execute(database.db)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const run = () => migrate({ url: database.url, clock: turnedClock(0), folder })

describe('migrations', () => {
  it('each is applied once, in order, however many servers start at the same moment', async () => {
    write('0001-a.sql', 'create table one_a (x int);')
    write('0002-b.sql', 'alter table one_a add y int;')
    const applied = await Promise.all([run(), run(), run()])
    expect(applied.flat()).toEqual(['0001-a.sql', '0002-b.sql'])
    expect(await run()).toEqual([])
  })

  it('one that fails leaves nothing of itself and keeps those before it', async () => {
    write('0001-a.sql', 'create table two_a (x int);')
    write('0002-b.sql', 'create table two_b (x int); select broken;')
    await expect(run()).rejects.toThrow('migration 0002-b.sql failed')
    const { rows } =
      await sql`select to_regclass('two_a') is not null as a, to_regclass('two_b') is not null as b`.execute(
        database.db,
      )
    expect(rows).toEqual([{ a: true, b: false }])
  })

  it('a file changed after it was applied is refused by name', async () => {
    write('0001-a.sql', 'create table three_a (x int);')
    await run()
    write('0001-a.sql', 'create table three_a (x bigint);')
    await expect(run()).rejects.toThrow('migration 0001-a.sql was changed')
  })

  it('line ends as Windows writes them are no change', async () => {
    write('0001-a.sql', 'create table four_a (\n x int);\n')
    await run()
    write('0001-a.sql', 'create table four_a (\r\n x int);\r\n')
    expect(await run()).toEqual([])
  })

  it('a database of a newer version is left alone', async () => {
    write('0001-a.sql', 'create table five_a (x int);')
    write('0002-b.sql', 'create table five_b (x int);')
    await run()
    rmSync(join(folder, '0002-b.sql'))
    await expect(run()).rejects.toThrow('use the newer version')
  })

  it('a number used twice and a name without a number are refused', async () => {
    write('0001-a.sql', '')
    write('0001-b.sql', '')
    await expect(run()).rejects.toThrow('used twice')
    rmSync(join(folder, '0001-b.sql'))
    write('more.sql', '')
    await expect(run()).rejects.toThrow('expected a name like')
  })
})
