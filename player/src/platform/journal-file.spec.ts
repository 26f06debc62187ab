import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JournalRecord } from '../kernel/memory.ts'
import { type JournalDisk, openJournalFile } from './journal-file.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-journal-'))
})
afterEach(() => rm(folder, { recursive: true }))

const path = () => join(folder, 'journal.jsonl')
const floor = (at: number): JournalRecord => ({ t: 'floor', at })
const nothing = () => []

/** What a player that boots now would find. */
const found = async (member = 'd'): Promise<readonly JournalRecord[]> => {
  const journal = openJournalFile({ path: path() }).of(member)
  const records = await journal.open(nothing)
  await journal.close()
  return records
}

/** A disk with room for so many bytes; what does not fit is written in part, as real disks do. */
const smallDisk = (room: { bytes: number }) => async (): Promise<JournalDisk> => {
  const { open } = await import('node:fs/promises')
  const file = await open(path(), 'a+')
  await file.close()
  const handle = await open(path(), 'r+')
  return {
    async write(bytes, position) {
      const fits = Math.max(0, Math.min(bytes.length, room.bytes - position))
      await handle.write(bytes, 0, fits, position)
      if (fits < bytes.length) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    },
    sync: () => handle.sync(),
    truncate: (bytes) => handle.truncate(bytes),
    close: () => handle.close(),
  }
}

describe('[F11] the journal of a device', () => {
  it('finds after a power cut what was acknowledged, in order', async () => {
    const journal = openJournalFile({ path: path() }).of('d')
    await journal.open(nothing)
    await Promise.all([1, 2, 3].map((at) => journal.append(floor(at), { sync: true })))
    expect(await found()).toEqual([floor(1), floor(2), floor(3)])
    await journal.close()
  })

  it.each(['{"m":"d","r":{"t":"fl', '{"m":"d"', '\u0000\u0000\u0000'])(
    'drops the half line a power cut left: %j',
    async (half) => {
      const journal = openJournalFile({ path: path() }).of('d')
      await journal.open(nothing)
      await journal.append(floor(1), { sync: true })
      await appendFile(path(), half)
      await journal.close()

      const again = openJournalFile({ path: path() }).of('d')
      expect(await again.open(nothing)).toEqual([floor(1)])
      await again.append(floor(2), { sync: true })
      await again.close()
      expect(await found()).toEqual([floor(1), floor(2)])
    },
  )

  it('is readable by its user only', async () => {
    const journal = openJournalFile({ path: path() }).of('d')
    await journal.open(nothing)
    await journal.close()
    expect((await stat(path())).mode & 0o077).toBe(0)
  })

  it('on a full disk keeps every whole line, and writes the others when there is room again', async () => {
    const room = { bytes: 100 }
    const journal = openJournalFile({ path: path(), openDisk: smallDisk(room) }).of('d')
    await journal.open(nothing)
    expect(await journal.append(floor(1), { sync: true })).toBe('kept')
    expect(await journal.append(floor(2), { sync: true })).toBe('kept')
    expect(await journal.append(floor(3), { sync: true })).toEqual({ refused: 'disk.full' })
    expect(await found()).toEqual([floor(1), floor(2)])
    room.bytes = 1_000
    expect(await journal.append(floor(4), { sync: true })).toBe('kept')
    await journal.close()
    expect(await found()).toEqual([floor(1), floor(2), floor(3), floor(4)])
  })

  it('is compacted to what it amounts to', async () => {
    let last = 0
    const journal = openJournalFile({ path: path(), compactBytes: 500 }).of('d')
    await journal.open(() => [floor(last)])
    for (let at = 1; at <= 200; at++) {
      last = at
      await journal.append(floor(at))
    }
    await journal.close()
    expect((await readFile(path())).length).toBeLessThan(1_500)
    expect((await found()).at(-1)).toEqual(floor(200))
  })
})

describe('[F11] the journal of a fleet', () => {
  it('gives each member its own records, and compacts without losing those of members that are away', async () => {
    const first = openJournalFile({ path: path() })
    const [a, b] = [first.of('a'), first.of('b')]
    await Promise.all([a.open(nothing), b.open(nothing)])
    await Promise.all([a.append(floor(1)), b.append(floor(2))])
    await Promise.all([a.close(), b.close()])

    const second = openJournalFile({ path: path(), compactBytes: 300 })
    const onlyA = second.of('a')
    expect(await onlyA.open(() => [floor(99)])).toEqual([floor(1)])
    for (let at = 0; at < 50; at++) await onlyA.append(floor(at))
    await onlyA.close()

    expect(await found('b')).toEqual([floor(2)])
    expect((await found('a'))[0]).toEqual(floor(99))
  })

  it('a fleet writes a body once, and each member finds it again, also after the journal was summed up', async () => {
    const body = JSON.stringify({ v: 1, title: 'a body that many members hear', text: 'x'.repeat(500) })
    const order: JournalRecord = { t: 'order', body }
    const members = ['a', 'b', 'c', 'd']
    const shared = (compactBytes: number) => openJournalFile({ path: path(), shareBodies: true, compactBytes })
    const write = async (compactBytes: number): Promise<void> => {
      const file = shared(compactBytes)
      const journals = members.map((member) => file.of(member))
      for (const journal of journals) await journal.open(() => [order, floor(1)])
      await Promise.all(journals.map((journal) => journal.append(order, { sync: true })))
      for (const journal of journals) await journal.append(floor(2), { sync: true })
      await Promise.all(journals.map((journal) => journal.close()))
    }
    await write(1_000_000)
    expect((await readFile(path(), 'utf8')).split('a body that many members hear').length - 1).toBe(1)
    for (const member of members) expect(await found(member)).toEqual([order, floor(2)])
    await write(10)
    expect((await readFile(path(), 'utf8')).split('a body that many members hear').length - 1).toBe(1)
    for (const member of members) expect((await found(member)).at(0)).toEqual(order)
  })
})
