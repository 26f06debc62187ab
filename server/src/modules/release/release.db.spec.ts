import type { Candidate } from '@loa/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { makeKey } from '../../platform/crypto.ts'
import { createApp, finishApp, type Router } from '../../platform/http.ts'
import { silentLog } from '../../platform/testing.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { access } from '../access/index.ts'
import { addDevices, devices, enrol, makeCode } from '../devices/index.ts'
import { composeSound, requestVoicing, type Sound } from '../voicing/index.ts'
import { propose, releaseById, release as releaseModule, sign, withdraw } from './index.ts'

let town: TestContext
let app: Router
let sound: Sound

const made = <Value>(value: Value): Exclude<Value, { refused: unknown }> => {
  if (isRefusal(value)) throw new Error(value.refused)
  return value as Exclude<Value, { refused: unknown }>
}

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  const asked = { unit: 'xa-a', text: 'Mời họp.', accent: 'north', rate: 1 } as const
  const reading = made(await requestVoicing(town.ctx, asked, 'lan'))
  sound = made(await composeSound(town.ctx, { unit: 'xa-a', class: 'normal', standing: false, reading, repeats: 1 }))
  app = createApp({ config: town.ctx.config, log: silentLog })
  for (const module of [access, devices, releaseModule]) module.routes?.(app, town.ctx)
  finishApp(app, { config: town.ctx.config, log: silentLog })
})
afterAll(() => town.close())

const candidate = (change: Partial<Candidate> = {}): Candidate => ({
  ...{
    v: 1,
    release: town.ctx.ids.next(),
    unit: 'xa-a',
    author: 'lan',
    title: 'Họp',
    class: 'normal',
    audience: ['thon-a1'],
  },
  ...{ notBefore: MORNING, notAfter: MORNING + 86_400_000, hours: [], playsMax: 1, madeAt: MORNING },
  versions: [{ language: 'vi', sound: sound.hash, bytes: sound.bytes, durationMs: sound.durationMs }],
  ...change,
})
const proposed = async (change: Partial<Candidate> = {}) => {
  const made = candidate(change)
  return propose(town.ctx, town.ctx.db, { origin: { kind: 'spec', id: made.release }, candidate: made })
}
const signAs = async (id: string, person: string): Promise<string> => {
  const outcome = await sign(town.ctx, town.ctx.db, id, person)
  return isRefusal(outcome) ? outcome.refused : outcome
}
const issuedNews = async (id: string): Promise<number> =>
  (
    await sql<{ n: number }>`select count(*) as n from fact where subject = ${id} and kind = 'release.issued'`.execute(
      town.ctx.db,
    )
  ).rows[0]?.n ?? -1

test('what is proposed names its sounds, so that devices can fetch them while people still read', async () => {
  const id = await proposed()
  const { rows } = await sql<{ body: object }>`select body from fact where subject = ${id}`.execute(town.ctx.db)
  expect(rows).toMatchObject([
    { body: { release: id, audience: ['thon-a1'], sounds: [{ sound: sound.hash, bytes: sound.bytes }] } },
  ])
})

test('one origin has one release', async () => {
  const origin = { kind: 'spec', id: 'twice' }
  await propose(town.ctx, town.ctx.db, { origin, candidate: candidate() })
  await expect(propose(town.ctx, town.ctx.db, { origin, candidate: candidate() })).rejects.toThrow('release_origin')
})

test('a candidate that a device would not accept is never frozen', async () => {
  await expect(proposed({ audience: [] })).rejects.toThrow()
  await expect(proposed({ playsMax: 0 })).rejects.toThrow()
})

test('eight people who sign one ordinary item at once: it is issued once, with one signature', async () => {
  const id = await proposed()
  const outcomes = await Promise.all(
    ['minh', 'phuc', 'chu-tich', 'minh', 'phuc', 'chu-tich', 'minh', 'phuc'].map((each) => signAs(id, each)),
  )
  expect(outcomes.filter((each) => each === 'issued')).toHaveLength(1)
  expect(outcomes.filter((each) => each === 'input.conflict')).toHaveLength(7)
  expect((await releaseById(town.ctx.db, id))?.signatures).toHaveLength(1)
  expect(await issuedNews(id)).toBe(1)
})

test('one person signing an emergency many times at once is one person', async () => {
  const id = await proposed({ class: 'emergency' })
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => signAs(id, 'minh')))
  expect(outcomes.filter((each) => each === 'signed')).toHaveLength(1)
  expect(await releaseById(town.ctx.db, id)).toMatchObject({ issuedAt: null, signatures: [{ person: 'minh' }] })
  expect([await signAs(id, 'phuc'), await issuedNews(id)]).toEqual(['issued', 1])
})

test('signing and taking back at once: issued or withdrawn, never both', async () => {
  for (let round = 0; round < 8; round += 1) {
    const id = await proposed()
    await Promise.all([signAs(id, 'minh'), withdraw(town.ctx, town.ctx.db, id, 'lan')])
    const release = await releaseById(town.ctx.db, id)
    expect((release?.issuedAt === null) === (release?.withdrawnAt !== null)).toBe(true)
    expect(await issuedNews(id)).toBe(release?.issuedAt === null ? 0 : 1)
  }
})

test('the database itself lets nobody sign twice and nothing be both issued and withdrawn', async () => {
  const id = await proposed({ class: 'emergency' })
  await signAs(id, 'minh')
  const again = sql`insert into release_signature select * from release_signature where release = ${id}`.execute(
    town.ctx.db,
  )
  await expect(again).rejects.toThrow('release_signature_pkey')
  const both = sql`update release set issued_at = made_at, withdrawn_at = made_at where id = ${id}`.execute(town.ctx.db)
  await expect(both).rejects.toThrow('check')
})

test('a release that does not exist is neither signed nor taken back', async () => {
  expect(await signAs('khong-co', 'minh')).toBe('input.notFound')
  expect(isRefusal(await withdraw(town.ctx, town.ctx.db, 'khong-co', 'minh'))).toBe(true)
})

const enrolledIn = async (unit: string): Promise<string> => {
  const id = town.ctx.ids.next()
  await addDevices(town.ctx.db, [{ id, kind: 'cluster', name: unit, unit, invented: true, madeAt: MORNING }])
  const { code } = made(await makeCode(town.ctx, id, null))
  const { secret } = made(await enrol(town.ctx, { code, key: makeKey().key, program: 'spec' }))
  return `${id}.${secret}`
}
const fetchAs = async (shown: string | null, hash: string): Promise<number> => {
  const headers = { host: '127.0.0.1', ...(shown === null ? {} : { authorization: `Bearer ${shown}` }) }
  return (await app.request(`/api/device/sounds/${hash}`, { headers })).status
}

test('a device fetches what is proposed or issued for where it listens, and nothing else', async () => {
  const asked = { unit: 'xa-a', text: 'Chỉ dành cho thôn này.', accent: 'north', rate: 1 } as const
  const own = made(await requestVoicing(town.ctx, asked, 'lan')).sound
  const [inVillage, nextVillage, nextDoor] = [
    await enrolledIn('thon-a1'),
    await enrolledIn('thon-a2'),
    await enrolledIn('thon-b1'),
  ]
  const all = async () => [
    await fetchAs(inVillage, own.hash),
    await fetchAs(nextVillage, own.hash),
    await fetchAs(nextDoor, own.hash),
  ]
  expect(await all()).toEqual([404, 404, 404])
  const versions = [{ language: 'vi', sound: own.hash, bytes: own.bytes, durationMs: own.durationMs }]
  const toVillage = await proposed({ versions })
  expect(await all()).toEqual([200, 404, 404])
  await withdraw(town.ctx, town.ctx.db, toVillage, 'lan')
  expect(await all()).toEqual([404, 404, 404])
  await signAs(await proposed({ versions, audience: ['xa-a'] }), 'minh')
  expect(await all()).toEqual([200, 200, 404])
  expect(await fetchAs(null, own.hash)).toBe(401)
  expect(await fetchAs(inVillage.slice(0, -1), own.hash)).toBe(401)
  expect(await fetchAs(inVillage, encodeURIComponent('../../keys/installation.key'))).toBe(404)
})
