import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../platform/context.ts'
import { DELIVER, deliverDirectly, deliverTask, type Subscriber } from '../../platform/facts.ts'
import { startJobs } from '../../platform/jobs.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { addUnits } from '../org/index.ts'
import { addPerson, givePost, POST_CHANGED } from '../people/index.ts'
import { currentRoster, trust } from './index.ts'

const MORNING = Date.parse('2026-11-22T08:00:00+07:00')
const communes = ['xa-a', 'xa-b', 'xa-c', 'xa-d']
const people = Array.from({ length: 20 }, (_, number) => `nguoi-${String(number).padStart(2, '0')}`)
const communeOf = (number: number): string => communes[number % communes.length] ?? ''

let scene: TestContext
beforeAll(async () => {
  scene = await testContext(MORNING)
  const unit = (id: string, kind: 'province' | 'commune', parent: string | null) => ({
    ...{ id, kind, parent, name: id, shortName: id, population: 100, invented: true },
    ...{ gsoCode: null, from: '2025-07-01', to: null, source: 'bịa ra cho bài thử' },
  })
  await addUnits(scene.ctx.db, [unit('tinh', 'province', null), ...communes.map((id) => unit(id, 'commune', 'tinh'))])
  for (const id of people) await addPerson(scene.ctx, { id, name: id, languages: ['vi'], invented: true })
})
afterAll(() => scene.close())

test('twenty posts given at the same moment, before any key or roster is there, leave nothing undone and no complaint', async () => {
  const complaints: string[] = []
  const complain = (words: string, more?: object) => void complaints.push(`${words} ${JSON.stringify(more)}`)
  const ctx: Context = { ...scene.ctx, log: { ...scene.ctx.log, warn: complain, error: complain } }
  const handle = trust.on?.[POST_CHANGED]
  if (handle === undefined) throw new Error('trust does not want to hear of posts')
  const subscribers: Subscriber[] = [{ name: trust.name, kind: POST_CHANGED, handle }]
  const endDirect = deliverDirectly(ctx, subscribers)
  const tasks = { ...trust.tasks, [DELIVER]: deliverTask(subscribers) }
  const jobs = await startJobs({ url: scene.databaseUrl, tasks, context: ctx })
  await Promise.all(
    people.map(async (person, number) => {
      const post = { person, title: '', from: '2026-01-01', to: null }
      // every fifth post is the province's: its holder stands in every roster
      if (number % 5 === 0) await givePost(ctx, { ...post, unit: 'tinh', role: 'leader' })
      else await givePost(ctx, { ...post, unit: communeOf(number), role: 'approver' })
    }),
  )
  await endDirect()
  await jobs.idle()
  await jobs.stop()
  expect(complaints).toEqual([])
  for (const commune of communes) {
    const found = await currentRoster(ctx.db, commune)
    const wanted = people.filter((_, number) => number % 5 === 0 || communeOf(number) === commune)
    expect(found?.roster.people.map(({ person }) => person).sort()).toEqual(wanted)
  }
}, 60_000)
