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

type Waiting = Pick<Upload, 'id' | 'person' | 'unit' | 'length'>

const bytesOf = (uploads: readonly Waiting[]): number => uploads.reduce((sum, { length }) => sum + length, 0)

/** The oldest of these that must go so that no more than `most` bytes are left. */
const oldestOver = (uploads: readonly Waiting[], most: number): readonly Waiting[] => {
  const gone: Waiting[] = []
  for (const each of uploads) {
    if (bytesOf(uploads) - bytesOf(gone) <= most) break
    gone.push(each)
  }
  return gone
}

/** The unit with the most on its way, and what that is; oldest first. */
const fullest = (uploads: readonly Waiting[]): readonly Waiting[] => {
  const units = [...Map.groupBy(uploads, ({ unit }) => unit).values()]
  return units.reduce((most, each) => (bytesOf(each) > bytesOf(most) ? each : most), [])
}

/**
 * Which uploads (oldest first) give way to a new one; undefined where there is no room for it. A person's own go first, so that
 * pressing on never locks anybody out; where all are full, those of the unit that has the most, as long as the new one's unit stays
 * below it: however many people of one unit announce what they never send, the others can record. Whoever gives way sends again,
 * the recording is still in the browser it was made in.
 */
export const givingWay = (open: readonly Waiting[], asked: Omit<Waiting, 'id'>): string[] | undefined => {
  const { person, unit, length } = asked
  const gone = [
    ...oldestOver(
      open.filter((each) => each.person === person),
      PERSON_MAX_BYTES - length,
    ),
  ]
  for (;;) {
    const left = open.filter((each) => !gone.includes(each))
    if (bytesOf(left) + length <= ALL_MAX_BYTES) return gone.map(({ id }) => id)
    const most = fullest(left)
    const [oldest] = most
    const own = bytesOf(left.filter((each) => each.unit === unit)) + length
    if (oldest === undefined || oldest.unit === unit || own >= bytesOf(most)) return undefined
    gone.push(oldest)
  }
}
