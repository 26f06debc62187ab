import type { TakeFacts } from '../../platform/takes.ts'
import { type Cut, cutOf, type Pcm, proposedCut } from './cut.ts'
import { gated } from './gate.ts'
import { encodeWav } from './wav.ts'

/** One time of speaking, and what of it is to be heard. */
export type Take = {
  readonly id: string
  readonly pcm: Pcm
  /** What was proposed when it ended: without the silence at both ends. */
  readonly proposed: Cut
  readonly cut: Cut
  readonly gate: boolean
  /** What of it is on its way from an earlier try. */
  readonly upload: TakeFacts['upload']
}

/** Earlier takes are kept until a later one is better; more than three nobody can tell apart. */
export const TAKES_MAX = 3

export const takeOf = (id: string, pcm: Pcm): Take => {
  const proposed = proposedCut(pcm)
  return { id, pcm, proposed, cut: proposed, gate: false, upload: null }
}

/** The takes with a new one; the oldest goes where there would be more than three. */
export const withTake = (takes: readonly Take[], take: Take): { takes: Take[]; gone: Take[] } => {
  const all = [...takes.filter(({ id }) => id !== take.id), take]
  return { takes: all.slice(-TAKES_MAX), gone: all.slice(0, -TAKES_MAX) }
}

/** What is to be heard, by name: the same take cut the same way is the same sound. */
export const soundKey = ({ id, cut, gate }: Take): string =>
  `${id} ${Math.round(cut.fromMs)} ${Math.round(cut.toMs)} ${gate}`

/** The last one that was made: it is sent, listened to and measured, and the gate takes seconds on a phone. */
let last: { readonly key: string; readonly of: Pcm; readonly heard: Pcm } | undefined

/** What is to be heard of a take. */
export const heardOf = (take: Take): Pcm => {
  const key = soundKey(take)
  if (last?.key === key && last.of === take.pcm) return last.heard
  const kept = cutOf(take.pcm, take.cut)
  const heard = take.gate ? gated(kept) : kept
  last = { key, of: take.pcm, heard }
  return heard
}

export const fileOf = (take: Take): Uint8Array<ArrayBuffer> => encodeWav(heardOf(take))

/** Less of a difference nobody hears. */
const HEARD_DB_MIN = 2

export type Change = { readonly is: 'same' } | { readonly is: 'louder' | 'softer'; readonly db: number }

/** What the server's levelling did, in whole decibels. */
export const changeOf = (beforeDb: number, afterDb: number): Change => {
  const db = Math.round(afterDb - beforeDb)
  if (Math.abs(db) < HEARD_DB_MIN) return { is: 'same' }
  return db > 0 ? { is: 'louder', db } : { is: 'softer', db: -db }
}
