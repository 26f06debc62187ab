import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeHome } from '../home.ts'
import { silentLog } from '../testing.ts'
import { type EmbeddedPostgres, startPostgres } from './supervisor.ts'

let home: string
let release: () => Promise<void>
const running: EmbeddedPostgres[] = []

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'loa-supervisor-'))
  release = await takeHome(home)
})
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop()
  await release()
  rmSync(home, { recursive: true, force: true })
})

const start = async (): Promise<EmbeddedPostgres> => {
  const postgres = await startPostgres({ home, log: silentLog })
  running.push(postgres)
  return postgres
}

const ask = async <Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** Asks until the database answers: it is coming back by itself. */
const askAgain = async <Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> => {
  for (;;) {
    try {
      return await ask<Row>(url, text)
    } catch {
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

const postmaster = (): number =>
  Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])

/** Inserts rows one by one over one connection until it breaks; how many were acknowledged. */
const writeUntilCut = async (url: string, cutAfter: number): Promise<number> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  let acknowledged = 0
  try {
    for (;;) {
      await client.query('insert into word (n) values ($1)', [acknowledged])
      acknowledged += 1
      if (acknowledged === cutAfter) process.kill(postmaster(), 'SIGKILL')
    }
  } catch {
    return acknowledged
  }
}

describe('[F40] the database of one machine, through power cuts', () => {
  it('speaks UTF-8, folds Vietnamese letters, syncs to disk, keeps checksums and listens to this machine alone', async () => {
    const { url } = await start()
    expect(
      await ask(
        url,
        `select lower('ĐẮK LẮK ƠĐU') as folded, current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
         current_setting('listen_addresses') as listens, current_setting('synchronous_commit') as commits`,
      ),
    ).toEqual([{ folded: 'đắk lắk ơđu', fsync: 'on', checksums: 'on', listens: '127.0.0.1', commits: 'on' }])
  })

  it('lets nobody in without the password of the home', async () => {
    const { url } = await start()
    const stranger = new URL(url)
    stranger.password = 'guess'
    await expect(ask(stranger.toString(), 'select 1')).rejects.toThrow('password authentication failed')
  })

  it('comes back by itself after its death, at the same address, with every acknowledged row', async () => {
    const { url } = await start()
    await ask(url, 'create table word (n int)')
    const acknowledged = await writeUntilCut(url, 500)
    const [row] = await askAgain<{ found: number }>(url, 'select count(*)::int as found from word')
    expect(row?.found).toBeGreaterThanOrEqual(acknowledged)
    expect(row?.found).toBeLessThanOrEqual(acknowledged + 1)
  })

  it('one that a killed server left running is stopped and taken over', async () => {
    await release()
    const program = `
      const [home, supervisor, takeHome] = process.argv.slice(1)
      await (await import(takeHome)).takeHome(home)
      const log = { info() {}, warn() {}, error() {} }
      const { url } = await (await import(supervisor)).startPostgres({ home, log })
      console.log(url)`
    const args = [home, join(import.meta.dirname, 'supervisor.ts'), join(import.meta.dirname, '..', 'home.ts')]
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, ...args])
    const [url] = (await once(child.stdout, 'data')) as [Buffer]
    await ask(String(url).trim(), 'create table word (n int); insert into word values (7)')
    const orphan = postmaster()
    child.kill('SIGKILL')
    await once(child, 'exit')
    release = await takeHome(home)
    const postgres = await start()
    expect(postmaster()).not.toBe(orphan)
    expect(await ask(postgres.url, 'select n from word')).toEqual([{ n: 7 }])
  })

  it('keeps its data, its password and its port from one run to the next', async () => {
    const first = await start()
    await ask(first.url, 'create table word (n int); insert into word values (7)')
    await first.stop()
    expect(first.state()).toBe('stopped')
    const second = await start()
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, 'select n from word')).toEqual([{ n: 7 }])
  })
})
