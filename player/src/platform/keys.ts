import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify as verifyWith,
} from 'node:crypto'
import { fromBase64, type PublicKey, toBase64 } from '@loa/protocol'
import { createMemo } from '../kernel/memo.ts'
import type { Verify } from '../kernel/trust.ts'
import type { DeviceKeys } from '../ports.ts'

/** DER heads of SubjectPublicKeyInfo before a raw key: RFC 8410 (Ed25519), RFC 5480 (P-256, uncompressed point). */
const derHeads = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  p256: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
} as const
const rawBytes = { ed25519: 32, p256: 65 } as const
/** RFC 8032 §5.1.6; IEEE P1363 r‖s for P-256. */
const signatureBytes = 64

const imported = createMemo(100_000)

const keyObject = (key: PublicKey): KeyObject | undefined =>
  imported(`${key.alg} ${key.public}`, () => {
    const raw = fromBase64(key.public)
    if (raw === undefined || raw.length !== rawBytes[key.alg]) return undefined
    try {
      return createPublicKey({ key: Buffer.concat([derHeads[key.alg], raw]), format: 'der', type: 'spki' })
    } catch {
      return undefined
    }
  })

/** Checks an Ed25519 or ECDSA P-256/SHA-256 signature. */
export const verify: Verify = (key, message, signature) => {
  const object = keyObject(key)
  if (object === undefined || signature.length !== signatureBytes) return false
  return key.alg === 'ed25519'
    ? verifyWith(null, message, object, signature)
    : verifyWith('sha256', message, { key: object, dsaEncoding: 'ieee-p1363' }, signature)
}

/** A new private key, PKCS#8 in PEM: the form it is kept in. */
export const makePrivateKey = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

/** The keys of a device from its private key. The id is the first 32 hex digits of SHA-256 over the raw public key. */
export const keysFrom = (pem: string): DeviceKeys => {
  const privateKey = createPrivateKey(pem)
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-rawBytes.ed25519)
  const id = createHash('sha256').update(raw).digest('hex').slice(0, 32)
  return {
    public: { id, alg: 'ed25519', public: toBase64(raw) },
    sign: (message) => sign(null, message, privateKey),
    verify,
  }
}

export const random = (bytes: number): Uint8Array => randomBytes(bytes)
