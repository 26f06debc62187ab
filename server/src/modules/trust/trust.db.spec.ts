import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { instantOf, type Roster } from '@loa/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { endPost, givePost } from '../people/index.ts'
import {
  currentRoster,
  refreshRosters,
  rootKey,
  serverKeys,
  signAsPerson,
  signAsServer,
  trust,
  verify,
} from './index.ts'
import { openScene, type Scene } from './scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
beforeEach(async () => {
  await sql`truncate post, roster, signing_key, fact, fact_handled cascade`.execute(scene.ctx.db)
  await scene.reset()
})
afterAll(() => scene.close())

const rosterOf = async (unit: string): Promise<Roster> => {
  const found = await currentRoster(scene.ctx.db, unit)
  if (found === undefined) throw new Error(`no roster of ${unit}`)
  return found.roster
}
const refresh = () => refreshRosters(scene.ctx, scene.ctx.db)

test('keys are made once, also when several ask at the same moment', async () => {
  const { ctx } = scene
  const roots = await Promise.all(Array.from({ length: 8 }, () => rootKey(ctx, ctx.db)))
  expect(new Set(roots.map((key) => key.id)).size).toBe(1)
  expect(await serverKeys(ctx, ctx.db)).toHaveLength(1)
})

test('what the server signs verifies for its purpose and for no other', async () => {
  const { ctx } = scene
  const { body, signatures } = await signAsServer(ctx, ctx.db, 'manifest', '{"v":1}')
  const [key] = await serverKeys(ctx, ctx.db)
  const value = signatures[0]?.value ?? ''
  if (key === undefined) throw new Error('no server key')
  expect(verify(key, 'manifest', body, value)).toBe(true)
  expect(verify(key, 'candidate', body, value)).toBe(false)
  expect(verify(await rootKey(ctx, ctx.db), 'manifest', body, value)).toBe(false)
})

test('no private key can be read from the database alone', async () => {
  const { ctx } = scene
  await signAsPerson(ctx, ctx.db, { person: 'minh', kind: 'candidate', body: '{}' })
  const { rows } = await sql<{ private_key: Uint8Array }>`select private_key from signing_key`.execute(ctx.db)
  // every PKCS #8 Ed25519 key begins with these bytes (RFC 8410)
  const head = '302e020100300506032b6570'
  expect(rows).toHaveLength(1)
  expect(rows.some((row) => Buffer.from(row.private_key).toString('hex').includes(head))).toBe(false)
  expect(readdirSync(join(ctx.config.home, 'keys'))).toEqual(['installation.key'])
  const key = readFileSync(join(ctx.config.home, 'keys', 'installation.key'), 'utf8').trim()
  const dump = await sql<{
    all: string
  }>`select string_agg(row_to_json(signing_key)::text, '') as all from signing_key`.execute(ctx.db)
  expect(dump.rows[0]?.all).not.toContain(key)
})

test('with the key file lost, nothing signs and no new file hides the loss', async () => {
  const { ctx } = scene
  await rootKey(ctx, ctx.db)
  rmSync(join(ctx.config.home, 'keys'), { recursive: true })
  await expect(signAsServer(ctx, ctx.db, 'manifest', '{}')).rejects.toThrow('installation.key is missing')
  await expect(signAsPerson(ctx, ctx.db, { person: 'minh', kind: 'candidate', body: '{}' })).rejects.toThrow(
    'is missing',
  )
})

test('[F40] with the key file lost the server starts all the same, and says what to put back', async () => {
  const { ctx } = scene
  await refresh()
  rmSync(join(ctx.config.home, 'keys'), { recursive: true })
  await givePost(ctx, { person: 'tho', unit: 'xa-a', role: 'approver', title: 'Phó', from: '2026-11-22', to: null })
  const said: string[] = []
  const log = { ...ctx.log, error: (words: string) => void said.push(words) }
  await trust.start?.({ ...ctx, log })
  expect(said.join()).toContain('keys/installation.key')
  expect((await newsOfRosters()).sort()).toEqual(['tinh 1', 'xa-a 1', 'xa-b 1'])
})

test('a private key moved into another person’s row does not open', async () => {
  const { ctx } = scene
  for (const person of ['minh', 'hoa']) await signAsPerson(ctx, ctx.db, { person, kind: 'candidate', body: '{}' })
  await sql`update signing_key set private_key = (select private_key from signing_key where person = 'hoa')
    where person = 'minh'`.execute(ctx.db)
  await expect(signAsPerson(ctx, ctx.db, { person: 'minh', kind: 'candidate', body: '{}' })).rejects.toThrow(
    'does not open',
  )
})

test('a person who holds their own key cannot be signed for', async () => {
  const { ctx } = scene
  await signAsPerson(ctx, ctx.db, { person: 'minh', kind: 'candidate', body: '{}' })
  await sql`update signing_key set private_key = null where person = 'minh'`.execute(ctx.db)
  const answer = await signAsPerson(ctx, ctx.db, { person: 'minh', kind: 'candidate', body: '{}' })
  expect(isRefusal(answer) && answer.refused).toBe('key.missing')
})

test('a commune’s roster covers the commune and all below it, and names its people and those above, nobody from next door', async () => {
  await refresh()
  const roster = await rosterOf('xa-a')
  expect(roster.covers).toEqual(['thon-a1', 'thon-a2', 'xa-a'])
  expect(roster.people.map(({ person, may }) => [person, may.join(' ')])).toEqual([
    ['chu-tich', 'normal priority emergency drill'],
    ['lan', 'emergency drill'],
    ['minh', 'normal priority emergency drill'],
  ])
  expect(roster.servers.map(({ key }) => key)).toEqual(await serverKeys(scene.ctx, scene.ctx.db))
})

test('a province’s roster covers only the province as a whole', async () => {
  await refresh()
  expect(await rosterOf('tinh')).toMatchObject({ covers: ['tinh'], people: [{ person: 'chu-tich' }] })
})

test('a roster is signed by the root key', async () => {
  await refresh()
  const found = await currentRoster(scene.ctx.db, 'xa-a')
  const root = await rootKey(scene.ctx, scene.ctx.db)
  const [signature] = found?.envelope.signatures ?? []
  expect(signature?.key).toBe(root.id)
  expect(verify(root, 'roster', found?.envelope.body ?? '', signature?.value ?? '')).toBe(true)
})

const newsOfRosters = async (): Promise<string[]> => {
  const { rows } = await sql<{ news: string }>`select subject || ' ' || (body->>'version') as news from fact
    where kind = 'roster.issued' order by id`.execute(scene.ctx.db)
  return rows.map((row) => row.news)
}

test('a version rises only in the communes whose content changed, and only then is there news', async () => {
  await refresh()
  await refresh()
  expect((await newsOfRosters()).sort()).toEqual(['tinh 1', 'xa-a 1', 'xa-b 1'])
  const post = { person: 'tho', unit: 'xa-b', role: 'approver', title: 'Phó', from: '2026-11-22', to: null } as const
  await givePost(scene.ctx, post)
  await refresh()
  expect((await newsOfRosters()).sort()).toEqual(['tinh 1', 'xa-a 1', 'xa-b 1', 'xa-b 2'])
})

test('a post held in one commune is looked at there and nowhere else', async () => {
  await refreshRosters(scene.ctx, scene.ctx.db, 'xa-b')
  expect(await newsOfRosters()).toEqual(['xa-b 1'])
})

test('refreshed from several places at once, each version is issued once', async () => {
  await Promise.all([refresh(), refresh(), refresh(), refresh()])
  expect((await newsOfRosters()).sort()).toEqual(['tinh 1', 'xa-a 1', 'xa-b 1'])
})

test('somebody whose post ends stands in the roster up to that midnight, and is gone from the next one', async () => {
  await refresh()
  const { rows } = await sql<{ id: string }>`select id from post where person = 'minh'`.execute(scene.ctx.db)
  await endPost(scene.ctx, { id: rows[0]?.id ?? '', on: '2026-11-22', by: null })
  await refresh()
  expect((await rosterOf('xa-a')).people.map(({ person }) => person)).toEqual(['chu-tich', 'lan'])
})

test('a post with a set end is good until that local midnight', async () => {
  const to = '2026-12-01'
  await givePost(scene.ctx, { person: 'tho', unit: 'xa-a', role: 'approver', title: 'Phó', from: '2026-11-01', to })
  await refresh()
  const entry = (await rosterOf('xa-a')).people.find(({ person }) => person === 'tho')
  expect(entry?.to).toBe(instantOf(to, '00:00'))
})

test('rosters are looked at anew once a local day, since posts begin and end without any news', async () => {
  const { ctx, clock } = scene
  const own = { ...ctx }
  await trust.tick?.(own)
  await givePost(ctx, { person: 'tho', unit: 'xa-a', role: 'approver', title: 'Phó', from: '2026-11-23', to: null })
  await trust.tick?.(own)
  expect(await newsOfRosters()).toHaveLength(3)
  await clock.turnTo(instantOf('2026-11-23', '00:00'))
  await trust.tick?.(own)
  expect((await rosterOf('xa-a')).people.map(({ person }) => person)).toContain('tho')
})
