import { type LocalDate, localDate } from '@loa/protocol'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Context, Db } from '../../platform/context.ts'
import { announce } from '../../platform/facts.ts'
import { record } from '../audit/index.ts'
import { UNITS_CHANGED, type UnitsChanged } from './facts.ts'
import { type EnteredKind, enteredKinds, fitsUnder, isOrganisation, type UnitRow } from './model.ts'
import { foldedName } from './names.ts'
import * as store from './store.ts'
import type { UnitEvent, UnitVersion } from './succession.ts'

/** Tells whoever lives by the tree that it has changed. */
export const announceUnits = async (
  ctx: Context,
  db: Db,
  { units, from }: { units: readonly string[]; from: LocalDate },
): Promise<void> => {
  const body: UnitsChanged = { units: [...units], from }
  const fact = { id: ctx.ids.next(), kind: UNITS_CHANGED, at: ctx.clock.now(), subject: units[0] ?? 'none', body }
  await announce(db, fact)
}

export type NewUnitAsked = {
  readonly kind: EnteredKind
  readonly name: string
  readonly shortName: string
  readonly parent: string
  readonly population: number | null
  readonly from: LocalDate
  readonly source: string
  readonly by: string
}

const nameIsTaken = async (
  db: Db,
  { name, parent, kind, on, but }: { name: string; parent: string; kind: string; on: LocalDate; but?: string },
): Promise<boolean> =>
  (await store.childrenThen(db, parent, on)).some(
    (each) => each.id !== but && each.kind === kind && foldedName(each.name) === foldedName(name),
  )

const early = (ctx: Context, day: LocalDate): boolean => day < localDate(ctx.clock.now())

const isEntered = (kind: string): kind is EnteredKind => (enteredKinds as readonly string[]).includes(kind)

/**
 * Adds a village, or an organisation beside the administration, from a day on. Refused `unit.inPast` for a village of
 * yesterday, whose airings nobody can change any more; `unit.wrongPlace`; `unit.nameTaken`.
 */
export const makeUnit = async (ctx: Context, db: Db, asked: NewUnitAsked): Promise<UnitRow | Refusal> => {
  const { kind, name, shortName, parent, population, from, source, by } = asked
  if (!isOrganisation(kind) && early(ctx, from)) return refuse('unit.inPast')
  const [above] = await store.unitsThen(db, from, [parent])
  if (above === undefined || !fitsUnder(kind, above.kind)) return refuse('unit.wrongPlace')
  if (await nameIsTaken(db, { name, parent, kind, on: from })) return refuse('unit.nameTaken', { name })
  const unit = { id: ctx.ids.next(), kind, name, shortName, parent, population, invented: false }
  await store.insertUnits(db, [{ ...unit, gsoCode: null, from, to: null, source }])
  await announceUnits(ctx, db, { units: [unit.id], from })
  const detail = { kind, name, parent, from }
  await record(db, { at: ctx.clock.now(), person: by, action: 'unit.made', subject: unit.id, unit: parent, detail })
  return unit
}

/** The unit as it is on the day, if it is one that people enter by hand and the day is not over. */
const entered = async (
  ctx: Context,
  db: Db,
  asked: { unit: string; on: LocalDate },
): Promise<UnitVersion | Refusal> => {
  if (early(ctx, asked.on)) return refuse('unit.inPast')
  const versions = await store.versionsOf(db, asked.unit)
  const first = versions[0]
  const alive = versions.find(({ from, to }) => from <= asked.on && (to === null || asked.on < to))
  // of one that has not begun the first version is meant
  const meant = alive ?? (first !== undefined && first.from > asked.on ? first : undefined)
  if (meant === undefined) return refuse('input.notFound')
  return isEntered(meant.kind) ? meant : refuse('unit.wrongPlace')
}

const tellEvent = async (db: Db, event: UnitEvent): Promise<void> => store.insertEvents(db, [event])

/** Gives a village or an organisation another name from a day on; what it was called before stays what it was called. */
export const renameUnit = async (
  ctx: Context,
  db: Db,
  asked: { unit: string; name: string; shortName: string; from: LocalDate; source: string; by: string },
): Promise<UnitRow | Refusal> => {
  const { unit, name, shortName, from, source, by } = asked
  const found = await entered(ctx, db, { unit, on: from })
  if (isRefusal(found)) return found
  const on = found.from > from ? found.from : from
  const same = { name, parent: found.parent ?? '', kind: found.kind, on, but: unit }
  if (await nameIsTaken(db, same)) return refuse('unit.nameTaken', { name })
  await store.splitVersion(db, { unit, on, source })
  await store.nameFrom(db, { unit, on, name, shortName })
  if (name !== found.name) await tellEvent(db, { id: ctx.ids.next(), on, kind: 'rename', unit, source })
  await announceUnits(ctx, db, { units: [unit], from: on })
  const detail = { was: found.name, name, from: on }
  await record(db, {
    at: ctx.clock.now(),
    person: by,
    action: 'unit.renamed',
    subject: unit,
    ...(found.parent === null ? {} : { unit: found.parent }),
    detail,
  })
  return { ...found, name, shortName }
}

/** Ends a village or an organisation: from that day it is not there. Refused `unit.hasUnits` while something hangs below it. */
export const closeUnit = async (
  ctx: Context,
  db: Db,
  asked: { unit: string; on: LocalDate; source: string; by: string },
): Promise<undefined | Refusal> => {
  const { unit, on, source, by } = asked
  const found = await entered(ctx, db, { unit, on })
  if (isRefusal(found)) return found
  const left = await store.hangingFrom(db, [unit], on)
  if (left.length > 0) return refuse('unit.hasUnits', { name: left[0]?.name ?? '' })
  await store.endFrom(db, unit, on)
  const neverWas = found.from >= on
  if (!neverWas) await tellEvent(db, { id: ctx.ids.next(), on, kind: 'abolish', unit, source })
  await announceUnits(ctx, db, { units: [unit], from: on })
  const detail = { name: found.name, on }
  await record(db, {
    at: ctx.clock.now(),
    person: by,
    action: 'unit.closed',
    subject: unit,
    ...(found.parent === null ? {} : { unit: found.parent }),
    detail,
  })
  return undefined
}
