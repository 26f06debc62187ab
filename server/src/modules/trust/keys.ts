import { type Envelope, type PublicKey, type SignedKind, signingBytes } from '@loa/protocol'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import {
  makeInstallationKey,
  makeKey,
  readInstallationKey,
  seal,
  signBytes,
  signerOf,
  unseal,
  verifyBytes,
} from '../../platform/crypto.ts'
import {
  allServerKeys,
  anySealedKey,
  insertKey,
  type KeyPurpose,
  type KeyRow,
  lockTrust,
  personKeys,
  singleKey,
} from './store.ts'

const publicOf = (row: KeyRow): PublicKey => ({ id: row.id, alg: row.alg, public: row.publicKey })

/** What a sealed private key is bound to, so that one person's cannot be put in another's row. */
const labelOf = (row: Pick<KeyRow, 'id' | 'purpose' | 'person'>): string =>
  `${row.purpose}:${row.person ?? ''}:${row.id}`

/**
 * The installation key for sealing. A new one is made only where nothing has been sealed yet: with sealed keys in the
 * database and the file gone, a fresh file would hide that every key is lost.
 */
const sealingKey = async (ctx: Context, db: Db): Promise<Uint8Array> => {
  const found = readInstallationKey(ctx.config.home)
  if (found !== undefined) return found
  if (await anySealedKey(db))
    throw new Error('keys/installation.key is missing: put it back from the backup of the home')
  return makeInstallationKey(ctx.config.home)
}

/** Whether keys were sealed with a file that is not there any more: nothing can be signed until it is put back. */
export const keyFileIsLost = async (ctx: Context, db: Db): Promise<boolean> =>
  readInstallationKey(ctx.config.home) === undefined && (await anySealedKey(db))

const makeAndKeep = async (ctx: Context, db: Db, purpose: KeyPurpose, person: string | null = null): Promise<void> => {
  await lockTrust(db)
  const installation = await sealingKey(ctx, db)
  const { key, privateKey } = makeKey()
  const row = { id: key.id, purpose, person }
  await insertKey(db, {
    ...row,
    alg: key.alg,
    publicKey: key.public,
    privateKey: Buffer.from(seal(installation, labelOf(row), privateKey)),
    madeAt: ctx.clock.now(),
    retiredAt: null,
  })
}

/** The root or server key in force, made at first use; of two that race, both get the one that was kept. */
const ensureSingle = async (ctx: Context, db: Db, purpose: 'root' | 'server'): Promise<KeyRow> => {
  const found = await singleKey(db, purpose)
  if (found !== undefined) return found
  await makeAndKeep(ctx, db, purpose)
  const kept = await singleKey(db, purpose)
  if (kept === undefined) throw new Error(`no ${purpose} key after making one`)
  return kept
}

/** The people's keys by person, made where somebody has none yet. */
export const ensurePersonKeys = async (
  ctx: Context,
  db: Db,
  people: readonly string[],
): Promise<Map<string, PublicKey>> => {
  const wanted = [...new Set(people)]
  const have = new Set((await personKeys(db, wanted)).map((row) => row.person))
  for (const person of wanted) if (!have.has(person)) await makeAndKeep(ctx, db, 'person', person)
  return new Map((await personKeys(db, wanted)).map((row) => [row.person ?? '', publicOf(row)]))
}

const openedWith = (ctx: Context, row: KeyRow): Uint8Array => {
  const installation = readInstallationKey(ctx.config.home)
  if (installation === undefined)
    throw new Error('keys/installation.key is missing: put it back from the backup of the home')
  const opened = row.privateKey === null ? undefined : unseal(installation, labelOf(row), row.privateKey)
  if (opened === undefined)
    throw new Error(`key ${row.id} does not open with this installation's keys/installation.key`)
  return opened
}

const signWith = (ctx: Context, row: KeyRow, bytes: Uint8Array): { key: string; value: string } => ({
  key: row.id,
  value: signBytes(openedWith(ctx, row), bytes),
})

/** The public root key: the one thing a device learns at enrolment and never asks for again. */
export const rootKey = async (ctx: Context, db: Db): Promise<PublicKey> => publicOf(await ensureSingle(ctx, db, 'root'))

/** Server keys in force. */
export const serverKeys = async (ctx: Context, db: Db): Promise<PublicKey[]> => [
  publicOf(await ensureSingle(ctx, db, 'server')),
]

/** Server keys as a roster lists them, with the time each is good for. */
export const serverKeyPeriods = async (ctx: Context, db: Db) => {
  await ensureSingle(ctx, db, 'server')
  return (await allServerKeys(db)).map((row) => ({ key: publicOf(row), from: row.madeAt, to: row.retiredAt }))
}

/** An envelope signed by the server key in force. */
export const signAsServer = async (ctx: Context, db: Db, kind: SignedKind, body: string): Promise<Envelope> => ({
  body,
  signatures: [signWith(ctx, await ensureSingle(ctx, db, 'server'), signingBytes(kind, body))],
})

/** Signs as the server many times over with the key looked up and opened once: for answers to a crowd. Use it at once, do not keep it. */
export const serverSigner = async (ctx: Context, db: Db): Promise<(kind: SignedKind, body: string) => Envelope> => {
  const row = await ensureSingle(ctx, db, 'server')
  const sign = signerOf(openedWith(ctx, row))
  return (kind, body) => ({ body, signatures: [{ key: row.id, value: sign(signingBytes(kind, body)) }] })
}

/** An envelope signed by the root key; only rosters are. */
export const signAsRoot = async (ctx: Context, db: Db, kind: 'roster', body: string): Promise<Envelope> => ({
  body,
  signatures: [signWith(ctx, await ensureSingle(ctx, db, 'root'), signingBytes(kind, body))],
})

type PersonSigning = { readonly person: string; readonly kind: SignedKind; readonly body: string }

/**
 * A person's signature, made with the key the server holds for them for now. Call it only for what that person does in
 * their own session. Refused `key.missing` where the key is held by the person alone.
 */
export const signAsPerson = async (
  ctx: Context,
  db: Db,
  { person, kind, body }: PersonSigning,
): Promise<{ key: string; value: string } | Refusal> => {
  await ensurePersonKeys(ctx, db, [person])
  const [row] = await personKeys(db, [person])
  if (row === undefined || row.privateKey === null) return refuse('key.missing')
  return signWith(ctx, row, signingBytes(kind, body))
}

/** Whether `value` is `publicKey`'s signature over a body of a kind. Ed25519 and P-256; strict base64; never throws. */
export const verify = (publicKey: PublicKey, kind: SignedKind, body: string, value: string): boolean =>
  verifyBytes(publicKey, signingBytes(kind, body), value)
