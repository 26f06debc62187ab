import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { record } from '../../server/src/modules/audit/index.ts'
import { signAsServer } from '../../server/src/modules/trust/index.ts'
import { openBlobs } from '../../server/src/platform/blobs.ts'
import { turnedClock } from '../../server/src/platform/clock.ts'
import type { Context, Db } from '../../server/src/platform/context.ts'
import { type Database, inTransaction, openDatabase } from '../../server/src/platform/database.ts'
import { takeHome } from '../../server/src/platform/home.ts'
import { migrate } from '../../server/src/platform/migrate.ts'
import { accountFor } from '../../server/src/platform/postgres/account.ts'
import { startPostgres } from '../../server/src/platform/postgres/supervisor.ts'
import { silentLog } from '../../server/src/platform/testing.ts'
import { insertSound } from '../../server/src/scene/store.ts'
import { compare, remember } from './inspect.ts'
import { type Made, makeBackup } from './make.ts'
import { findBackup } from './record.ts'
import { restoreBackup } from './restore.ts'
import { sayMade, sayRestored } from './words.ts'

/** Each backup writes some 1,500 files down to the disk, which takes long where the disk is busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const NOW = Date.parse('2026-11-22T01:00:00Z')
const clock = turnedClock(NOW)

type Station = { readonly ctx: Context; readonly database: Database; stop(): Promise<void> }

/** A home with what a backup is about: the embedded database, sounds, sealed keys. */
const open = async (home: string): Promise<Station> => {
  const release = await takeHome(home)
  const postgres = await startPostgres({ home, log: silentLog })
  await migrate({ url: postgres.url, clock })
  const database = openDatabase(postgres.url, silentLog)
  const blobs = await openBlobs(join(home, 'blobs'))
  const ctx = { config: { home }, clock, db: database.db, blobs, log: silentLog } as unknown as Context
  return {
    ctx,
    database,
    stop: async () => {
      await database.close()
      await postgres.stop()
      await release()
    },
  }
}

/** One thing done and acknowledged: a sound in the store, its row, and a line in the record. Returns the sound's hash. */
const doSomething = async ({ blobs, db }: Context): Promise<string> => {
  const hash = await blobs.put(randomBytes(300))
  await inTransaction(db, async (trx) => {
    await insertSound(trx, { hash, bytes: 300, durationMs: 1000, now: NOW })
    await record(trx, { at: NOW, person: 'lan', action: 'sound.made', subject: hash })
  })
  return hash
}

const soundsIn = async (db: Db): Promise<readonly string[]> =>
  (await sql<{ hash: string }>`select hash from sound`.execute(db)).rows.map(({ hash }) => hash)

const soundFile = (folder: string, hash: string): string => join(folder, hash.slice(0, 2), hash.slice(2))

let place: string
let home: string
let station: Station

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'loa-backup-'))
  home = join(place, 'home')
  station = await open(home)
  await signAsServer(station.ctx, station.ctx.db, 'manifest', '{}')
  for (let done = 0; done < 5; done += 1) await doSomething(station.ctx)
  mkdirSync(join(home, 'fleet'))
  writeFileSync(join(home, 'fleet', 'codes.json'), '{}')
})
afterAll(async () => {
  await station.stop()
  rmSync(place, { recursive: true, force: true })
})

let to: string
let restored: string
beforeEach(async () => {
  await clock.turnBy(1000)
  to = mkdtempSync(join(place, 'store-'))
  restored = join(mkdtempSync(join(place, 'new-')), 'home')
})
afterEach(() => {
  for (const each of [to, dirname(restored)]) rmSync(each, { recursive: true, force: true })
})

const backUp = async (options: Partial<Parameters<typeof makeBackup>[0]> = {}): Promise<Made> => {
  const made = await makeBackup({ home, to, databaseUrl: undefined, clock, ...options })
  if ('refused' in made) throw new Error(made.refused)
  return made
}
const restore = (options: Partial<Parameters<typeof restoreBackup>[0]> = {}) =>
  restoreBackup({ from: to, home: restored, ...options })

const failed = (outcome: Awaited<ReturnType<typeof restore>>): readonly string[] =>
  'refused' in outcome ? [outcome.refused] : outcome.findings.filter(({ ok }) => !ok).map(({ word }) => word)

describe('a backup of a running station', () => {
  test('holds everything that was acknowledged before it ended, while people go on working', async () => {
    const acknowledged: string[] = []
    let writing = true
    const writer = async () => {
      while (writing) acknowledged.push(await doSomething(station.ctx))
    }
    const written = writer()
    let atTheEnd: readonly string[] = []
    const watching = {
      ...clock,
      now: () => {
        atTheEnd = [...acknowledged]
        return clock.now()
      },
    }
    const made = await backUp({ clock: watching })
    writing = false
    await written
    expect(atTheEnd.length).toBeGreaterThan(0)

    const outcome = await restore()
    expect(failed(outcome)).toEqual([])
    const copy = await open(restored)
    try {
      expect(await soundsIn(copy.ctx.db)).toEqual(expect.arrayContaining([...atTheEnd]))
      for (const hash of atTheEnd) expect((await copy.ctx.blobs.get(hash))?.length).toBe(300)
      await doSomething(copy.ctx)
      expect(await signAsServer(copy.ctx, copy.ctx.db, 'manifest', '{}')).toMatchObject({ body: '{}' })
    } finally {
      await copy.stop()
    }
    expect(made.record.remembered.audit.number).toBeGreaterThanOrEqual(5 + atTheEnd.length)
    expect(readFileSync(join(restored, 'fleet', 'codes.json'), 'utf8')).toBe('{}')
  })

  test('keeps each sound once for all backups', async () => {
    const hash = await doSomething(station.ctx)
    await backUp()
    const before = statSync(soundFile(join(to, 'blobs'), hash)).ino
    await clock.turnBy(1000)
    const second = await backUp()
    expect(statSync(soundFile(join(to, 'blobs'), hash)).ino).toBe(before)
    expect(readdirSync(to).filter((name) => name.startsWith('loa-'))).toHaveLength(2)
    expect(findBackup(to)).toBe(second.folder)
  })

  test('that breaks off leaves nothing that looks like a backup', async () => {
    writeFileSync(join(to, 'blobs'), 'no folder')
    await expect(backUp()).rejects.toThrow()
    expect(readdirSync(to)).toEqual(['blobs'])
    expect(await restore()).toEqual({ refused: 'noBackup' })
  })

  test('leaves out, and names, a sound that the disk has damaged; what is restored nobody else can read', async () => {
    const hash = await station.ctx.blobs.put(randomBytes(200))
    writeFileSync(soundFile(join(home, 'blobs'), hash), 'tiếng khác')
    const made = await backUp()
    rmSync(soundFile(join(home, 'blobs'), hash))
    expect(made.damagedSounds).toEqual([`${hash.slice(0, 2)}/${hash.slice(2)}`])
    expect(failed(await restore())).toEqual([])

    const account = accountFor(join(place, 'none')) ?? { uid: process.getuid?.(), gid: process.getgid?.() }
    const data = join(restored, 'postgres', 'data')
    for (const file of [data, join(data, 'base'), join(data, 'PG_VERSION'), join(data, 'pg_wal')]) {
      expect(statSync(file)).toMatchObject({ uid: account.uid, gid: account.gid })
    }
    const mine = [made.folder, join(restored, 'keys', 'installation.key'), join(restored, 'postgres.password')]
    for (const file of [...mine, data]) expect(statSync(file).mode & 0o077).toBe(0)
    for (const file of mine) expect(statSync(file).uid).toBe(process.getuid?.())
  })

  test('takes what an operator wrote of a voice, not its model, and both backup and restore say so', async () => {
    const voice = join(home, 'voices', 'mai')
    mkdirSync(join(voice, 'espeak-ng-data'), { recursive: true })
    writeFileSync(join(voice, 'espeak-ng-data', 'phontab'), 'x')
    writeFileSync(join(voice, 'voice.json'), '{}')
    writeFileSync(join(voice, 'token'), 'abc')
    writeFileSync(join(voice, 'model.onnx'), randomBytes(70_000))
    const made = await backUp()
    rmSync(join(home, 'voices'), { recursive: true })
    expect(sayMade(made).join(' ')).toContain('Giọng đọc (mai)')
    const outcome = await restore()
    if ('refused' in outcome) throw new Error(outcome.refused)
    expect(readdirSync(join(restored, 'voices', 'mai')).sort()).toEqual(['token', 'voice.json'])
    expect(sayRestored(outcome, restored).join(' ')).toContain(`chép lại vào ${restored}/voices`)
  })

  test('takes only sounds, keys and settings where the database is a server of its own', async () => {
    const { url } = station.database
    const made = await backUp({ databaseUrl: url })
    expect(made.record.database).toEqual({ kind: 'outside' })
    expect(existsSync(join(made.folder, 'home', 'postgres'))).toBe(false)
    expect(failed(await restore({ databaseUrl: url }))).toEqual([])
    expect(existsSync(join(restored, 'keys', 'installation.key'))).toBe(true)
  })
})

describe('a backup that is no longer what was written is found out, and nothing is restored', () => {
  let folder: string
  let store: string
  beforeAll(async () => {
    store = mkdtempSync(join(place, 'kept-'))
    folder = (await backUp({ to: store })).folder
  })

  const data = ['home', 'postgres', 'data']
  const segment = () => readdirSync(join(folder, ...data, 'pg_wal')).find((name) => /^[0-9A-F]{24}$/.test(name)) ?? ''
  const sound = (): string => {
    const shelf = readdirSync(join(store, 'blobs'))[0] ?? ''
    return join(store, 'blobs', shelf, readdirSync(join(store, 'blobs', shelf))[0] ?? '')
  }
  const key = () => join(folder, 'home', 'keys', 'installation.key')
  const flip = (file: string): void => {
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(file, bytes)
  }
  const cutShort = (file: string): void => truncateSync(file, 50)
  const lose = (file: string): void => rmSync(file)

  /** What a restore gives while a file is harmed; afterwards it is as it was. */
  const whileHarmed = async (
    file: string,
    harm: (file: string) => void,
    options: Parameters<typeof restore>[0] = {},
  ) => {
    const bytes = readFileSync(file)
    harm(file)
    try {
      return await restore({ from: store, ...options })
    } finally {
      writeFileSync(file, bytes)
    }
  }

  test.each<[string, () => string, (file: string) => void, string]>([
    // what is harmed               where                                              how       refused
    ['a bit of the database', () => join(folder, ...data, 'global', '1262'), flip, 'damaged'],
    ['the log of the database', () => join(folder, ...data, 'pg_wal', segment()), cutShort, 'damaged'],
    ['a file of the database gone', () => join(folder, ...data, 'backup_label'), lose, 'damaged'],
    ['the key', key, flip, 'damaged'],
    ['a sound', sound, flip, 'damaged'],
    ['a sound gone', sound, lose, 'damaged'],
    ['the list of files', () => join(folder, 'MANIFEST.sha256'), flip, 'damagedRecord'],
    ['what it says of itself', () => join(folder, 'LOA-BACKUP.json'), cutShort, 'damagedRecord'],
  ])('%s', async (_, where, harm, refused) => {
    expect(await whileHarmed(where(), harm)).toMatchObject({ refused })
    expect(readdirSync(dirname(restored))).toEqual([])
  })

  test('but one may go on without damaged sounds, and without nothing else', async () => {
    const options = { withoutDamagedSounds: true }
    expect(await whileHarmed(key(), flip, options)).toMatchObject({ refused: 'damaged' })
    const outcome = await whileHarmed(sound(), flip, options)
    expect(outcome).toMatchObject({ damagedSounds: [expect.stringMatching(/^\.\.\/blobs\//)] })
    expect(failed(outcome)).toEqual(['sounds'])
  })

  test('a home that is not empty is refused, and stays as it was', async () => {
    mkdirSync(restored)
    writeFileSync(join(restored, 'thư.txt'), 'của tôi')
    expect(await restore({ from: store })).toEqual({ refused: 'notEmpty' })
    expect(readdirSync(restored)).toEqual(['thư.txt'])
    expect(await restore({ from: store, home })).toEqual({ refused: 'notEmpty' })
  })

  test('a backup of a later Loa, or of another kind of machine, is refused', async () => {
    const file = join(folder, 'LOA-BACKUP.json')
    const made = JSON.parse(readFileSync(file, 'utf8')) as Made['record']
    const refusedAs = async (change: object) =>
      failed(await whileHarmed(file, () => writeFileSync(file, JSON.stringify({ ...made, ...change }))))
    expect(await refusedAs({ loaBackup: 2 })).toEqual(['newer'])
    expect(await refusedAs({ remembered: { ...made.remembered, migration: 9999 } })).toEqual(['newer'])
    expect(await refusedAs({ system: { ...made.system, arch: 's390x' } })).toEqual(['otherSystem'])
    expect(await refusedAs({ database: { ...made.database, version: '17.1' } })).toEqual(['otherPostgres'])
    expect(await refusedAs({ folders: ['../../elsewhere'] })).toEqual(['damagedRecord'])
  })
})

describe('a restored home that lacks what the backup remembers', () => {
  const found = async (change: string): Promise<readonly string[]> => {
    const remembered = await remember(station.ctx.db)
    const words: string[] = []
    const undone = station.ctx.db.transaction().execute(async (trx) => {
      await sql.raw(change).execute(trx)
      const findings = await compare(trx as unknown as Db, home, remembered)
      words.push(...findings.filter(({ ok }) => !ok).map(({ word }) => word))
      throw new Error('as it was')
    })
    await expect(undone).rejects.toThrow('as it was')
    return words
  }

  test.each([
    ['a changed line in the record', "update audit_entry set person = 'hoa' where number = 2", ['auditFault']],
    ['a record begun anew', "delete from audit_entry; update audit_head set number = 0, chain = ''", ['audit']],
    [
      'a key sealed by another installation',
      'update signing_key set private_key = private_key || private_key',
      ['keys'],
    ],
    [
      'a sound nobody has',
      "update sound set hash = repeat('0', 64) where hash = (select min(hash) from sound)",
      ['sounds'],
    ],
  ])('is told by %s', async (_, change, words) => {
    expect(await found(change)).toEqual(words)
  })

  test('is told by fewer notices, releases or receipts', async () => {
    const remembered = await remember(station.ctx.db)
    for (const name of ['notices', 'releases', 'receipts'] as const) {
      const findings = await compare(station.ctx.db, home, { ...remembered, [name]: remembered[name] + 1 })
      expect(findings.filter(({ ok }) => !ok).map(({ word }) => word)).toEqual(['counts'])
    }
  })
})

test('a place for backups within the home is refused, and a home that is none', async () => {
  const asked = { home, to, databaseUrl: undefined, clock }
  expect(await makeBackup({ ...asked, to: join(home, 'sao-luu') })).toEqual({ refused: 'insideHome' })
  expect(await makeBackup({ ...asked, home: join(place, 'none') })).toEqual({ refused: 'noHome' })
  const empty = mkdtempSync(join(place, 'empty-'))
  expect(await makeBackup({ ...asked, home: empty })).toEqual({ refused: 'noDatabase' })
  expect(readdirSync(empty)).toEqual([])
  expect(readdirSync(to)).toEqual([])
})

describe('at the command line', () => {
  const run = (program: string, ...args: readonly string[]) => {
    const file = join(import.meta.dirname, '..', `${program}.ts`)
    const { status, stdout } = spawnSync(process.execPath, [file, ...args], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: '', LOA_HOME: '' },
    })
    return { status, said: stdout }
  }

  test('a station that is switched off is backed up and the restoring rehearsed', async () => {
    await station.stop()
    const { status, said } = run('backup', '--to', to, '--home', home, '--rehearse')
    expect(said).toContain('DIỄN TẬP ĐẠT')
    expect(said).toContain('CHỨA KHÓA KÝ')
    expect(status).toBe(0)
    const back = run('restore', '--from', to, '--home', restored)
    expect(back.said).toContain('NHƯ LÚC')
    expect(back.status).toBe(0)
    expect(existsSync(join(restored, 'server.pid'))).toBe(false)
    station = await open(home)
  })

  test('what is missing or misspelt is said, and nothing is done', () => {
    for (const [program, ...args] of [['backup'], ['restore', '--from', to], ['backup', '--nach', to]] as const) {
      expect(run(program, ...args)).toMatchObject({ status: 2, said: expect.stringContaining('Cách dùng') })
    }
    expect(run('restore', '--from', to, '--home', home)).toMatchObject({
      status: 2,
      said: expect.stringContaining('không trống'),
    })
  })
})
