import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type Envelope, type PublicKey, type SignedKind, signingBytes, toBase64 } from '../src/index.ts'

export type GoldenKey = {
  readonly public: PublicKey
  /** PKCS#8, DER, base64. */
  readonly privateKey: string
}

/** RFC 8410 §7: PKCS#8 before the 32 bytes of an Ed25519 seed. */
const ed25519Head = '302e020100300506032b657004220420'
/** RFC 5915 in PKCS#8 before the 32 bytes of a P-256 private key. */
const p256Head = '304102010030130607' + '2a8648ce3d020106082a8648ce3d030107042730250201010420'

const privateKeyFrom = (name: string, alg: PublicKey['alg']): KeyObject => {
  const seed = createHash('sha256').update(`loa golden ${name}`).digest('hex')
  const der = Buffer.from((alg === 'ed25519' ? ed25519Head : p256Head) + seed, 'hex')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

const rawBytes = { ed25519: 32, p256: 65 } as const

/** A key that is the same on every machine: its seed is the hash of its name. */
export const goldenKey = (name: string, alg: PublicKey['alg']): GoldenKey => {
  const key = privateKeyFrom(name, alg)
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-rawBytes[alg])
  const id = createHash('sha256').update(raw).digest('hex').slice(0, 32)
  return {
    public: { id, alg, public: toBase64(raw) },
    privateKey: key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  }
}

const objectOf = ({ privateKey }: GoldenKey): KeyObject =>
  createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })

/** P-256 signatures hold chance: the one in the text of the earlier file serves again while it is right. */
const earlierSignature = (key: KeyObject, bytes: Uint8Array, earlier: string): string | undefined =>
  [...earlier.matchAll(/"value": "([^"]+)"/g)]
    .map(([, value = '']) => value)
    .find((value) =>
      verify('sha256', bytes, { key: createPublicKey(key), dsaEncoding: 'ieee-p1363' }, Buffer.from(value, 'base64')),
    )

/** An envelope signed by each key; `earlier` is the text of the file it was written to before. */
export const signed = (kind: SignedKind, body: string, by: readonly GoldenKey[], earlier: string): Envelope => ({
  body,
  signatures: by.map((golden) => {
    const key = objectOf(golden)
    const bytes = signingBytes(kind, body)
    const value =
      golden.public.alg === 'ed25519'
        ? toBase64(sign(null, bytes, key))
        : (earlierSignature(key, bytes, earlier) ?? toBase64(sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' })))
    return { key: golden.public.id, value }
  }),
})
