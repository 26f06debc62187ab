import type { Instant } from '@loa/protocol'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import { SOUND_MAX_BYTES } from '../../../platform/http.ts'

/** An upload nobody has finished within a day is forgotten; the browser still has the recording. */
export const UPLOAD_KEPT_MS = 86_400_000
/** What one person may have on its way at once: two recordings of the greatest size. Older ones give way. */
export const PERSON_MAX_BYTES = 2 * SOUND_MAX_BYTES
/** What all people together may have on its way: ten recordings of the greatest size. */
export const ALL_MAX_BYTES = 10 * SOUND_MAX_BYTES
/** So much is written down at once: what a broken line or a stopped server can lose. */
export const PIECE_BYTES = 262_144
/** Less than this is only written down where it is the end: a recording in single bytes would be millions of rows. */
export const PIECE_MIN_BYTES = 16_384

export type Upload = {
  readonly id: string
  readonly person: string
  readonly unit: string
  readonly length: number
  readonly received: number
  readonly sha256: string
  readonly voicing: string | null
  readonly expiresAt: Instant
}

const SHA256 = /^[0-9a-f]{64}$/

/** What the tus header `Upload-Metadata` says, by name: pairs of a name and base64, with commas between. */
export const metadataOf = (header: string): ReadonlyMap<string, string> =>
  new Map(
    header
      .split(',')
      .map((pair) => pair.trim().split(' '))
      .map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]),
  )

export type Announced = {
  readonly unit: string
  readonly length: number
  readonly sha256: string
  readonly fileName: string
}

/** What is announced of a recording, from the headers of a tus creation. Refused `input.malformed`, `sound.tooLarge`. */
export const announcedIn = (lengthHeader: string, metadata: string): Announced | Refusal => {
  const told = metadataOf(metadata)
  const length = /^\d{1,15}$/.test(lengthHeader) ? Number(lengthHeader) : 0
  const sha256 = told.get('sha256') ?? ''
  const unit = told.get('unit') ?? ''
  const storable = unit !== '' && unit.length <= 64 && !unit.includes('\0')
  if (length === 0 || !storable || !SHA256.test(sha256)) return refuse('input.malformed')
  if (length > SOUND_MAX_BYTES) return refuse('sound.tooLarge')
  return { unit, length, sha256, fileName: told.get('filename') ?? '' }
}

type Waiting = Pick<Upload, 'id' | 'length'>

/**
 * Which of a person's own uploads (oldest first) give way to a new one of this length, so that pressing on never locks anybody
 * out: their recordings are still in the browser they were made in.
 */
export const givingWay = (own: readonly Waiting[], length: number): string[] => {
  let sum = own.reduce((total, each) => total + each.length, length)
  const gone: string[] = []
  for (const each of own) {
    if (sum <= PERSON_MAX_BYTES) break
    gone.push(each.id)
    sum -= each.length
  }
  return gone
}
