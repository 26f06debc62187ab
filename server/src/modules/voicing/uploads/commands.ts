import type { Instant } from '@loa/protocol'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { sha256HexAside } from '../../../platform/crypto.ts'
import { inTransaction } from '../../../platform/database.ts'
import { takeRecording, type Voicing, voicingById } from '../commands.ts'
import { refuseClassified } from '../secrecy.ts'
import { type Announced, givingWay, PIECE_BYTES, PIECE_MIN_BYTES, UPLOAD_KEPT_MS, type Upload } from './model.ts'
import {
  advance,
  findOpenUploads,
  findPiece,
  findPieces,
  findUpload,
  finishUpload,
  insertPiece,
  insertUpload,
  lockUploads,
  removeExpired,
  removeUploads,
} from './store.ts'

/** Makes room for a recording that will come in pieces. Refused `notice.classified`, `upload.full`. */
export const beginUpload = async (ctx: Context, announced: Announced, person: string): Promise<Upload | Refusal> => {
  const { unit, length, sha256, fileName } = announced
  const classified = await refuseClassified(ctx, { unit, person, texts: [], fileName })
  if (classified) return classified
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (db) => {
    await lockUploads(db)
    const gone = givingWay(await findOpenUploads(db, now), { person, unit, length })
    if (gone === undefined) return refuse('upload.full')
    await removeUploads(db, gone)
    const expiresAt = now + UPLOAD_KEPT_MS
    const upload: Upload = { id: ctx.ids.next(), person, unit, length, received: 0, sha256, voicing: null, expiresAt }
    await insertUpload(db, upload, now)
    return upload
  })
}

/** Somebody's own upload. Anybody else's is not there. */
export const ownUpload = async (ctx: Context, id: string, person: string): Promise<Upload | Refusal> => {
  const found = await findUpload(ctx.db, id, ctx.clock.now())
  return found?.person === person ? found : refuse('input.notFound')
}

/** Writes a piece down, and with it that it is there. Refused `upload.wrongOffset` where something else came first. */
const keepPiece = (
  ctx: Context,
  id: string,
  piece: { from: number; bytes: Uint8Array },
): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    if (!(await advance(db, id, { from: piece.from, by: piece.bytes.length }))) return refuse('upload.wrongOffset')
    await insertPiece(db, id, piece)
    return undefined
  })

type Coming = { readonly upload: Upload; readonly offset: number; readonly body: AsyncIterable<Uint8Array> }

/**
 * Takes in what comes, from `offset` on; how far the upload is afterwards. Every piece is on disk before it is acknowledged; where
 * the line breaks, what had come until then stays. Refused `upload.wrongOffset`, `input.tooLarge`.
 */
export const takePieces = async (ctx: Context, { upload, offset, body }: Coming): Promise<number | Refusal> => {
  if (offset !== upload.received) return refuse('upload.wrongOffset')
  let at = offset
  let held: Uint8Array[] = []
  let bytes = 0
  const flush = async (): Promise<Refusal | undefined> => {
    if (bytes === 0 || (bytes < PIECE_MIN_BYTES && at + bytes < upload.length)) return undefined
    const refused = await keepPiece(ctx, upload.id, { from: at, bytes: Buffer.concat(held) })
    if (refused) return refused
    at += bytes
    held = []
    bytes = 0
    return undefined
  }
  try {
    for await (const come of body) {
      if (at + bytes + come.length > upload.length) return refuse('input.tooLarge')
      held.push(come)
      bytes += come.length
      const refused = bytes >= PIECE_BYTES ? await flush() : undefined
      if (refused) return refused
    }
  } catch (error) {
    await flush()
    throw error
  }
  return (await flush()) ?? at
}

/** Piece after piece into one array, so that a recording is in memory once. */
const wholeOf = async (ctx: Context, { id, length }: Upload): Promise<Uint8Array> => {
  const whole = new Uint8Array(length)
  for (const from of await findPieces(ctx.db, id)) {
    const piece = await findPiece(ctx.db, id, from)
    if (piece !== undefined) whole.set(piece, from)
  }
  return whole
}

/** What may pass: the pieces stay, so that the same recording can be asked for again. */
const PASSES: ReadonlySet<string> = new Set(['system.busy', 'system.diskFull'])

/**
 * The recording that has come whole, made into a sound. Asked again it is the same voicing. Refused `upload.incomplete`,
 * `upload.damaged`, `sound.*`.
 */
export const takeUpload = async (ctx: Context, upload: Upload): Promise<Voicing | Refusal> => {
  const made = upload.voicing === null ? undefined : await voicingById(ctx.db, upload.voicing)
  if (made) return made
  const { id, unit, person, received, length } = upload
  if (received < length) return refuse('upload.incomplete', { received, length })
  const bytes = await wholeOf(ctx, upload)
  if ((await sha256HexAside(bytes)) !== upload.sha256) {
    // of two that ask at once the first may have made it, and let the pieces go, while this one was reading them
    const now = await findUpload(ctx.db, id, ctx.clock.now())
    const meanwhile = now && now.voicing !== null ? await voicingById(ctx.db, now.voicing) : undefined
    if (meanwhile) return meanwhile
    await removeUploads(ctx.db, [id])
    return refuse('upload.damaged')
  }
  // the file's name was looked at when it was announced, and is not kept
  const voicing = await takeRecording(ctx, { unit, bytes, fileName: '' }, person)
  if (!isRefusal(voicing)) await inTransaction(ctx.db, (db) => finishUpload(db, id, voicing.id))
  else if (!PASSES.has(voicing.refused)) await removeUploads(ctx.db, [id])
  return voicing
}

const SWEEP_MS = 600_000
const swept = new WeakMap<Context, Instant>()

/** Forgets, every ten minutes, what nobody has finished within its day. */
export const forgetExpired = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  if (now < (swept.get(ctx) ?? -SWEEP_MS) + SWEEP_MS) return
  await removeExpired(ctx.db, now)
  swept.set(ctx, now)
}
