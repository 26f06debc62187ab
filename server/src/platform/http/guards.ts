import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isLoopback } from '../../config.ts'
import { refuse } from '../../kernel/refusal.ts'
import { NO_ROOM_BYTES } from '../disk.ts'
import { refusedResponse, SoundTooLarge } from './refused.ts'

/** A notice with all its versions is some tens of kilobytes. */
export const JSON_MAX_BYTES = 1_000_000
/** Outlines of a province's communes, as the mapping agencies hand them out, simplified. */
export const MAP_MAX_BYTES = 5_000_000
/** Half an hour of 48 kHz stereo is far over; an hour of compressed speech is well under. */
export const SOUND_MAX_BYTES = 64_000_000

const SOUND_TYPE = /^(audio|video)\/|^application\/(ogg|octet-stream|offset\+octet-stream)|^multipart\/form-data/i
const JSON_TYPE = /^application\/(.+\+)?json\b/i
const SAFE_VERBS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Scripts only from ourselves. Styles may be inline: the component library writes its variables into style elements,
 * and a static page has no nonce to give them.
 */
const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers on every answer (ASVS 3.4). */
export const securityHeaders =
  (https: boolean): MiddlewareHandler =>
  async (c, next) => {
    await next()
    // a page that needs less than the console has said so itself
    if (c.res.headers.get('Content-Security-Policy') === null) c.header('Content-Security-Policy', CONTENT_POLICY)
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('X-Frame-Options', 'DENY')
    c.header('Referrer-Policy', 'no-referrer')
    c.header('Cross-Origin-Opener-Policy', 'same-origin')
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    c.header('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()')
    if (https) c.header('Strict-Transport-Security', 'max-age=31536000')
    if (c.res.headers.get('Cache-Control') === null) c.header('Cache-Control', 'no-store')
  }

/**
 * Addresses that hold a secret of their own, which a page elsewhere cannot know: what changes something there needs no cookie
 * that could be borrowed. Told to send no referrer, a browser calls the origin of such a form `null`, and an old one says no more.
 */
const HOLDS_ITS_SECRET = /^\/nghe\/[^/]+$/

const hostOf = (address: string | undefined): string | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address).host : undefined

const bareName = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')

/**
 * A server for this machine alone answers only to this machine's names, so that a page elsewhere cannot reach it by
 * pointing its own name here. What changes something must come from our own pages: browsers say so in Sec-Fetch-Site
 * or Origin; programs send neither.
 */
export const sameSite =
  (listensOn: string): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host') ?? ''
    const foreignHost = isLoopback(listensOn) && !isLoopback(bareName(host))
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const foreignPage =
      !SAFE_VERBS.has(c.req.method) &&
      !HOLDS_ITS_SECRET.test(c.req.path) &&
      (site === undefined ? origin !== undefined && hostOf(origin) !== host : site !== 'same-origin' && site !== 'none')
    if (foreignHost || foreignPage) return refusedResponse(c, refuse('access.crossSite'))
    return next()
  }

const limitedTo = (maxSize: number): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: (c) => refusedResponse(c, refuse('input.tooLarge')) })
const smallJson = limitedTo(JSON_MAX_BYTES)
const mapJson = limitedTo(MAP_MAX_BYTES)

const jsonLimit: MiddlewareHandler = (c, next) =>
  c.req.path === '/api/geometry' ? mapJson(c, next) : smallJson(c, next)

/** Where dispatches are dropped in as files: Word, PDF, text, under whatever type the browser gives them. */
const TAKES_DOCUMENTS = '/api/dispatch-texts'
const DOCUMENT_MAX_BYTES = 10_000_000

const countedTo = (limit: number): TransformStream<Uint8Array, Uint8Array> => {
  let bytes = 0
  return new TransformStream({
    transform(piece, out) {
      bytes += piece.length
      if (bytes > limit) out.error(new SoundTooLarge())
      else out.enqueue(piece)
    },
  })
}

/**
 * Nothing of a sound is read before somebody asks for it, so that a stranger's 64 MB are never held: by its announced length,
 * or counted on the way to whoever reads it. Throws SoundTooLarge there.
 */
const soundLimit: MiddlewareHandler = (c, next) => {
  const { raw } = c.req
  const announced = raw.headers.has('transfer-encoding') ? null : raw.headers.get('content-length')
  if (announced !== null) {
    return Number(announced) > SOUND_MAX_BYTES ? Promise.resolve(refusedResponse(c, refuse('sound.tooLarge'))) : next()
  }
  if (raw.body !== null) {
    const counted: RequestInit & { duplex: 'half' } = {
      body: raw.body.pipeThrough(countedTo(SOUND_MAX_BYTES)),
      duplex: 'half',
    }
    c.req.raw = new Request(raw, counted)
  }
  return next()
}

/** A dispatch says how long it is before it is read: a browser that sends a file always does. */
const documentLimit: MiddlewareHandler = (c, next) => {
  const announced = c.req.raw.headers.has('transfer-encoding') ? undefined : c.req.header('content-length')
  if (announced === undefined) return Promise.resolve(refusedResponse(c, refuse('input.malformed')))
  return Number(announced) <= DOCUMENT_MAX_BYTES
    ? next()
    : Promise.resolve(refusedResponse(c, refuse('document.tooLarge')))
}

/** Bodies end at their limit, counted as they arrive where no length is announced. JSON is text, whatever else its type says. */
export const limitedBody: MiddlewareHandler = (c, next) => {
  if (c.req.path === TAKES_DOCUMENTS) return documentLimit(c, next)
  const type = c.req.header('content-type') ?? ''
  return SOUND_TYPE.test(type) && !JSON_TYPE.test(type) ? soundLimit(c, next) : jsonLimit(c, next)
}

/** PostgreSQL cannot hold NUL in text, and half a surrogate pair is no character. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** The UTF-16 unit that an escape of JSON at this place stands for; NaN where none stands there. */
const unitEscapedAt = (text: string, at: number): number =>
  text.startsWith('\\u', at) ? Number.parseInt(text.slice(at + 2, at + 6), 16) : Number.NaN
const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isSecondHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/**
 * Whether no string in this JSON holds what cannot be kept; whether it is JSON at all is for whoever reads it to say. What came in
 * UTF-8 holds it in an escape or not at all. Nothing is built of the text: anybody may send it, and to walk through the values of
 * one megabyte takes half a second.
 */
const isStorableJson = (text: string): boolean => {
  for (let at = text.indexOf('\\'); at >= 0; ) {
    const unit = unitEscapedAt(text, at)
    const isPair = isFirstHalf(unit) && isSecondHalf(unitEscapedAt(text, at + 6))
    if (unit === 0 || isSecondHalf(unit) || (isFirstHalf(unit) && !isPair)) return false
    at = text.indexOf('\\', at + (isPair ? 12 : 2))
  }
  return !text.includes('\0')
}

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Refuses text that could not be kept, wherever it stands: path, query or JSON body. A file is read by whoever asks for it. */
export const storableText: MiddlewareHandler = async (c, next) => {
  const address = decoded(new URL(c.req.url).pathname + new URL(c.req.url).search.replaceAll('+', ' '))
  if (address === undefined || !isStorable(address)) return refusedResponse(c, refuse('input.malformed'))
  const isJson = c.req.path !== TAKES_DOCUMENTS && JSON_TYPE.test(c.req.header('content-type') ?? '')
  if (isJson && c.req.raw.body !== null) {
    const text = await c.req.text()
    if (text !== '' && !isStorableJson(text)) return refusedResponse(c, refuse('input.malformed'))
  }
  return next()
}

/** What brings new texts and sounds in; approving, stopping and signing in are not among them. */
const BRINGS_NEW = /^\/api\/(recordings|uploads(\/[^/]+)?|notices(\/[^/]+(\/submit)?)?)$/

/**
 * Says at once that the disk is full, where a write would end in the database's own retries half a minute later. `told` is
 * called with the path. A disk that cannot be asked is taken to have room.
 */
export const roomOnDisk =
  (free: () => Promise<number>, told: (path: string) => void): MiddlewareHandler =>
  async (c, next) => {
    if (SAFE_VERBS.has(c.req.method) || c.req.method === 'DELETE' || !BRINGS_NEW.test(c.req.path)) return next()
    if ((await free().catch(() => NO_ROOM_BYTES)) >= NO_ROOM_BYTES) return next()
    told(c.req.path)
    return refusedResponse(c, refuse('system.diskFull'))
  }
