import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { Handler } from 'hono'
import { refuse } from '../../kernel/refusal.ts'
import { refusedResponse } from './refused.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.opus': 'audio/ogg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** Packed forms that the build may have left beside a file, best first. */
const PACKED = [
  { encoding: 'br', suffix: '.br' },
  { encoding: 'gzip', suffix: '.gz' },
] as const

type Kept = { readonly bytes: Uint8Array<ArrayBuffer>; readonly etag: string; readonly changedMs: number }

/** Files once read stay in memory; the console is about a megabyte. */
class FileShelf {
  readonly #kept = new Map<string, Kept>()

  async get(file: string): Promise<Kept | undefined> {
    const about = await stat(file).catch(() => undefined)
    if (about === undefined || !about.isFile()) return undefined
    const before = this.#kept.get(file)
    if (before?.changedMs === about.mtimeMs) return before
    const bytes = new Uint8Array(await readFile(file))
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    const kept = { bytes, etag, changedMs: about.mtimeMs }
    this.#kept.set(file, kept)
    return kept
  }
}

/** Names that hold their content's hash never change; everything else is asked for again each time. */
const isHashed = (path: string): boolean => path.startsWith('/assets/')

/** The file that a path names, never one outside the folder. */
const fileFor = (folder: string, path: string): string | undefined => {
  const file = join(folder, decodeURIComponent(path))
  return file.startsWith(folder + sep) ? file : undefined
}

const NOT_BUILT = 'Chưa có giao diện. Hãy chạy "npm start" để dựng, rồi mở lại trang này.\n'

/** Serves the built console: files by name, and its first page for every address that the console itself routes. */
export const consolePages = (folder: string): Handler => {
  const shelf = new FileShelf()
  return async (c) => {
    const named = extname(c.req.path) !== ''
    const path = named ? c.req.path : '/index.html'
    const file = fileFor(folder, path)
    const plain = file === undefined ? undefined : await shelf.get(file)
    if (file === undefined || plain === undefined) {
      return named ? refusedResponse(c, refuse('input.notFound')) : c.text(NOT_BUILT, 503)
    }
    const accepts = c.req.header('accept-encoding') ?? ''
    const wanted = PACKED.filter(({ encoding }) => new RegExp(`\\b${encoding}\\b`).test(accepts))
    const packed = await Promise.all(
      wanted.map(async (form) => ({ ...form, kept: await shelf.get(file + form.suffix) })),
    )
    const best = packed.find(({ kept }) => kept !== undefined && kept.changedMs >= plain.changedMs)
    c.header('ETag', plain.etag)
    c.header('Vary', 'Accept-Encoding')
    c.header('Cache-Control', isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (c.req.header('if-none-match') === plain.etag) return c.body(null, 304)
    c.header('Content-Type', MEDIA_TYPES[extname(file)] ?? 'application/octet-stream')
    if (best?.kept !== undefined) c.header('Content-Encoding', best.encoding)
    return c.body((best?.kept ?? plain).bytes)
  }
}
