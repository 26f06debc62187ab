import type { BulletinClass } from '@loa/protocol'
import { sha256Hex } from '../../../platform/crypto.ts'
import type { Frame } from '../frame/model.ts'

/** Silence between two parts: long enough to be heard as a pause out of doors. */
export const PAUSE_MS = 1_200
/** "I repeat" belongs to what it leads to. */
const LEAD_PAUSE_MS = 600

export type PartKind = 'attention' | 'opening' | 'reading' | 'again' | 'closing'

/** A sound to be heard: `chime`, the one that is built in, or the hash of a finished one. */
export type PartSound = {
  readonly sound: string
  readonly durationMs: number
  /** Whose words these are; null where there are none. */
  readonly voicing: string | null
}

/** A part of an airing's sound: what it is, and when it is heard. */
export type Part = PartSound & {
  readonly kind: PartKind
  /** Which reading it is or leads to, from 1; null for what stands around. */
  readonly number: number | null
  readonly atMs: number
}

/** What stands around the readings of one notice. */
export type Around = Readonly<Record<Exclude<PartKind, 'reading'>, PartSound | null>>

export type NoticeKind = { readonly class: BulletinClass; readonly standing: boolean }

/** Emergencies, and the drills that rehearse them. */
const isAlarm = ({ class: of }: NoticeKind): boolean => of === 'emergency' || of === 'drill'
const isUrgent = (notice: NoticeKind): boolean => isAlarm(notice) || notice.class === 'priority'

/**
 * Whether the second and later readings of a text are introduced by "I repeat". By rule for what is urgent: who comes late must
 * not take the second reading for another order. Everyday notices are read again for their details, among music, and have no
 * minute to lose; a unit may choose otherwise.
 */
export const isLedAgain = (notice: NoticeKind, { again }: Pick<Frame, 'again'>): boolean =>
  !notice.standing && (again === 'always' || (again === 'urgent' && isUrgent(notice)))

/**
 * What stands around a notice, of what its unit has chosen. An emergency always has its attention sound and never a jingle:
 * it goes before everything else and must not be held up (TT 39/2020/TT-BTTTT), and must not sound like the daily programme.
 * A standing item is itself the jingle or the chime of a session (decision 0022): nothing stands around it.
 */
export const aroundOf = (notice: NoticeKind, frame: Frame, again: PartSound | null): Around => {
  if (notice.standing) return { attention: null, opening: null, closing: null, again: null }
  const { attention, opening, closing } = frame
  const alarm = isAlarm(notice)
  return {
    attention: attention ?? (alarm ? CHIME : null),
    opening: alarm ? null : opening,
    closing: alarm ? null : closing,
    again: isLedAgain(notice, frame) ? again : null,
  }
}

/** Length of the built-in chime as it is made by `audio`; a specification holds the two together. */
export const CHIME: PartSound = { sound: 'chime', durationMs: 1_900, voicing: null }

type Planned = PartSound & Pick<Part, 'kind' | 'number'> & { readonly pauseMs: number }

const planned = (around: Around, reading: PartSound, repeats: number): Planned[] => {
  const one = (kind: 'attention' | 'opening' | 'closing'): Planned[] => {
    const sound = around[kind]
    return sound ? [{ ...sound, kind, number: null, pauseMs: PAUSE_MS }] : []
  }
  const readings = Array.from({ length: repeats }, (_, index): Planned[] => {
    const number = index + 1
    const lead = number > 1 ? around.again : null
    const read: Planned = { ...reading, kind: 'reading', number, pauseMs: lead ? LEAD_PAUSE_MS : PAUSE_MS }
    return lead ? [{ ...lead, kind: 'again', number, pauseMs: PAUSE_MS }, read] : [read]
  })
  return [...one('attention'), ...one('opening'), ...readings.flat(), ...one('closing')]
}

/** The parts of an airing in their order, each with the time at which it begins. */
export const layOut = (around: Around, reading: PartSound, repeats: number): Part[] => {
  let endMs = 0
  return planned(around, reading, repeats).map(({ pauseMs, ...part }, index) => {
    const atMs = endMs + (index === 0 ? 0 : pauseMs)
    endMs = atMs + part.durationMs
    return { ...part, atMs }
  })
}

/** Length of the whole, milliseconds. */
export const lengthOf = (parts: readonly Part[]): number => {
  const last = parts.at(-1)
  return last ? last.atMs + last.durationMs : 0
}

/** Rises when the recipe of a composed sound changes, so that older compositions are not handed out for new ones. */
const RECIPE = 2

/** The key of a composition: everything that goes into it, and when. */
export const compositionKey = (unit: string, parts: readonly Part[]): string =>
  sha256Hex(
    JSON.stringify([
      'composition',
      RECIPE,
      unit,
      parts.map(({ kind, sound, atMs }) => [kind, sound, Math.round(atMs)]),
    ]),
  )
