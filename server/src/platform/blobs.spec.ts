import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBlobs } from './blobs.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loa-blobs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const SOUND = new TextEncoder().encode('tiếng loa')
const HASH = createHash('sha256').update(SOUND).digest('hex')

describe('sounds kept by their hash', () => {
  it('what was put is got back, also by the next who opens the store', async () => {
    expect(await (await openBlobs(folder)).put(SOUND)).toBe(HASH)
    const blobs = await openBlobs(folder)
    expect(await blobs.has(HASH)).toBe(true)
    expect(await blobs.get(HASH)).toEqual(SOUND)
  })

  it('the same bytes are kept once, also when put at the same moment', async () => {
    const blobs = await openBlobs(folder)
    const hashes = await Promise.all(Array.from({ length: 8 }, () => blobs.put(SOUND)))
    expect(new Set(hashes)).toEqual(new Set([HASH]))
    expect(readdirSync(join(folder, HASH.slice(0, 2)))).toEqual([HASH.slice(2)])
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  })

  it.each([['0'.repeat(64)], [''], ['../../etc/passwd'], [HASH.toUpperCase()], [`${HASH}0`]])(
    'there is no blob %s',
    async (hash) => {
      const blobs = await openBlobs(folder)
      await blobs.put(SOUND)
      expect([await blobs.has(hash), await blobs.get(hash)]).toEqual([false, undefined])
    },
  )

  it('bytes that were changed on the disk are never handed out', async () => {
    const blobs = await openBlobs(folder)
    await blobs.put(SOUND)
    writeFileSync(join(folder, HASH.slice(0, 2), HASH.slice(2)), 'tiếng khác')
    await expect(blobs.get(HASH)).rejects.toThrow('no longer matches')
  })

  it('half a write that a power cut left is swept away', async () => {
    await openBlobs(folder)
    writeFileSync(join(folder, 'incoming', 'half'), 'tiế')
    const blobs = await openBlobs(folder)
    expect(readdirSync(join(folder, 'incoming'))).toEqual([])
    expect(await blobs.put(SOUND)).toBe(HASH)
  })
})
