import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../../../scene/town.ts'
import { historyOf } from '../../audit/index.ts'
import type { Airing } from '../../schedule/index.ts'

let town: Town
let airing: Airing
const tokens = new Map<string, string>()

const get = async (person: string, path: string) => {
  const answer = await fetch(`${town.server.url}${path}`, {
    headers: { authorization: `Bearer ${tokens.get(person)}` },
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return { status: answer.status, headers: answer.headers, bytes, text: new TextDecoder().decode(bytes) }
}
const lines = (text: string): string[] => text.split('\r\n').filter((line) => line !== '')
const list = '/api/airings.csv?from=2026-11-22&to=2026-11-22'

beforeAll(async () => {
  town = await openTown()
  for (const person of ['lan', 'hoa', 'chu-tich']) {
    await town.signIn(person)
    const answer = await fetch(`${town.server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: person, password: 'một mật khẩu đủ dài' }),
    })
    tokens.set(person, ((await answer.json()) as { token: string }).token)
  }
  const [cluster, gateway] = [await town.device('cum-a1'), await town.device('cong-a')]
  airing = (await town.issue({ title: '=Họp "thôn", 19 giờ' }))[0] as Airing
  const none = { outcome: 'silent', startedAt: null, secondsWritten: 0, reason: 'sound.missing' } as const
  const said = [
    [cluster, cluster.receiptFor(airing, none)],
    [cluster, cluster.receiptFor(airing, { secondsWritten: 39.5, levelDbfs: -18.25 })],
    [gateway, gateway.receiptFor(airing, none)],
  ] as const
  for (const [device, receipt] of said) {
    await device.send(receipt)
    await device.acknowledged(receipt)
  }
}, 90_000)
afterAll(() => town.close())

describe('the list of airings as a table', () => {
  test('opens in a spreadsheet: marked UTF-8, Vietnamese headings, dates as written here, no formula', async () => {
    const { status, headers, bytes, text } = await get('lan', list)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(headers.get('content-disposition')).toBe('attachment; filename="da-phat-2026-11-22-den-2026-11-22.csv"')
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [heading, row, ...more] = lines(text)
    expect(heading?.startsWith('Ngày phát,Giờ phát,Tên tin,Loại tin,Đơn vị phát,Nơi phát')).toBe(true)
    expect(row?.startsWith(`22/11/2026,08:00:00,"'=Họp ""thôn"", 19 giờ",Tin thường,Đơn vị xa-a,Đơn vị xa-a,60,`)).toBe(
      true,
    )
    // own clusters 1 of 2, behind the gateway 3 that it kept silent, nobody of the villages asked, nowhere gone to
    expect(row?.endsWith(`,2,1,0,0,1,3,0,0,3,0,0,0,0,0,0,0,0,${airing.id}`)).toBe(true)
    expect(more).toEqual([])
  })

  const asked: [string, string, string, number][] = [
    ['the other commune sees its own, which is nothing', 'hoa', list, 200],
    ['of a unit of others', 'hoa', `${list}&unit=xa-a`, 404],
    ['of a unit of one’s own', 'lan', `${list}&unit=thon-a1`, 200],
    ['of more than a year', 'lan', '/api/airings.csv?from=2020-01-01&to=2026-11-22', 422],
    ['turned round', 'lan', '/api/airings.csv?from=2026-11-22&to=2026-11-21', 400],
    ['without days', 'lan', '/api/airings.csv', 400],
    ['by nobody', 'nobody', list, 401],
  ]
  test.each(asked)('%s', async (_, person, path, status) => {
    const answer = await get(person, path)
    expect(answer.status).toBe(status)
    if (person !== 'lan') expect(answer.text).not.toContain('Họp')
  })
})

describe('one airing by cluster as a table', () => {
  test('has one line for each cluster, with why it kept silent, and what is only a gateway’s word as that', async () => {
    const { status, text } = await get('lan', `/api/airings/${airing.id}/clusters.csv`)
    const rows = lines(text)
    expect([status, rows.length]).toEqual([200, 6])
    expect(rows[1]).toContain(
      'Đơn vị xa-a,Đơn vị thon-a1,cum-a1,cụm loa tự báo,Thiết bị cum-a1,Phát đủ,Phát đủ,,22/11/2026,',
    )
    expect(rows[1]).toContain('"39,5","-18,2",80,22/11/2026,')
    expect(rows[2]).toContain('cum-a2,cụm loa tự báo,Thiết bị cum-a2,Chưa rõ,,,,,,,,,,,,0,')
    expect(rows[3]).toContain(
      'x1,qua bộ chuyển tiếp,Thiết bị cong-a,Bộ chuyển tiếp báo không phát,Không phát,chưa tải được tiếng,,,',
    )
  })

  test('of another commune is not there; who took which table is on record', async () => {
    expect((await get('hoa', `/api/airings/${airing.id}/clusters.csv`)).status).toBe(404)
    const taken = await historyOf(town.database.db, airing.id)
    expect(taken.map(({ action, person, detail }) => [action, person, detail.rows])).toEqual([
      ['airings.exported', 'lan', 5],
    ])
  })

  test('of the province shows each commune its own clusters only', async () => {
    const wide = (await town.issue({ unit: 'tinh', audience: ['tinh'], signers: ['chu-tich'] }))[0] as Airing
    const counted = await Promise.all(
      ['lan', 'hoa', 'chu-tich'].map(
        async (person) => lines((await get(person, `/api/airings/${wide.id}/clusters.csv`)).text).length - 1,
      ),
    )
    expect(counted).toEqual([5, 1, 6])
  })
})
