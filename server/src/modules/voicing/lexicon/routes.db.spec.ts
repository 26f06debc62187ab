import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import type { Actor } from '../../../kernel/actor.ts'
import { createApp } from '../../../platform/http.ts'
import { silentLog } from '../../../platform/testing.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { propose } from './commands.ts'
import { lexiconRoutes } from './routes.ts'

let town: TestContext
beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
})
afterAll(() => town.close())

const minh: Actor = {
  person: 'minh',
  name: 'Minh',
  languages: ['vi'],
  posts: [{ unit: 'xa-a', role: 'approver', title: '' }],
}

/** The unit's readings as this person sees them, and how often the database was asked for it. */
const seen = async (actor: Actor) => {
  let asked = 0
  const db = town.ctx.db.withPlugin({
    transformQuery: ({ node }) => {
      asked += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const app = createApp({ config: town.ctx.config, log: silentLog })
  app.use('*', (c, next) => {
    c.set('actor' as never, actor as never)
    return next()
  })
  lexiconRoutes(app, { ...town.ctx, db })
  const answer = await app.request('/api/lexicon?unit=xa-a', { headers: { host: '127.0.0.1' } })
  return { asked, ...((await answer.json()) as { entries: { proposedBy: { person: string }; may: object }[] }) }
}

test('a long list of readings asks the database no more often than a short one, and says of each what this person may do', async () => {
  const proposeAs = (person: string, written: string) =>
    propose(town.ctx, { ...minh, person }, { unit: 'xa-a', written, spoken: 'ca', caseSensitive: false })
  await proposeAs('minh', 'Ka 0')
  const one = await seen(minh)
  for (let i = 1; i <= 20; i++) await proposeAs('lan', `Ka ${i}`)
  const many = await seen(minh)
  expect(many.asked).toBe(one.asked)
  expect(many.entries).toHaveLength(21)
  for (const { proposedBy, may } of many.entries) {
    expect(may).toEqual({ decide: proposedBy.person !== 'minh', remove: true })
  }
})
