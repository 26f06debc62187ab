import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import { createApp, finishApp, type Router } from '../../../platform/http.ts'
import { silentLog } from '../../../platform/testing.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { access, openAccount } from '../../access/index.ts'
import { historyOf } from '../../audit/index.ts'
import { editorial } from '../index.ts'

const text = readFileSync(join(import.meta.dirname, 'golden', 'cup-dien.txt'), 'utf8').replaceAll('Nam Thuận', 'A1')
let town: TestContext
let app: Router
const tokens = new Map<string, string>()

type Answer = { readonly status: number; readonly body: Record<string, unknown> & { readonly refused?: string } }

const ask = async (person: string, path: string, body: BodyInit, type = 'application/json'): Promise<Answer> => {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : (body as Uint8Array).length
  const headers = { host: '127.0.0.1', 'content-type': type, 'content-length': String(length) }
  const answer = await app.request(path, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${tokens.get(person) ?? ''}` },
    body,
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}
const propose = (person: string, unit: string, words: string) =>
  ask(person, '/api/dispatches', JSON.stringify({ unit, text: words }))

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  app = createApp({ config: town.ctx.config, log: silentLog })
  for (const module of [access, editorial]) module.routes?.(app, town.ctx)
  finishApp(app, { config: town.ctx.config, log: silentLog })
  for (const person of ['lan', 'tho', 'hai']) {
    await openAccount(town.ctx, { person, username: person, password: `mật khẩu của ${person}` })
    const body = JSON.stringify({ username: person, password: `mật khẩu của ${person}` })
    tokens.set(person, String((await ask(person, '/api/session', body)).body.token))
  }
})
afterAll(() => town.close())

test('an officer has a draft proposed; villages of her commune that are named are found, and nothing is kept', async () => {
  const { status, body } = await propose('lan', 'xa-a', text)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    title: 'Thông báo tạm ngừng cung cấp điện',
    places: [{ unit: 'thon-a1', sure: true }],
  })
  expect(await historyOf(town.ctx.db, 'xa-a')).toEqual([])
})

test.each([
  // who     unit     text                              refused
  ['tho', 'xa-a', text, 'access.notAllowed'],
  ['hai', 'xa-a', text, 'input.notFound'],
  ['lan', 'tinh', text, 'input.notFound'],
  ['lan', 'xa-a', 'a'.repeat(30_001), 'document.tooLong'],
  ['lan', 'xa-a', `TỐI MẬT\n${text}`, 'notice.classified'],
  ['lan', 'xa-a', 'c\u0007', 'text.control'],
])('%s for %s is refused', async (person, unit, words, refused) => {
  expect((await propose(person, unit, words)).body.refused).toBe(refused)
})

test.each([
  ['a text file', 'text/plain', 'Mai cúp nước.', undefined],
  ['a file with a secrecy mark', 'text/plain', 'TUYỆT MẬT\nKế hoạch', 'notice.classified'],
  ['something else under a false name', 'application/pdf', '\u0000\u0001', 'document.formatUnknown'],
])('%s is dropped in', async (_, type, content, refused) => {
  const { body } = await ask('lan', '/api/dispatch-texts?unit=xa-a', new TextEncoder().encode(content), type)
  expect(body.refused).toBe(refused)
  if (refused === undefined) expect(body.text).toBe(content)
})

test('a file of somebody who may not write there is not even read', async () => {
  const bytes = new TextEncoder().encode('x')
  expect((await ask('tho', '/api/dispatch-texts?unit=xa-a', bytes, 'text/plain')).body.refused).toBe(
    'access.notAllowed',
  )
})
