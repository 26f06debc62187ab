import { type Receipt, topics } from '@loa/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeKey } from '../../platform/crypto.ts'
import { type ScriptedDevice, signReceipt } from '../../scene/device.ts'
import { openTown, type Town, today } from '../../scene/town.ts'
import type { Airing } from '../schedule/index.ts'
import { takeReceipts } from './commands.ts'

let town: Town
let device: ScriptedDevice
let airing: Airing

beforeAll(async () => {
  town = await openTown()
  device = await town.device('cum-a1')
}, 60_000)
afterAll(() => town.close())
beforeEach(async () => {
  await sql`truncate receipt, receipt_rejected`.execute(town.database.db)
  await town.clock.turnBy(1000)
  airing = (await town.issue())[0] as Airing
})

type Row = {
  id: string
  body: string
  clock_trusted: boolean
  seconds_written: number
  received_at: number
  started_at: number
}
const kept = async (): Promise<Row[]> =>
  (await sql<Row>`select * from receipt order by id`.execute(town.database.db)).rows

type Aside = { code: string; well_signed: boolean; receipt: string | null }
const aside = async (): Promise<Aside[]> =>
  (await sql<Aside>`select code, well_signed, receipt from receipt_rejected order by id`.execute(town.database.db)).rows

const factsOf = async (subject: string): Promise<string[]> =>
  (
    await sql<{ receipt: string }>`select jsonb_array_elements_text(body -> 'receipts') as receipt from fact
    where kind = 'receipt.taken' and subject = ${subject} order by 1`.execute(town.database.db)
  ).rows.map((row) => row.receipt)

const take = (payload: string, from = device.id) =>
  takeReceipts(town.ctx, [{ topic: topics.receipt(from), payload, at: town.clock.now() }])

describe('[F13] a receipt', () => {
  test('is taken in, told to whoever counts, and acknowledged', async () => {
    const receipt = device.receiptFor(airing)
    await device.send(receipt)
    await device.acknowledged(receipt)
    const { id } = JSON.parse(receipt.body) as Receipt
    expect((await kept()).map((row) => row.body)).toEqual([receipt.body])
    expect(await factsOf(airing.id)).toEqual([id])
  })

  test('is kept once however often it is sent, and acknowledged every time', async () => {
    const receipt = device.receiptFor(airing)
    const payload = JSON.stringify(receipt)
    const answers = [
      await take(payload),
      await take(payload),
      ...(await Promise.all([take(payload), take(payload), take(payload)])),
    ]
    const { id } = JSON.parse(receipt.body) as Receipt
    expect(answers).toEqual(Array.from({ length: 5 }, () => [{ device: 'cum-a1', ids: [id] }]))
    expect((await kept()).map((row) => row.id)).toEqual([id])
    expect(await factsOf(airing.id)).toEqual([id])
  })

  test('twice in one batch counts once', async () => {
    const payload = JSON.stringify(device.receiptFor(airing))
    const topic = topics.receipt(device.id)
    const acknowledged = await takeReceipts(
      town.ctx,
      [1, 2].map((later) => ({ topic, payload, at: town.clock.now() + later })),
    )
    expect(acknowledged.map(({ ids }) => ids.length)).toEqual([1])
    expect(await kept()).toHaveLength(1)
  })

  test('of four hundred sent at once none is lost and none is kept twice', async () => {
    const receipts = Array.from({ length: 400 }, () => device.receiptFor(airing))
    await Promise.all([...receipts, ...receipts].map((receipt) => device.send(receipt)))
    await Promise.all(receipts.map((receipt) => device.acknowledged(receipt)))
    await town.settled()
    expect((await kept()).map((row) => row.body).sort()).toEqual(receipts.map(({ body }) => body).sort())
  }, 30_000)

  test('made with the key of before is still taken after the device got a new one', async () => {
    const before = device.receiptFor(airing)
    await town.settled()
    const again = await town.device('cum-a1')
    expect(again.epoch).toBe(device.epoch + 1)
    const after = again.receiptFor(airing)
    expect((await take(JSON.stringify(before))).length).toBe(1)
    expect((await take(JSON.stringify(after))).length).toBe(1)
    expect(await kept()).toHaveLength(2)
    device = again
  })
})

describe('[F13] a receipt that cannot be taken in', () => {
  const stranger = makeKey()
  const said = (differs: Partial<Receipt>): Receipt => ({
    ...(JSON.parse(device.receiptFor(airing).body) as Receipt),
    ...differs,
  })

  // title, what arrives, code, acknowledged
  const cases: [string, () => string, string, boolean][] = [
    [
      'signed with a key nobody knows',
      () => JSON.stringify(signReceipt(stranger, said({}))),
      'receipt.badSignature',
      false,
    ],
    [
      'with a changed body',
      () => {
        const { body, signatures } = device.receiptFor(airing)
        return JSON.stringify({ body: body.replace('"secondsWritten":60', '"secondsWritten":61'), signatures })
      },
      'receipt.badSignature',
      false,
    ],
    [
      'without a signature',
      () => JSON.stringify({ ...device.receiptFor(airing), signatures: [] }),
      'receipt.badSignature',
      false,
    ],
    [
      'in the name of another device',
      () => JSON.stringify(device.receiptFor(airing, { device: 'cum-b1', id: 'cum-b1.1.1' })),
      'receipt.foreign',
      false,
    ],
    [
      'of a key that was never ours',
      () => JSON.stringify(device.receiptFor(airing, { epoch: 77, id: 'cum-a1.77.1', counter: 1 })),
      'receipt.epochUnknown',
      false,
    ],
    ['that is no receipt', () => '{"body":"{}","signatures":[]}', 'receipt.malformed', false],
    ['that is nothing at all', () => '\u0000\uD800', 'receipt.malformed', false],
    [
      'of an airing that is gone',
      () => JSON.stringify(device.receiptFor(airing, { airing: 'GONE' })),
      'receipt.airingUnknown',
      true,
    ],
    [
      'of another release',
      () => JSON.stringify(device.receiptFor(airing, { release: 'OTHER' })),
      'receipt.releaseForeign',
      true,
    ],
  ]
  test.each(cases)('%s', async (_, make, code, acknowledged) => {
    const payload = make()
    const answers = [await take(payload), await take(payload)]
    expect(answers.map((answer) => answer.length > 0)).toEqual([acknowledged, acknowledged])
    expect((await aside()).map((row) => [row.code, row.well_signed])).toEqual([[code, acknowledged]])
    expect(await kept()).toEqual([])
  })

  test('because its number was used for something else is kept beside the first', async () => {
    const first = device.receiptFor(airing)
    const { counter, id } = JSON.parse(first.body) as Receipt
    const second = device.receiptFor(airing, { counter, id, secondsWritten: 3600 })
    await take(JSON.stringify(first))
    expect((await take(JSON.stringify(second))).length).toBe(1)
    expect((await kept()).map((row) => row.body)).toEqual([first.body])
    expect(await aside()).toEqual([{ code: 'receipt.conflict', well_signed: true, receipt: id }])
  })

  test('from a device that does not exist leaves a trace and no answer', async () => {
    const receipt = said({ device: 'ma', id: 'ma.1.1', epoch: 1, counter: 1 })
    expect(await take(JSON.stringify(signReceipt(stranger, receipt)), 'ma')).toEqual([])
    expect((await aside()).map((row) => row.code)).toEqual(['receipt.deviceUnknown'])
  })

  test('does not stand in the way of the one beside it', async () => {
    const good = device.receiptFor(airing)
    await device.send('\u0000 rác')
    await device.send(device.receiptFor(airing, { unit: 'khong-co' }))
    await device.send(good)
    await device.acknowledged(good)
    expect((await kept()).map((row) => row.body)).toContain(good.body)
  })

  test('from a device that was revoked does not count, also with a key of before', async () => {
    const revoked = await town.device('cum-a2')
    const receipt = revoked.receiptFor(airing)
    expect(await take(JSON.stringify(receipt), 'cum-a2')).toHaveLength(1)
    await sql`update device set revoked_at = made_at where id = 'cum-a2'`.execute(town.database.db)
    expect(await take(JSON.stringify(revoked.receiptFor(airing)), 'cum-a2')).toEqual([])
    expect((await aside()).map((row) => row.code)).toEqual(['receipt.deviceUnknown'])
    expect(await kept()).toHaveLength(1)
  })

  test('cannot fill the disk: of forged ones only the newest hundred of a device stay', async () => {
    const forged = Array.from({ length: 130 }, (_, counter) => JSON.stringify({ forged: counter }))
    await takeReceipts(
      town.ctx,
      forged.map((payload, place) => ({ topic: topics.receipt(device.id), payload, at: today('08:00') + place })),
    )
    expect(await aside()).toHaveLength(100)
  })
})

describe('a device whose clock is wrong', () => {
  const cases: [string, Partial<Receipt>, boolean][] = [
    ['is believed when it is in time', {}, true],
    ['is not believed when it says so itself', { clockTrusted: false }, false],
    ['is not believed an hour ahead', { startedAt: today('10:00'), endedAt: today('10:01') }, false],
    ['is not believed in 1970', { startedAt: 1000, endedAt: 61_000 }, false],
  ]
  test.each(cases)('%s; what it said is kept as it said it', async (_, differs, believed) => {
    const receipt = device.receiptFor(airing, differs)
    await town.clock.turnBy(60_000)
    await take(JSON.stringify(receipt))
    const said = JSON.parse(receipt.body) as Receipt
    const [row] = await kept()
    expect(row).toMatchObject({ clock_trusted: believed, started_at: said.startedAt, received_at: town.clock.now() })
  })
})

describe('[F13] when something dies', () => {
  test('between the commit and the acknowledgement, the receipt sent again is acknowledged and counts once', async () => {
    const receipt = device.receiptFor(airing)
    await take(JSON.stringify(receipt)) // committed; the server dies before it can say so
    await town.restart()
    await device.send(receipt)
    await device.acknowledged(receipt)
    expect(await kept()).toHaveLength(1)
    expect(await factsOf(airing.id)).toHaveLength(1)
  }, 60_000)

  test('the database in the middle of writing, nothing is acknowledged; sent again it is kept once', async () => {
    const receipt = device.receiptFor(airing)
    const { db } = town.database
    await db.transaction().execute(async (trx) => {
      await sql`lock table receipt in exclusive mode`.execute(trx)
      const writing = take(JSON.stringify(receipt)).then(
        () => 'taken',
        () => 'failed',
      )
      const killed = async (): Promise<number> => {
        const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
        return rows.length
      }
      let ended = false
      void writing.then(() => {
        ended = true
      })
      while (!ended && (await killed()) === 0);
      expect(await writing).toBe('failed')
    })
    expect(await kept()).toEqual([])
    let safe = false
    void device.acknowledged(receipt).then(() => {
      safe = true
    })
    // as a device does, again and again: a connection of the server's that was killed may be the next one it uses
    const again = async () => {
      if (!safe) await device.send(receipt)
      expect(safe).toBe(true)
    }
    await vi.waitFor(again, { timeout: 25_000, interval: 500 })
    expect(await kept()).toHaveLength(1)
  }, 60_000)
})
