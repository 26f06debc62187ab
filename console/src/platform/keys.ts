import { fromBase64, type PublicKey, toBase64 } from '@loa/protocol'

/** Signatures in the browser, by WebCrypto. Ed25519 is RFC 8032; P-256 signs in IEEE P1363 form with SHA-256. */

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const P256_SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const
const ED25519 = { name: 'Ed25519' } as const

const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

/** SHA-256 in lower-case hex. */
export const sha256Hex = async (bytes: BufferSource): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/** Whether `value` (strict base64) is this key's signature over `bytes`. A malformed key or signature is simply no signature. */
export const verifySignature = async (key: PublicKey, bytes: Uint8Array, value: string): Promise<boolean> => {
  const raw = fromBase64(key.public)
  const signature = fromBase64(value)
  if (!raw || !signature) return false
  const isEd25519 = key.alg === 'ed25519'
  try {
    const imported = await crypto.subtle.importKey('raw', owned(raw), isEd25519 ? ED25519 : P256, false, ['verify'])
    return await crypto.subtle.verify(isEd25519 ? ED25519 : P256_SIGN, imported, owned(signature), owned(bytes))
  } catch {
    return false
  }
}

export type OwnKey = { readonly key: PublicKey; sign(bytes: Uint8Array): Promise<string> }

/** A fresh key that lives as long as the page; its private half cannot be taken out. `undefined` where the browser knows no Ed25519. */
export const makeOwnKey = async (): Promise<OwnKey | undefined> => {
  try {
    const pair = (await crypto.subtle.generateKey(ED25519, false, ['sign', 'verify'])) as CryptoKeyPair
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const id = (await sha256Hex(raw)).slice(0, 32)
    return {
      key: { id, alg: 'ed25519', public: toBase64(raw) },
      sign: async (bytes) => toBase64(new Uint8Array(await crypto.subtle.sign(ED25519, pair.privateKey, owned(bytes)))),
    }
  } catch {
    return undefined
  }
}
