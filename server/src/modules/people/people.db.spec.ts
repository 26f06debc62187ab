import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { historyOf } from '../audit/index.ts'
import {
  addPerson,
  endPost,
  givePost,
  languagesOf,
  namesOf,
  POST_CHANGED,
  peopleWithRole,
  personName,
  postsOf,
} from './index.ts'

let town: TestContext
beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
})
afterAll(() => town.close())

const db = () => town.ctx.db

const factsAbout = async (person: string) => {
  const { rows } = await sql<{ kind: string; body: object }>`select kind, body from fact where subject = ${person}
    order by id`.execute(db())
  return rows
}

test('a post is held from its first day until the day before its end', async () => {
  await addPerson(town.ctx, { id: 'binh', name: 'Bình', languages: ['vi'], invented: true })
  const post = { person: 'binh', unit: 'xa-a', role: 'approver', title: 'Phó Chủ tịch' } as const
  await givePost(town.ctx, { ...post, from: '2026-03-01', to: '2026-06-01' })
  const held = async (on: string) => (await postsOf(db(), 'binh', on)).map(({ role }) => role)
  expect(await held('2026-02-28')).toEqual([])
  expect(await held('2026-03-01')).toEqual(['approver'])
  expect(await held('2026-05-31')).toEqual(['approver'])
  expect(await held('2026-06-01')).toEqual([])
})

test('a change of a post is announced for the roster, with who, where and when, and recorded', async () => {
  await addPerson(town.ctx, { id: 'cuong', name: 'Cường', languages: ['vi'], invented: true })
  await givePost(
    town.ctx,
    { person: 'cuong', unit: 'xa-b', role: 'officer', title: 'Cán bộ', from: '2026-01-01', to: null },
    'chu-tich',
  )
  const { rows } = await sql<{ id: string }>`select id from post where person = 'cuong'`.execute(db())
  await endPost(town.ctx, { id: rows[0]?.id ?? '', on: '2026-12-01', by: 'chu-tich' })
  const body = { person: 'cuong', unit: 'xa-b', role: 'officer', from: '2026-01-01' }
  expect(await factsAbout('cuong')).toEqual([
    { kind: POST_CHANGED, body: { ...body, to: null } },
    { kind: POST_CHANGED, body: { ...body, to: '2026-12-01' } },
  ])
  expect((await historyOf(db(), 'cuong')).map(({ action, person }) => [action, person])).toEqual([
    ['person.added', null],
    ['post.changed', 'chu-tich'],
    ['post.changed', 'chu-tich'],
  ])
})

test('giving the same post twice changes nothing and announces nothing', async () => {
  const before = await factsAbout('lan')
  await givePost(town.ctx, {
    person: 'lan',
    unit: 'xa-a',
    role: 'officer',
    title: 'lần nữa',
    from: '2026-02-01',
    to: null,
  })
  expect(await factsAbout('lan')).toEqual(before)
})

test('a post that is over, or began the same day, cannot be ended', async () => {
  await givePost(town.ctx, {
    person: 'binh',
    unit: 'xa-b',
    role: 'clerk',
    title: 'Văn thư',
    from: '2026-11-22',
    to: null,
  })
  const { rows } = await sql<{ id: string }>`select id from post where person = 'binh' and role = 'clerk'`.execute(db())
  const id = rows[0]?.id ?? ''
  expect(await endPost(town.ctx, { id, on: '2026-11-22', by: null })).toEqual({ refused: 'input.notFound' })
  expect(await endPost(town.ctx, { id: 'khong-co', on: '2026-12-01', by: null })).toEqual({ refused: 'input.notFound' })
})

test('people with a role are found along the path of a unit, with the days they hold it', async () => {
  const path = ['tinh', 'xa-a', 'thon-a1']
  const approvers = await peopleWithRole(db(), path, 'approver', '2026-11-22')
  expect(approvers.map(({ person }) => person)).toEqual(['minh', 'phuc'])
  expect(approvers[0]).toMatchObject({ unit: 'xa-a', from: '2026-01-01', to: null })
  expect(await peopleWithRole(db(), path, 'approver', '2025-12-31')).toEqual([])
  expect((await peopleWithRole(db(), path, 'leader', '2026-11-22')).map(({ person }) => person)).toEqual(['chu-tich'])
})

test('names and languages are those recorded; somebody unknown is shown by id and understands nothing', async () => {
  expect(await personName(db(), 'lan')).toBe('Hồ Thị Lan')
  expect(await personName(db(), 'khong-co')).toBe('khong-co')
  expect([...(await namesOf(db(), ['lan', 'khong-co']))]).toEqual([['lan', 'Hồ Thị Lan']])
  expect(await languagesOf(db(), 'gia-lang')).toEqual(['cua'])
  expect(await languagesOf(db(), 'khong-co')).toEqual([])
})
