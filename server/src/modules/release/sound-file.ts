/** A stretch of a file, both ends included, as RFC 9110 §14 counts. */
export type Stretch = { readonly first: number; readonly last: number }

/**
 * What a Range header asks of a file of `size` bytes: `undefined` for the whole (none, or one we do not serve: several
 * ranges, another unit), `'unsatisfiable'` where it begins beyond the end.
 */
export const stretchOf = (range: string | undefined, size: number): Stretch | 'unsatisfiable' | undefined => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  if (match === null || (from === '' && to === '')) return undefined
  if (from === '') return Number(to) === 0 ? 'unsatisfiable' : { first: Math.max(0, size - Number(to)), last: size - 1 }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  return first >= size ? 'unsatisfiable' : { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

type Asked = { readonly range: string | undefined; readonly known: string | undefined }

/** The answer with a sound's bytes. Its address is its hash: it may be kept for ever, and never asked for twice. */
export const soundAnswer = (hash: string, bytes: Uint8Array, { range, known }: Asked): Response => {
  const headers = {
    'Content-Type': 'audio/ogg',
    'Accept-Ranges': 'bytes',
    ETag: `"${hash}"`,
    // private: who may hear it depends on who asks
    'Cache-Control': 'private, max-age=31536000, immutable',
  }
  if (known === headers.ETag) return new Response(null, { status: 304, headers })
  const stretch = stretchOf(range, bytes.length)
  if (stretch === undefined) return new Response(Uint8Array.from(bytes), { headers })
  if (stretch === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${bytes.length}` } })
  }
  const { first, last } = stretch
  return new Response(Uint8Array.from(bytes.subarray(first, last + 1)), {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${bytes.length}` },
  })
}
