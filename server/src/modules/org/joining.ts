import type { LocalDate } from '@loa/protocol'
import type { Context, Db } from '../../platform/context.ts'
import { announceUnits } from './changes.ts'
import type { NewUnit } from './model.ts'
import * as store from './store.ts'

export type Joining = {
  /** Communes that end. */
  readonly gone: readonly string[]
  readonly on: LocalDate
  /** The commune they become: one that is there, or one to be made with them. */
  readonly to: string | NewUnit
  readonly event: string
  readonly source: string
}

/** What a joining changed, by which it can be undone. */
export type Joined = {
  readonly gone: readonly { readonly unit: string; readonly to: LocalDate | null }[]
  readonly moved: readonly { readonly unit: string; readonly was: string }[]
  readonly languages: readonly { readonly unit: string; readonly language: string }[]
}

/**
 * Joins communes on a day to come. They end on it, and everything that hangs below them, villages, stations and
 * organisations, hangs below the other from it; what was before the day is not touched. The caller has checked that all of
 * them are there on that day.
 */
export const joinUnits = async (ctx: Context, db: Db, asked: Joining): Promise<Joined> => {
  const { gone, on, event, source } = asked
  const to = typeof asked.to === 'string' ? asked.to : asked.to.id
  if (typeof asked.to !== 'string') await store.insertUnits(db, [asked.to])
  const ending = await store.validityThen(db, gone, on)
  const hanging = await store.hangingFrom(db, gone, on)
  const units = [...new Set(hanging.map(({ id }) => id))]
  for (const unit of units) await store.splitVersion(db, { unit, on, source })
  await store.hangElsewhere(db, { from: gone, to, on })
  for (const unit of gone) await store.endFrom(db, unit, on)
  await store.insertEvents(db, [{ id: event, on, kind: 'merge', unit: null, source }])
  await store.insertSuccessions(
    db,
    gone.map((from) => ({ event, from, to, basis: 'whole', weight: 1, quality: 'legal' })),
  )
  const languages = await store.wantAlso(db, { gone, to, on })
  await announceUnits(ctx, db, { units: [to, ...gone], from: on })
  return {
    gone: ending.map((row) => ({ unit: row.unit, to: row.to })),
    moved: hanging.flatMap(({ id, parent }) => (parent === null ? [] : [{ unit: id, was: parent }])),
    languages: languages.map((language) => ({ unit: to, language })),
  }
}

/**
 * Puts back what a joining changed, before its day. What was done to the moved units meanwhile, such as a new name, stays:
 * only where they hang goes back.
 */
export const partUnits = async (
  ctx: Context,
  db: Db,
  asked: {
    readonly joined: Joined
    readonly to: string
    readonly isNew: boolean
    readonly event: string
    on: LocalDate
  },
): Promise<void> => {
  const { joined, to, isNew, event, on } = asked
  for (const { unit, was } of joined.moved) await store.hangBack(db, { unit, was, to, on })
  for (const { unit } of joined.moved) await store.mendVersion(db, unit, on)
  for (const { unit, to: until } of joined.gone) await store.reopen(db, { unit, on, until })
  for (const { unit, language } of joined.languages) await store.unwant(db, { unit, language, on })
  await store.removeEvent(db, event)
  if (isNew) await store.removeVersions(db, to)
  await announceUnits(ctx, db, { units: [...joined.gone.map(({ unit }) => unit), ...(isNew ? [] : [to])], from: on })
}
