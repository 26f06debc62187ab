import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { trustAuthority } from './authority.ts'
import { holdFolder } from './data-lock.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-lock-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('a device’s folder belongs to one program at a time', async () => {
  const held = await holdFolder(folder)
  expect(await holdFolder(folder)).toEqual({ refused: 'data.inUse' })
  if ('release' in held) held.release()
  expect(await holdFolder(folder)).toHaveProperty('release')
})

it('a file that holds no certificate makes nobody trusted', async () => {
  const file = join(folder, 'ca.pem')
  await writeFile(file, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
  expect(await trustAuthority(file)).toEqual({ refused: 'option.caInvalid' })
  await writeFile(file, 'nonsense')
  expect(await trustAuthority(file)).toEqual({ refused: 'option.caInvalid' })
  expect(await trustAuthority(join(folder, 'none.pem'))).toEqual({ refused: 'option.caUnreadable' })
})
