import { createHash, timingSafeEqual } from 'node:crypto'
import { fromBase64, type PublicKey } from '@loa/protocol'
import { keyIdOf } from '../../platform/crypto.ts'

/** Crockford's base 32: no I, L, O or U, so that a code read aloud or copied from paper has one spelling. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_CHARACTERS = 16
const GROUP = 4

/** Random bytes a code is made of: 16 characters of 5 bits, one byte each. */
export const CODE_BYTES = CODE_CHARACTERS

/** A code to hand to whoever mounts the device, `K7QM-2XWB-90FD-HTZA`: 80 bits. */
export const codeOf = (random: Uint8Array): string => {
  if (random.length !== CODE_BYTES) throw new Error(`a code is made of ${CODE_BYTES} bytes, not ${random.length}`)
  const characters = Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length])
  return Array.from({ length: CODE_CHARACTERS / GROUP }, (_, group) =>
    characters.slice(group * GROUP, (group + 1) * GROUP).join(''),
  ).join('-')
}

/** A code as typed, without spaces and dashes, with O read as 0 and I and L as 1. */
export const canonicalCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s–—-]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')

/** What is stored of a code. */
export const codeHash = (typed: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(canonicalCode(typed)).digest())

/** What is stored of a device's secret; the broker reckons the same. */
export const secretHash = (secret: string): Uint8Array => new Uint8Array(createHash('sha256').update(secret).digest())

/** Compares two hashes in constant time. */
export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b)

const RAW_KEY_BYTES = { ed25519: 32, p256: 65 } as const

/** Whether a key is what it says: its length fits the algorithm, and its id is that of its bytes. */
export const isGenuine = ({ id, alg, public: text }: PublicKey): boolean => {
  const raw = fromBase64(text)
  return raw !== undefined && raw.length === RAW_KEY_BYTES[alg] && keyIdOf(raw) === id
}
