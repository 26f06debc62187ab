import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Airing, stopAiring } from '../../server/src/modules/schedule/index.ts'
import { openTown, type Town } from '../../server/src/scene/town.ts'
import { trace } from './trace.ts'

let town: Town
let airing: Airing
let receipt: string

const figure = 'broadcast-minutes.xa-a.2026-11-22.2026-11-22'

beforeAll(async () => {
  town = await openTown()
  const device = await town.device('cum-a1')
  airing = (await town.issue({ title: 'Họp thôn' }))[0] as Airing
  const sent = device.receiptFor(airing)
  receipt = (JSON.parse(sent.body) as { id: string }).id
  await device.send(sent)
  await device.acknowledged(sent)
  await stopAiring(town.ctx, await town.actor('lan'), airing.id)
  await town.settled()
}, 90_000)
afterAll(() => town.close())

const traced = (id: string, kind?: 'figure' | 'receipt' | 'airing') =>
  trace({ db: town.ctx.db, home: town.ctx.config.home }, { kind, id })
const failures = (lines: readonly string[]) => lines.filter((line) => line.includes('✗')).map((line) => line.trim())

describe('[F13] a figure is walked back to who signed it', () => {
  test('and everything on the way holds', async () => {
    const { lines, outcome } = await traced(figure)
    expect(failures(lines)).toEqual([])
    expect(outcome).toBe('holds')
    expect(lines.filter((line) => /^\d+\. /.test(line)).map((line) => line.replace(/^\d+\. (\[.*?\] )?/, ''))).toEqual([
      'Con số “phút phát sóng theo xã”: 1 phút, cộng từ 1 lượt phát.',
      'Thiết bị báo: phát trọn vẹn; đã phát 60 giây.',
      'Lượt phát “Họp thôn” được xếp lịch, sau đó bị dừng.',
      'Đủ chữ ký: bản phát hành có hiệu lực.',
      'Ký duyệt bản phát hành.',
      'Bản phát hành “Họp thôn” được đóng băng để ký.',
    ])
  })

  test('by its id alone, whatever it is the id of', async () => {
    for (const id of [receipt, airing.id, airing.release]) expect((await traced(id)).outcome).toBe('holds')
  })

  test('and what is not there is said to be not there', async () => {
    const { lines, outcome } = await traced('KHONG-CO')
    expect(outcome).toBe('notFound')
    expect(lines).toHaveLength(1)
  })
})

describe('somebody who changes a record is found out', () => {
  const isolated = async (change: string): Promise<readonly string[]> => {
    const { db } = town.database
    const found: string[] = []
    await db
      .transaction()
      .execute(async (trx) => {
        await sql.raw(change).execute(trx)
        const place = { db: trx as unknown as typeof db, home: town.ctx.config.home }
        found.push(...failures((await trace(place, { kind: 'receipt', id: receipt })).lines))
        throw new Error('back as it was')
      })
      .catch((error: Error) => expect(error.message).toBe('back as it was'))
    return found
  }

  const cases: [string, string, string][] = [
    ['more seconds in the books', 'update receipt set seconds_written = 600', 'Dòng trong sổ giống hệt'],
    ['another signature on a receipt', "update receipt set signature = repeat('A', 86) || '=='", 'Chữ ký của thiết bị'],
    ['another body of a receipt', "update receipt set body = replace(body, '60', '61')", 'Chữ ký của thiết bị'],
    ['a wider audience', "update airing set audience = '{xa-a,xa-b}'", 'Lượt phát nằm trong phạm vi đã ký'],
    [
      'another title in the release',
      "update release set body = replace(body, 'Họp thôn', 'Bán đất')",
      'Chữ ký của minh',
    ],
    ['another signer', "update release_signature set person = 'vinh'", 'Khóa này không có trong danh bạ'],
    [
      'a roster nobody signed',
      "update roster set body = replace(body, 'normal', 'drill')",
      'Khóa này không có trong danh bạ',
    ],
    ['somebody else who stopped it', "update airing set stopped_by = 'hoa'", 'Lệnh dừng có trong sổ ghi việc'],
    [
      'a line of the record',
      "update audit_entry set person = 'hoa' where number = 3",
      'Chuỗi sổ ghi việc bị sửa ở dòng 3',
    ],
    [
      'a line taken out of the record',
      'delete from audit_entry where number = 2',
      'Chuỗi sổ ghi việc bị mất dòng ở dòng 2',
    ],
  ]
  test.each(cases)('%s', async (_, change, words) => {
    const found = await isolated(change)
    expect(found.length).toBeGreaterThan(0)
    expect(found.some((line) => line.includes(words))).toBe(true)
  })

  test('another sound in the file', async () => {
    const hash = airing.sounds[0]?.hash ?? ''
    writeFileSync(join(town.ctx.config.home, 'blobs', hash.slice(0, 2), hash.slice(2)), 'tiếng khác')
    const { lines, outcome } = await traced(receipt)
    expect(outcome).toBe('fails')
    expect(failures(lines)).toEqual([expect.stringContaining('đúng mã băm SHA-256')])
  })
})
