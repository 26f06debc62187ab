import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '../../platform/database.ts'
import { type TestDatabase, testDatabase } from '../../platform/testing.ts'
import { check, historyOf, record } from './index.ts'

const NOON = Date.parse('2026-11-22T12:00:00+07:00')
let town: TestDatabase

beforeAll(async () => {
  town = await testDatabase()
})
afterAll(() => town.drop())

const approve = (number: number) =>
  record(town.db, {
    at: NOON + number * 1000,
    person: 'tam',
    action: 'notice.approved',
    subject: `notice-${number}`,
    unit: 'binh-chuong',
    detail: { revision: number, words: { z: 'cuối', a: 'đầu' } },
  })

beforeEach(async () => {
  await sql`truncate audit_entry`.execute(town.db)
  await sql`update audit_head set number = 0, chain = ''::bytea`.execute(town.db)
  for (let number = 1; number <= 6; number += 1) await approve(number)
})

test('a record nobody has touched checks out up to its head', async () => {
  expect(await check(town.db)).toMatchObject({ number: 6 })
})

const tampered: [string, string, { number: number; fault: string }][] = [
  [
    'an entry whose detail was edited',
    `update audit_entry set detail = '{"revision":9}' where number = 3`,
    { number: 3, fault: 'changed' },
  ],
  [
    'an entry whose person was changed',
    `update audit_entry set person = 'hanh' where number = 1`,
    { number: 1, fault: 'changed' },
  ],
  [
    'an entry moved by one millisecond',
    `update audit_entry set at = at + interval '1 ms' where number = 6`,
    { number: 6, fault: 'changed' },
  ],
  ['an entry removed from the middle', 'delete from audit_entry where number = 4', { number: 4, fault: 'missing' }],
  ['the first entry removed', 'delete from audit_entry where number = 1', { number: 1, fault: 'missing' }],
  ['entries cut off the end', 'delete from audit_entry where number > 4', { number: 5, fault: 'cutOff' }],
  ['every entry removed', 'delete from audit_entry', { number: 1, fault: 'cutOff' }],
  [
    'two entries in each other’s place',
    'update audit_entry set number = case number when 2 then 102 when 5 then 105 else number end;' +
      'update audit_entry set number = case number when 102 then 5 when 105 then 2 else number end',
    { number: 2, fault: 'changed' },
  ],
  [
    'a gap closed by renumbering',
    'delete from audit_entry where number = 2; update audit_entry set number = number + 100 where number > 2;' +
      'update audit_entry set number = number - 101 where number > 100',
    { number: 2, fault: 'changed' },
  ],
]

test.each(tampered)('%s is found', async (_, change, fault) => {
  for (const statement of change.split(';')) await sql.raw(statement).execute(town.db)
  expect(await check(town.db)).toEqual(fault)
})

test('two hundred writers at once make one chain', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, number) => approve(100 + number)))
  expect(await check(town.db)).toMatchObject({ number: 206 })
})

test('an entry of a change that is rolled back was never written, and leaves no gap', async () => {
  const failed = inTransaction(town.db, async (db) => {
    await record(db, { at: NOON, person: null, action: 'notice.approved', subject: 'never' })
    throw new Error('the change fails')
  })
  await expect(failed).rejects.toThrow('the change fails')
  await approve(7)
  expect(await historyOf(town.db, 'never')).toEqual([])
  expect(await check(town.db)).toMatchObject({ number: 7 })
})
