import { localDate } from '@loa/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mayHoldDemo } from '../../server/src/demo/index.ts'
import { access } from '../../server/src/modules/access/index.ts'
import { villagesOfStation } from '../../server/src/modules/org/index.ts'
import { currentRoster, refreshRosters } from '../../server/src/modules/trust/index.ts'
import { createApp, finishApp } from '../../server/src/platform/http.ts'
import { type TestContext, testContext } from '../../server/src/platform/testing-context.ts'
import { addPersonWithAccount, addUnit, changePassword, first, idFrom, listUnits } from './commands.ts'

let place: TestContext

beforeEach(async () => {
  place = await testContext(Date.parse('2026-11-22T01:00:00Z'))
})
afterEach(() => place.close())

const root = { unit: 'Tỉnh Quảng Ngãi', name: 'Nguyễn Văn A', username: 'A', password: 'mật khẩu của a' }
const commune = { parent: 'tinh-quang-ngai', kind: 'commune', name: 'Xã Bình Sơn' } as const

const signIn = async (username: string, password: string) => {
  const { ctx } = place
  const app = createApp({ config: ctx.config, log: ctx.log })
  access.routes?.(app, ctx)
  finishApp(app, { config: ctx.config, log: ctx.log })
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' }
  const answer = await app.request('/api/session', {
    method: 'POST',
    headers,
    body: JSON.stringify({ username, password }),
  })
  return (await answer.json()) as { refused?: string; me?: { name: string; posts: { role: string; unit: string }[] } }
}

describe('an installation in earnest', () => {
  test('on an empty database the first person becomes administrator of the root unit and can sign in', async () => {
    expect(await first(place.ctx, root)).toHaveProperty('done')
    const { me } = await signIn('a', root.password)
    expect(me?.name).toBe(root.name)
    expect(me?.posts).toMatchObject([{ role: 'administrator', unit: 'tinh-quang-ngai' }])
  })

  test('a second root unit is refused, and changes nothing', async () => {
    await first(place.ctx, root)
    expect(await first(place.ctx, { ...root, unit: 'Tỉnh Khác', username: 'b' })).toHaveProperty('refused')
    expect(await signIn('b', root.password)).toHaveProperty('refused')
  })

  test('a province of the same name as the demonstration is not taken for it', async () => {
    await first(place.ctx, { ...root, unit: 'Quảng Ngãi' })
    expect(await mayHoldDemo(place.ctx)).toBe(false)
  })

  test('units hang in their order, a station has its villages, and the list shows every id', async () => {
    await first(place.ctx, root)
    await addUnit(place.ctx, commune)
    await addUnit(place.ctx, { parent: 'xa-binh-son', kind: 'village', name: 'Thôn 1' })
    const station = { parent: 'xa-binh-son', kind: 'station', name: 'Đài Bình Sơn', villages: ['thon-1'] } as const
    expect(await addUnit(place.ctx, station)).toHaveProperty('done')
    const on = localDate(place.clock.now())
    expect(await villagesOfStation(place.ctx.db, 'dai-binh-son', on)).toEqual(['thon-1'])
    const listed = await listUnits(place.ctx)
    expect('done' in listed && listed.done.map((line) => line.trim().split(' ')[0])).toEqual([
      'tinh-quang-ngai',
      'xa-binh-son',
      'dai-binh-son',
      'thon-1',
    ])
  })

  test('a unit that hangs nowhere, in the wrong place or under a taken id is refused', async () => {
    await first(place.ctx, root)
    await addUnit(place.ctx, commune)
    for (const wrong of [
      { ...commune, parent: 'khong-co' },
      { ...commune, kind: 'village' as const },
      { ...commune, id: 'xa-binh-son' },
      { ...commune, id: 'xã có dấu' },
    ])
      expect(await addUnit(place.ctx, wrong)).toHaveProperty('refused')
  })

  test('a person gets a post and an account; the one who approves stands in the roster of the commune', async () => {
    await first(place.ctx, root)
    await addUnit(place.ctx, commune)
    const approver = {
      unit: 'xa-binh-son',
      role: 'approver',
      title: 'Chủ tịch',
      name: 'Trần B',
      username: 'b',
    } as const
    expect(await addPersonWithAccount(place.ctx, { ...approver, password: 'mật khẩu của b' })).toHaveProperty('done')
    expect((await signIn('b', 'mật khẩu của b')).me?.posts).toMatchObject([{ role: 'approver', unit: 'xa-binh-son' }])
    await refreshRosters(place.ctx, place.ctx.db)
    expect((await currentRoster(place.ctx.db, 'xa-binh-son'))?.roster.people).toHaveLength(1)
    const village = { parent: 'xa-binh-son', kind: 'village', name: 'Thôn 1' } as const
    await addUnit(place.ctx, village)
    expect((await currentRoster(place.ctx.db, 'xa-binh-son'))?.roster.covers).toContain('thon-1')
  })

  test('a user name is given once', async () => {
    await first(place.ctx, root)
    const again = { unit: 'tinh-quang-ngai', role: 'officer', title: 'Cán bộ', name: 'B', username: 'A' } as const
    expect(await addPersonWithAccount(place.ctx, { ...again, password: 'mật khẩu của b' })).toHaveProperty('refused')
  })

  test('a new password opens the account and the old one does not', async () => {
    await first(place.ctx, root)
    expect(await changePassword(place.ctx, { username: 'A', password: 'mật khẩu mới' })).toHaveProperty('done')
    expect(await signIn('a', 'mật khẩu mới')).toHaveProperty('me')
    expect(await signIn('a', root.password)).toHaveProperty('refused')
    expect(await changePassword(place.ctx, { username: 'z', password: 'mật khẩu mới' })).toHaveProperty('refused')
  })
})

test('an id is made of what every keyboard has', () => {
  expect(idFrom('Xã Đông Sơn (mới)')).toBe('xa-dong-son-moi')
})
