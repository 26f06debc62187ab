import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeSchema } from './schema.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

it('server/db/schema.sql is what the migrations add up to (else: npm run generate)', async () => {
  const kept = readFileSync(join(import.meta.dirname, '..', '..', 'db', 'schema.sql'), 'utf8')
  expect(await describeSchema(database.db)).toBe(kept.replaceAll('\r\n', '\n'))
})
