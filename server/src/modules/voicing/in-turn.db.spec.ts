import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import { createApp, finishApp, type Router } from '../../platform/http.ts'
import { silentLog } from '../../platform/testing.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { access, openAccount } from '../access/index.ts'
import { voicing } from './index.ts'

let town: TestContext
let app: Router

const post = async (
  path: string,
  body: object,
  token = '',
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const headers = { host: '127.0.0.1', 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answer = await app.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const signedIn = async (person: string): Promise<string> => {
  await openAccount(town.ctx, { person, username: person, password: 'mật khẩu' })
  return String((await post('/api/session', { username: person, password: 'mật khẩu' })).body.token)
}

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  app = createApp({ config: town.ctx.config, log: silentLog })
  for (const module of [access, voicing]) module.routes?.(app, town.ctx)
  finishApp(app, { config: town.ctx.config, log: silentLog })
})
afterAll(() => town.close())

test('one person who asks for twenty voices at once is told to wait, and nobody else is kept waiting', async () => {
  const [lan, hai] = [await signedIn('lan'), await signedIn('hai')]
  const voice = (unit: string, text: string, token: string) =>
    post('/api/voicings', { unit, text, accent: 'north', rate: 1 }, token)
  const many = Array.from({ length: 20 }, (_, place) => voice('xa-a', `Mời bà con thôn ${place} ra họp.`, lan))
  const other = await voice('xa-b', 'Mời bà con đi tiêm phòng.', hai)
  const refused = (await Promise.all(many)).filter(({ body }) => body.refused === 'system.busy')
  expect(refused.length).toBeGreaterThan(0)
  expect(other.status).toBe(200)
})
