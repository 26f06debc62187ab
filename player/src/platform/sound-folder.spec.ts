import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FetchSound } from '../ports.ts'
import { openSoundFolder } from './sound-folder.ts'
import { sha256 } from './town.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-sounds-'))
})
afterEach(() => rm(folder, { recursive: true }))

const bytesOf = (name: string, length = 1_000): Uint8Array => new Uint8Array(length).fill(name.charCodeAt(0))
const hashOf = (name: string): string => sha256(bytesOf(name))
const giving =
  (bytes: Uint8Array): FetchSound =>
  async () =>
    bytes
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
}
async function* brokenOff(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 100)
  throw new Error('connection lost')
}

describe('[F11] sounds are kept by what they are', () => {
  it.each<[string, FetchSound, unknown]>([
    ['what was asked for', giving(bytesOf('a')), 'kept'],
    ['what was asked for, in pieces', async () => inPieces(bytesOf('a')), 'kept'],
    ['something else', giving(bytesOf('b')), { refused: 'sound.wrongHash' }],
    ['one byte less', giving(bytesOf('a', 999)), { refused: 'sound.wrongHash' }],
    ['nothing', async () => ({ refused: 'http.404' }), { refused: 'sound.missing' }],
    ['a line that breaks', async () => brokenOff(bytesOf('a')), { refused: 'sound.missing' }],
    ['far too much', giving(new Uint8Array(64_000_001)), { refused: 'sound.tooLarge' }],
  ])('the server gives %s', async (_, fetch, outcome) => {
    const sounds = await openSoundFolder({ folder })
    expect(await sounds.ensure(hashOf('a'), fetch)).toEqual(outcome)
    expect(sounds.has(hashOf('a'))).toBe(outcome === 'kept')
    expect(await readdir(folder)).toHaveLength(outcome === 'kept' ? 1 : 0)
  })

  it('many who ask at once cause one fetch', async () => {
    const sounds = await openSoundFolder({ folder })
    let fetches = 0
    const fetch: FetchSound = async () => {
      fetches += 1
      return inPieces(bytesOf('a'))
    }
    await Promise.all(Array.from({ length: 20 }, () => sounds.ensure(hashOf('a'), fetch)))
    expect(fetches).toBe(1)
  })

  it('a file that has changed on the card is not heard: it is gone, and may be fetched again', async () => {
    const sounds = await openSoundFolder({ folder })
    await sounds.ensure(hashOf('a'), giving(bytesOf('a')))
    await writeFile(join(folder, `${hashOf('a')}.opus`), bytesOf('b'))
    expect(await sounds.read(hashOf('a'))).toBeUndefined()
    expect(sounds.has(hashOf('a'))).toBe(false)
    expect(await sounds.ensure(hashOf('a'), giving(bytesOf('a')))).toBe('kept')
  })

  it('are found again after a restart, without what was half fetched', async () => {
    await (await openSoundFolder({ folder })).ensure(hashOf('a'), giving(bytesOf('a')))
    await writeFile(join(folder, `${hashOf('b')}.part`), bytesOf('b', 10))
    const sounds = await openSoundFolder({ folder })
    expect([sounds.has(hashOf('a')), sounds.has(hashOf('b')), sounds.count()]).toEqual([true, false, 1])
    expect(await readdir(folder)).toHaveLength(1)
  })
})

describe('[F11] when there is room for three sounds', () => {
  const cache = async (...names: readonly string[]) => {
    const sounds = await openSoundFolder({ folder, bytesMax: 3_000 })
    for (const name of names) await sounds.ensure(hashOf(name), giving(bytesOf(name)))
    const add = (name: string) => sounds.ensure(hashOf(name), giving(bytesOf(name)))
    const held = () => ['a', 'b', 'c', 'd', 'e'].filter((name) => sounds.has(hashOf(name))).join('')
    return { sounds, add, held }
  }

  it('the one used longest ago makes room', async () => {
    const { sounds, add, held } = await cache('a', 'b', 'c')
    await sounds.read(hashOf('a'))
    await add('d')
    expect(held()).toBe('acd')
  })

  it('the order of use survives a restart', async () => {
    await (await cache('a', 'b', 'c')).sounds.read(hashOf('a'))
    const { add, held } = await cache()
    await add('d')
    expect(held()).toBe('acd')
  })

  it('one that any player still needs is never given up', async () => {
    const { sounds, add, held } = await cache('a', 'b', 'c')
    sounds.need('one player', [hashOf('a')])
    sounds.need('another', [hashOf('b')])
    await add('d')
    await add('e')
    expect(held()).toBe('abe')
  })

  it('where all are needed, the new one is refused', async () => {
    const { sounds, add, held } = await cache('a', 'b', 'c')
    sounds.need('one player', ['a', 'b', 'c'].map(hashOf))
    expect(await add('d')).toEqual({ refused: 'disk.full' })
    expect(held()).toBe('abc')
  })
})
