import { type Instant, localDate } from '@loa/protocol'
import type { Context as HonoContext } from 'hono'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { type Router, reply, SOUND_MAX_BYTES } from '../../../platform/http.ts'
import { openLanes } from '../../../platform/turns.ts'
import { actorOf, authorise } from '../../access/index.ts'
import { unitPath } from '../../org/index.ts'
import { mayRecord } from '../policy.ts'
import { beginUpload, ownUpload, takePieces } from './commands.ts'
import { announcedIn, type Upload } from './model.ts'
import { removeUploads } from './store.ts'

/** tus resumable upload protocol 1.0.0 (tus.io/protocols/resumable-upload): core, creation, expiration, termination. */
const VERSION = '1.0.0'
const EXTENSIONS = 'creation,expiration,termination'
const PIECES_TYPE = 'application/offset+octet-stream'

/** A line that breaks leaves the server waiting on it for a while; the same person's next try does not wait for that. */
const lane = openLanes({ running: 6, waiting: 0 })

type Answer = { readonly status: 200 | 201 | 204; readonly headers: Readonly<Record<string, string>> }

const answer = (c: HonoContext, { status, headers }: Answer): Response =>
  c.body(null, status, { 'Tus-Resumable': VERSION, 'Cache-Control': 'no-store', ...headers })

const stand = (received: number, length: number, expiresAt: Instant): Record<string, string> => ({
  'Upload-Offset': String(received),
  'Upload-Length': String(length),
  'Upload-Expires': new Date(expiresAt).toUTCString(),
})

/** An upload of one's own, for a unit one may still record for; whoever lost the post does not find it any more. */
export const uploadOf = async (ctx: Context, c: HonoContext, id: string): Promise<Upload | Refusal> => {
  const actor = actorOf(c)
  const upload = await ownUpload(ctx, id, actor.person)
  if (isRefusal(upload)) return upload
  return authorise(actor, mayRecord, await unitPath(ctx.db, upload.unit, localDate(ctx.clock.now()))) ?? upload
}

const begin = async (ctx: Context, c: HonoContext): Promise<Response> => {
  const actor = actorOf(c)
  const announced = announcedIn(c.req.header('upload-length') ?? '', c.req.header('upload-metadata') ?? '')
  if (isRefusal(announced)) return reply(c, announced)
  const path = await unitPath(ctx.db, announced.unit, localDate(ctx.clock.now()))
  const made = authorise(actor, mayRecord, path) ?? (await beginUpload(ctx, announced, actor.person))
  if (isRefusal(made)) return reply(c, made)
  const headers = { Location: `/api/uploads/${made.id}`, ...stand(0, made.length, made.expiresAt) }
  return answer(c, { status: 201, headers })
}

const none = async function* (): AsyncGenerator<Uint8Array> {}

const append = async (ctx: Context, c: HonoContext): Promise<Response> => {
  const upload = await uploadOf(ctx, c, c.req.param('id') ?? '')
  if (isRefusal(upload)) return reply(c, upload)
  const offset = c.req.header('upload-offset') ?? ''
  if (c.req.header('content-type') !== PIECES_TYPE || !/^\d{1,9}$/.test(offset))
    return reply(c, refuse('input.malformed'))
  const body = (c.req.raw.body as AsyncIterable<Uint8Array> | null) ?? none()
  const now = await lane(upload.person, () => takePieces(ctx, { upload, offset: Number(offset), body }))
  return isRefusal(now)
    ? reply(c, now)
    : answer(c, { status: 204, headers: stand(now, upload.length, upload.expiresAt) })
}

const describe = (router: Router): void => {
  const one = '/api/uploads/{id}'
  const register = (method: 'post' | 'patch' | 'head' | 'delete', path: string, summary: string): void =>
    router.openAPIRegistry.registerPath({ method, path, summary, responses: { 200: { description: 'OK' } } })
  register('post', '/api/uploads', 'Báo trước một bản thu sẽ gửi lên từng phần (tus 1.0.0)')
  register('head', one, 'Đã nhận đến đâu (tus 1.0.0)')
  register('patch', one, 'Gửi tiếp từ chỗ đã nhận (tus 1.0.0)')
  register('delete', one, 'Bỏ một bản thu đang gửi dở (tus 1.0.0)')
}

/** Recordings that come in pieces: over a line that breaks, from a phone that goes to sleep, through a restart of the server. */
export const uploadRoutes = (router: Router, ctx: Context): void => {
  describe(router)
  router.on('OPTIONS', '/api/uploads', (c) => {
    const headers = { 'Tus-Version': VERSION, 'Tus-Extension': EXTENSIONS, 'Tus-Max-Size': String(SOUND_MAX_BYTES) }
    return answer(c, { status: 204, headers })
  })
  router.post('/api/uploads', (c) => begin(ctx, c))
  // a HEAD is a GET without its body
  router.get('/api/uploads/:id', async (c) => {
    const upload = await uploadOf(ctx, c, c.req.param('id'))
    if (isRefusal(upload)) return reply(c, upload)
    return answer(c, { status: 200, headers: stand(upload.received, upload.length, upload.expiresAt) })
  })
  router.patch('/api/uploads/:id', (c) => append(ctx, c))
  router.delete('/api/uploads/:id', async (c) => {
    const upload = await uploadOf(ctx, c, c.req.param('id'))
    if (isRefusal(upload)) return reply(c, upload)
    await removeUploads(ctx.db, [upload.id])
    return answer(c, { status: 204, headers: {} })
  })
}
