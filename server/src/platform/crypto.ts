import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
  webcrypto,
} from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromBase64, type PublicKey, toBase64 } from '@loa/protocol'

/** AES-256-GCM, NIST SP 800-38D: a 96-bit nonce that is fresh for every sealing, a 128-bit tag. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const INSTALLATION_KEY_BYTES = 32

/** The last 32 bytes of an Ed25519 SubjectPublicKeyInfo (RFC 8410) are the raw key. */
const ED25519_RAW_BYTES = 32

/** DER heads of SubjectPublicKeyInfo for raw keys: RFC 8410 (Ed25519) and RFC 5480 (P-256, uncompressed point). */
const SPKI_HEAD = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  p256: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
} as const
const RAW_KEY_BYTES = { ed25519: ED25519_RAW_BYTES, p256: 65 } as const

/** Both algorithms sign in 64 bytes: Ed25519 as in RFC 8032, P-256 as IEEE P1363 r‖s. */
const SIGNATURE_BYTES = 64

/** SHA-256 in lower-case hex. */
export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** The same beside the event loop, for what may have megabytes: sixty-four of them take a tenth of a second and more. */
export const sha256HexAside = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex')

/** Id of a public key: the first 32 hex digits of SHA-256 over its raw bytes. */
export const keyIdOf = (rawPublic: Uint8Array): string => sha256Hex(rawPublic).slice(0, 32)

export type NewKey = {
  readonly key: PublicKey
  /** PKCS #8, DER. Seal it before it goes anywhere. */
  readonly privateKey: Uint8Array
}

/** A fresh Ed25519 key pair. Chance enters here, which is why it stands in platform/. */
export const makeKey = (): NewKey => {
  const pair = generateKeyPairSync('ed25519')
  const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-ED25519_RAW_BYTES)
  return {
    key: { id: keyIdOf(raw), alg: 'ed25519', public: toBase64(raw) },
    privateKey: new Uint8Array(pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
  }
}

/** Makes Ed25519 signatures, strict base64 of 64 bytes, with one key read once. `privateKey` is PKCS #8 DER. */
export const signerOf = (privateKey: Uint8Array): ((bytes: Uint8Array) => string) => {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  return (bytes) => toBase64(sign(null, bytes, key))
}

/** Ed25519 signature over `bytes`, strict base64 of 64 bytes. `privateKey` is PKCS #8 DER. */
export const signBytes = (privateKey: Uint8Array, bytes: Uint8Array): string => signerOf(privateKey)(bytes)

/** Public keys that were opened: those of ten thousand devices whose receipts come together, each for a third of what a check costs. */
const OPENED_MAX = 20_000
const opened = new Map<string, KeyObject | undefined>()

const publicKeyObject = (key: PublicKey): KeyObject | undefined => {
  const name = `${key.alg} ${key.public}`
  if (opened.has(name)) return opened.get(name)
  const object = openPublicKey(key)
  // whoever came first goes first: a larger network only opens some keys again
  const [oldest] = opened.keys()
  if (opened.size >= OPENED_MAX && oldest !== undefined) opened.delete(oldest)
  opened.set(name, object)
  return object
}

const openPublicKey = (key: PublicKey): KeyObject | undefined => {
  const raw = fromBase64(key.public)
  if (raw === undefined || raw.length !== RAW_KEY_BYTES[key.alg]) return undefined
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_HEAD[key.alg], raw]), format: 'der', type: 'spki' })
  } catch {
    return undefined // 65 bytes that are no point of the curve
  }
}

/**
 * Whether `value` is this key's signature over `bytes`. Strict: a signature or key that is not canonical base64, or not of
 * its exact length, is no signature, so no second spelling of a signed message passes.
 */
export const verifyBytes = (key: PublicKey, bytes: Uint8Array, value: string): boolean => {
  const signature = fromBase64(value)
  if (signature === undefined || signature.length !== SIGNATURE_BYTES) return false
  const publicKey = publicKeyObject(key)
  if (publicKey === undefined) return false
  return key.alg === 'ed25519'
    ? verify(null, bytes, publicKey, signature)
    : verify('sha256', bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
}

const installationKeyFile = (home: string): string => join(home, 'keys', 'installation.key')

/** The installation's key, `home/keys/installation.key`; `undefined` where there is none. Throws when it is not 32 bytes. */
export const readInstallationKey = (home: string): Uint8Array | undefined => {
  let text: string
  try {
    text = readFileSync(installationKeyFile(home), 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const key = fromBase64(text)
  if (key?.length !== INSTALLATION_KEY_BYTES) throw new Error(`${installationKeyFile(home)} is not an installation key`)
  return key
}

/** Makes the installation's key, readable by its owner only, unless there is one; returns the one there is. */
export const makeInstallationKey = (home: string): Uint8Array => {
  mkdirSync(join(home, 'keys'), { recursive: true, mode: 0o700 })
  try {
    const file = openSync(installationKeyFile(home), 'wx', 0o600)
    writeFileSync(file, `${toBase64(randomBytes(INSTALLATION_KEY_BYTES))}\n`)
    fsyncSync(file)
    closeSync(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const key = readInstallationKey(home)
  if (key === undefined) throw new Error(`could not make ${installationKeyFile(home)}`)
  return key
}

/** Seals a secret with the installation's key. `label` is bound to it: what was sealed as one thing does not open as another. */
export const seal = (installationKey: Uint8Array, label: string, secret: Uint8Array): Uint8Array => {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', installationKey, nonce).setAAD(Buffer.from(label))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]))
}

/** Opens what `seal` made; `undefined` with another key, another label, or changed bytes. */
export const unseal = (installationKey: Uint8Array, label: string, box: Uint8Array): Uint8Array | undefined => {
  if (box.length < NONCE_BYTES + TAG_BYTES) return undefined
  const nonce = box.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', installationKey, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(label)).setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]))
  } catch {
    return undefined
  }
}
