import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { turnedClock } from './clock.ts'
import { openLog } from './log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loa-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const scene = () => {
  const clock = turnedClock(Date.parse('2026-11-22T01:00:00Z'))
  const said: string[] = []
  const log = openLog({ folder, clock, terminal: (line) => said.push(line) })
  const written = () =>
    readFileSync(join(folder, 'server.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { clock, said, log, written }
}

describe('the log', () => {
  it('writes a line of JSON with the handed-in time, and plain words on the terminal', () => {
    const { log, said, written } = scene()
    log.warn('Ổ đĩa sắp đầy.', { freeMb: 120 })
    expect(written()).toEqual([
      { at: '2026-11-22T01:00:00.000Z', level: 'warn', message: 'Ổ đĩa sắp đầy.', freeMb: 120 },
    ])
    expect(said).toEqual(['! Ổ đĩa sắp đầy.'])
  })

  it.each(['password', 'newPassword', 'secret', 'sessionToken', 'code', 'enrolmentCode', 'Authorization', 'cookie'])(
    'never holds a detail named %s, however deep',
    (name) => {
      const { log } = scene()
      log.info('x', { [name]: 'hush', inner: { list: [{ [name]: 'hush', kept: 1 }] } })
      const text = readFileSync(join(folder, 'server.log'), 'utf8')
      expect(text).not.toContain('hush')
      expect(text).toContain('"kept":1')
    },
  )

  it('says an error with its kind and cause, and bytes by their number', () => {
    const { log, written } = scene()
    const error = Object.assign(new Error('no room', { cause: new Error('disk') }), { code: 'ENOSPC' })
    log.error('Không lưu được.', { error, sound: new Uint8Array(7) })
    expect(written()[0]).toMatchObject({
      error: { error: 'no room', errorKind: 'ENOSPC', cause: { error: 'disk' } },
      sound: '7 bytes',
    })
  })

  it('tells the terminal once what happens many times at once, and the file each time', async () => {
    const { clock, log, said, written } = scene()
    for (let count = 0; count < 10; count += 1) log.warn('Mất kết nối.')
    await clock.turnBy(5000)
    log.warn('Mất kết nối.')
    expect(said).toEqual(['! Mất kết nối.', '! Mất kết nối.'])
    expect(written()).toHaveLength(11)
  })
})
