import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HomeInUse, readKept, takeHome, writeKept } from './home.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'loa-home-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** Another program that takes the home and then stays. */
const otherHolder = async () => {
  const program = `const { takeHome } = await import(process.argv[1]); await takeHome(process.argv[2]); console.log('held'); setInterval(() => {}, 1e6)`
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    program,
    join(import.meta.dirname, 'home.ts'),
    home,
  ])
  await once(child.stdout, 'data')
  return child
}

describe('[F40] one program works on a home at a time', () => {
  it('a second one is refused, in Vietnamese and English, with the process that holds it', async () => {
    const child = await otherHolder()
    const refusal = await takeHome(home).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(HomeInUse)
    expect(String(refusal)).toMatch('đang được một chương trình Loa khác sử dụng')
    expect(String(refusal)).toMatch('is in use by another Loa')
    expect(String(refusal)).toMatch(String(child.pid))
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('the home is free again when its holder was killed', async () => {
    const child = await otherHolder()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const release = await takeHome(home)
    await release()
  })

  it('the home is free again when its holder let go', async () => {
    const release = await takeHome(home)
    await release()
    await (await takeHome(home))()
  })
})

describe('what is kept in a home', () => {
  it('comes back as it was, and only its owner may read it', () => {
    expect(readKept(home, 'postgres.password')).toBeUndefined()
    writeKept(home, 'postgres.password', 'kín')
    expect(readKept(home, 'postgres.password')).toBe('kín')
    expect(statSync(join(home, 'postgres.password')).mode & 0o077).toBe(0)
  })
})
