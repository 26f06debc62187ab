import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PublicKey, signingBytes, toBase64, utf8 } from '@loa/protocol'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import {
  keyIdOf,
  makeInstallationKey,
  makeKey,
  readInstallationKey,
  seal,
  sha256Hex,
  sha256HexAside,
  signBytes,
  unseal,
  verifyBytes,
} from './crypto.ts'

const home = mkdtempSync(join(tmpdir(), 'loa-crypto-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const bytes = signingBytes('candidate', '{"v":1}')
const made = makeKey()
const value = signBytes(made.privateKey, bytes)

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p256Raw = p256.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
const p256Key: PublicKey = { id: keyIdOf(p256Raw), alg: 'p256', public: toBase64(p256Raw) }
const p256Value = toBase64(sign('sha256', bytes, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' }))
const p256Der = toBase64(sign('sha256', bytes, p256.privateKey))

/** The last character before the padding carries four unused bits: another letter there decodes to the same bytes. */
const otherSpelling = (text: string): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const at = text.length - 3
  return `${text.slice(0, at)}${letters[letters.indexOf(text[at] ?? 'A') + 1] ?? 'B'}==`
}

// biome-ignore format: a table
const table: readonly [string, PublicKey, Uint8Array, string, boolean][] = [
  ['an Ed25519 signature over the very bytes',            made.key,  bytes,                                  value,                    true],
  ['a P-256 signature over the very bytes',               p256Key,   bytes,                                  p256Value,                true],
  ['the same body signed for another purpose',            made.key,  signingBytes('manifest', '{"v":1}'),    value,                    false],
  ['a body with one more blank',                          made.key,  signingBytes('candidate', '{"v": 1}'),  value,                    false],
  ['another spelling of the same signature bytes',        made.key,  bytes,                                  otherSpelling(value),     false],
  ['a signature without its padding',                     made.key,  bytes,                                  value.slice(0, -2),       false],
  ['a signature with a line end',                         made.key,  bytes,                                  `${value}\n`,             false],
  ['an empty signature',                                  made.key,  bytes,                                  '',                       false],
  ['sixty-four zero bytes',                               made.key,  bytes,                                  toBase64(new Uint8Array(64)), false],
  ['a P-256 signature in DER instead of P1363',           p256Key,   bytes,                                  p256Der,                  false],
  ['an Ed25519 signature under a P-256 key',              p256Key,   bytes,                                  value,                    false],
  ['another key',                                         makeKey().key, bytes,                              value,                    false],
  ['a key in another spelling',                           { ...made.key, public: made.key.public.slice(0, -1) }, bytes,              value,                    false],
  ['a P-256 key that is no point of the curve',           { ...p256Key, public: toBase64(new Uint8Array(65).fill(4)) }, bytes,       p256Value,                false],
]

test.each(table)('%s is judged as it must be', (_title, key, over, signature, valid) => {
  expect(verifyBytes(key, over, signature)).toBe(valid)
})

test('no signature with a single flipped bit verifies', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 511 }), (bit) => {
      const raw = Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0))
      raw[bit >> 3] = (raw[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return !verifyBytes(made.key, bytes, toBase64(raw))
    }),
    { numRuns: 60 },
  )
})

test('a sealed secret opens only with its key, its label and its untouched bytes', () => {
  const key = makeInstallationKey(home)
  const secret = utf8('riêng tư')
  const box = seal(key, 'person:a', secret)
  const touched = box.slice()
  touched[20] = (touched[20] ?? 0) ^ 1
  expect(unseal(key, 'person:a', box)).toEqual(secret)
  expect(unseal(key, 'person:b', box)).toBeUndefined()
  expect(unseal(new Uint8Array(32), 'person:a', box)).toBeUndefined()
  expect(unseal(key, 'person:a', touched)).toBeUndefined()
  expect(unseal(key, 'person:a', box.subarray(0, 10))).toBeUndefined()
  expect(seal(key, 'person:a', secret)).not.toEqual(box)
})

test('the installation key is made once, for its owner only, and a broken one is never quietly replaced', () => {
  const key = makeInstallationKey(home)
  expect(makeInstallationKey(home)).toEqual(key)
  expect(readInstallationKey(home)).toEqual(key)
  expect(statSync(join(home, 'keys', 'installation.key')).mode & 0o777).toBe(0o600)
  expect(readInstallationKey(join(home, 'nowhere'))).toBeUndefined()
  writeFileSync(join(home, 'keys', 'installation.key'), 'x')
  expect(() => makeInstallationKey(home)).toThrow('is not an installation key')
})

test('the hash of a recording of the greatest size is the same beside the event loop, which goes on meanwhile', async () => {
  const recording = new Uint8Array(64_000_000).fill(7)
  const order: string[] = []
  const hash = sha256HexAside(recording).then((told) => {
    order.push('hash')
    return told
  })
  await new Promise((done) => setImmediate(done))
  order.push('an approval')
  expect(await hash).toBe(sha256Hex(recording))
  expect(order).toEqual(['an approval', 'hash'])
})
