import { after, serverNow } from '../platform/clock.ts'
import { ask, isRefused, NO_CONNECTION, type Refused, reach, refusedBy } from './client.ts'
import type { Voicing } from './types.ts'

/** A piece takes some seconds to send, however slow the line is: so much is lost when it breaks. */
const PIECE_BYTES_FIRST = 65_536
const PIECE_BYTES_MIN = 32_768
const PIECE_BYTES_MAX = 1_048_576
const PIECE_MS = 4000
/** A line that says nothing for so long is taken to be lost. */
const SILENT_MAX_MS = 120_000
const TUS = { 'tus-resumable': '1.0.0' }

export type Sending = {
  readonly unit: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** As the file was called; looked at for a secrecy mark. */
  readonly name: string
  /** What is on its way already, from an earlier try. */
  readonly known: { readonly sha256: string; readonly id: string } | null
}

export type Watching = {
  /** How much has gone, 0 to 1; 1: the server works on it. */
  readonly onShare: (share: number) => void
  /** The server's name for what is on its way. */
  readonly onBegun: (upload: { sha256: string; id: string }) => void
  readonly signal: AbortSignal
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** Asks, and gives up where nothing is heard for two minutes. */
const patient = async (path: string, question: Parameters<typeof reach>[1], signal: AbortSignal) => {
  const ending = new AbortController()
  const end = () => ending.abort()
  const cancel = after(SILENT_MAX_MS, end)
  signal.addEventListener('abort', end)
  try {
    if (signal.aborted) end()
    return await reach(path, { ...question, signal: ending.signal })
  } catch (error) {
    if (signal.aborted) throw error
    return { refused: NO_CONNECTION, message: '', detail: {} } satisfies Refused
  } finally {
    cancel()
    signal.removeEventListener('abort', end)
  }
}

const offsetOf = (response: Response): number => Number(response.headers.get('upload-offset') ?? 0)

type Begun = { readonly at: string; readonly offset: number }

/** Where an earlier try stands; `undefined` where the server has forgotten it. */
const standing = async (id: string, signal: AbortSignal): Promise<Begun | Refused | undefined> => {
  const at = `/api/uploads/${encodeURIComponent(id)}`
  const answer = await patient(at, { method: 'HEAD', headers: TUS }, signal)
  if (isRefused(answer)) return answer
  if (answer.ok) return { at, offset: offsetOf(answer) }
  // a HEAD has no body to say why; who is not signed in any more is told so by the next question
  return answer.status === 401 ? refusedBy(await fetch('/api/me')) : undefined
}

const begin = async (
  { unit, bytes, name }: Sending,
  sha256: string,
  { onBegun, signal }: Watching,
): Promise<Begun | Refused> => {
  const told = { unit, sha256, ...(name === '' ? {} : { filename: name }) }
  const metadata = Object.entries(told)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',')
  const headers = { ...TUS, 'upload-length': String(bytes.length), 'upload-metadata': metadata }
  const answer = await patient('/api/uploads', { method: 'POST', headers }, signal)
  if (isRefused(answer)) return answer
  if (!answer.ok) return refusedBy(answer)
  const at = answer.headers.get('location') ?? ''
  onBegun({ sha256, id: at.split('/').at(-1) ?? '' })
  return { at, offset: 0 }
}

/** Piece after piece; the refusal that ended it, or nothing where all has gone. */
const sendOn = async (
  bytes: Uint8Array<ArrayBuffer>,
  { at, offset }: Begun,
  { onShare, signal }: Watching,
): Promise<Refused | undefined> => {
  let size = PIECE_BYTES_FIRST
  let gone = offset
  while (gone < bytes.length) {
    onShare(gone / bytes.length)
    const begun = serverNow()
    const headers = { ...TUS, 'upload-offset': String(gone) }
    const raw = { bytes: bytes.subarray(gone, gone + size), type: 'application/offset+octet-stream' }
    const answer = await patient(at, { method: 'PATCH', headers, raw }, signal)
    if (isRefused(answer)) return answer
    if (!answer.ok) return refusedBy(answer)
    gone = offsetOf(answer)
    const tookMs = Math.max(1, serverNow() - begun)
    size = Math.round(Math.max(PIECE_BYTES_MIN, Math.min(PIECE_BYTES_MAX, (size * PIECE_MS) / tookMs, size * 4)))
  }
  onShare(1)
  return undefined
}

/** Over plain http a browser reckons no checksum: a file then goes up in one, and anew where the line breaks. */
const sendWhole = async ({ unit, bytes, name }: Sending, signal: AbortSignal): Promise<Voicing | Refused> => {
  const query = new URLSearchParams({ unit, ...(name === '' ? {} : { name }) })
  const raw = { bytes, type: 'application/octet-stream' }
  return ask<Voicing>(`/api/recordings?${query}`, { method: 'POST', raw, signal })
}

/**
 * Sends a recording in pieces, on from where an earlier try ended, and has the sound made of it. Throws where `signal` ends it;
 * every other end is the voicing or a refusal, and may be tried again.
 */
export const sendRecording = async (sending: Sending, watching: Watching): Promise<Voicing | Refused> => {
  const { unit, bytes, known } = sending
  const { signal } = watching
  if (crypto.subtle === undefined) return sendWhole(sending, signal)
  const sha256 = hex(await crypto.subtle.digest('SHA-256', bytes))
  const earlier = known?.sha256 === sha256 ? await standing(known.id, signal) : undefined
  const begun = earlier ?? (await begin(sending, sha256, watching))
  if (isRefused(begun)) return begun
  const stopped = await sendOn(bytes, begun, watching)
  if (stopped) return stopped
  const id = begun.at.split('/').at(-1) ?? ''
  const path = `/api/recordings?unit=${encodeURIComponent(unit)}&upload=${encodeURIComponent(id)}`
  // making the sound of ten minutes takes longer than any piece
  const answer = await reach(path, { method: 'POST', signal })
  if (isRefused(answer)) return answer
  return answer.ok ? ((await answer.json()) as Voicing) : refusedBy(answer)
}

/** Lets go what is on its way and will not be wanted; where that fails the server forgets it by itself. */
export const dropUpload = (id: string): void => {
  void reach(`/api/uploads/${encodeURIComponent(id)}`, { method: 'DELETE', headers: TUS }).catch(() => undefined)
}
