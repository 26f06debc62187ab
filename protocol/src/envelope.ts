import { z } from 'zod'
import { utf8 } from './bytes.ts'

/** Characters. A manifest of 500 airings over as many releases, each signed by two, is about 700,000. */
export const envelopeBodyMax = 1_000_000

/**
 * The signed envelope. What is signed are the exact bytes that travel: `body` is the JSON text itself, so nobody has to
 * agree on a canonical form. Signing input = UTF-8 of `loa/v1/<kind>` LF `<body>`; the kind keeps a signature made for
 * one purpose from serving another.
 */
export const envelopeSchema = z.strictObject({
  body: z.string().min(2).max(envelopeBodyMax),
  signatures: z.array(z.strictObject({ key: z.string().min(8).max(64), value: z.string().min(80).max(100) })).max(8),
})
export type Envelope = z.infer<typeof envelopeSchema>

export type SignedKind =
  | 'candidate'
  | 'roster'
  | 'manifest'
  | 'order'
  | 'stop'
  | 'config'
  | 'welcome'
  | 'ack'
  | 'receipt'

/** The bytes that are signed for a body of a kind. */
export const signingBytes = (kind: SignedKind, body: string): Uint8Array => utf8(`loa/v1/${kind}\n${body}`)

/** A public key as it travels: Ed25519 (RFC 8032, raw 32 bytes) or ECDSA P-256 with SHA-256 (raw 65-byte point, IEEE P1363 signature). */
export const publicKeySchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16,64}$/),
  alg: z.enum(['ed25519', 'p256']),
  public: z.string().min(40).max(100),
})
export type PublicKey = z.infer<typeof publicKeySchema>

/** Parses JSON text of a known shape. `undefined` for anything else: a caller turns that into its own refusal. */
export const parseAs = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** Reads an envelope from a wire payload. */
export const parseEnvelope = (payload: string): Envelope | undefined => parseAs(envelopeSchema, payload)
