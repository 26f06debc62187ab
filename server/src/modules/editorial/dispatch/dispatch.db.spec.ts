import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import { inTransaction } from '../../../platform/database.ts'
import { createApp, finishApp, type Router } from '../../../platform/http.ts'
import { silentLog } from '../../../platform/testing.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { access, openAccount } from '../../access/index.ts'
import { historyOf } from '../../audit/index.ts'
import { addSuccessions, addUnitEvents, addUnits } from '../../org/index.ts'
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

test('a village named as it was called before, or before it was joined to another, is found as what it is today', async () => {
  const old = (id: string, name: string, from: string, to: string) => ({
    ...{ id, kind: 'village' as const, parent: 'xa-a', name, shortName: name, population: null, invented: true },
    ...{ gsoCode: null, from, to, source: 'bịa ra để thử' },
  })
  const { db } = town.ctx
  await addUnits(db, [
    old('thon-a2', 'Thôn Gò Đồi', '2000-01-01', '2025-07-01'),
    old('thon-cu', 'Thôn Bãi Trên', '2000-01-01', '2025-07-01'),
    old('thon-la', 'Thôn A2', '2000-01-01', '2025-07-01'),
  ])
  const event = { id: 'nhap-thon', on: '2025-07-01', kind: 'merge' as const, unit: null, source: 'bịa ra để thử' }
  const whole = { event: event.id, to: 'thon-a1', basis: 'whole' as const, weight: 1, quality: 'legal' as const }
  await inTransaction(db, async (within) => {
    await addUnitEvents(within, [event])
    await addSuccessions(within, [{ ...whole, from: 'thon-cu' }])
  })
  const words = (villages: string) => `Kính gửi: Các thôn\nMai 24/11/2026 cúp nước ở ${villages}.`
  const placesFor = async (villages: string) => (await propose('lan', 'xa-a', words(villages))).body.places
  expect(await placesFor('thôn Bãi Trên và thôn Gò Đồi')).toMatchObject([
    { unit: 'thon-a1', name: 'Thôn A1', was: 'Thôn Bãi Trên', sure: true },
    { unit: 'thon-a2', name: 'Thôn A2', was: 'Thôn Gò Đồi', sure: true },
  ])
  // a name that a village has today means that village, whoever had it before
  expect(await placesFor('thôn A2')).toMatchObject([{ unit: 'thon-a2', sure: true }])
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
