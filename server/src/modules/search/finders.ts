import type { LocalDate } from '@loa/protocol'
import { type Actor, unitsOf } from '../../kernel/actor.ts'
import type { Wanted } from '../../kernel/words.ts'
import type { Db } from '../../platform/context.ts'
import { findClusters, findDevices, findTickets } from '../devices/index.ts'
import { searchNotices } from '../editorial/index.ts'
import { descendantsOf, findUnits } from '../org/index.ts'
import { findPeople } from '../people/index.ts'
import type { Scope } from '../receipts/index.ts'
import { searchAirings, searchSessions } from '../schedule/index.ts'
import { type Hit, type Kind, type NameOf, pageOf } from './model.ts'

/** Whoever asks, as the finders need it. */
export type Looking = {
  readonly actor: Actor
  readonly on: LocalDate
  /** What they may see of what was on air, and with it of everything else. */
  readonly scope: Scope
  readonly units: readonly string[]
}

type Found = Omit<Hit, 'where' | 'to'> & { readonly unit: string }
type Finder = (db: Db, wanted: Wanted, looking: Looking) => Promise<readonly Found[]>

/** People are looked up by those who administer them: nobody else has a page of people. */
const peopleFor: Finder = async (db, wanted, { actor, on }) => {
  const administered = unitsOf(actor, ['administrator'])
  if (administered.length === 0) return []
  const units = await descendantsOf(db, administered, on)
  return (await findPeople(db, wanted, { units, on })).map(({ id, name, unit, title }) => ({
    ...{ id, title: name, unit, at: null, note: title },
  }))
}

/** Tickets are looked up by those who work on them. */
const ticketsFor: Finder = async (db, wanted, { actor, on }) => {
  const tended = unitsOf(actor, ['technician', 'administrator'])
  if (tended.length === 0) return []
  const found = await findTickets(db, wanted, await descendantsOf(db, tended, on))
  return found.map(({ id, kind, deviceName, unit, openedAt }) => ({
    ...{ id, title: deviceName, unit, at: openedAt, note: kind },
  }))
}

const finders: Readonly<Record<Kind, Finder>> = {
  notice: async (db, wanted, { units }) =>
    (await searchNotices(db, wanted, units)).map(({ id, title, unit, state, at }) => ({
      ...{ id, title, unit, at, note: state },
    })),
  airing: async (db, wanted, { scope }) =>
    (await searchAirings(db, wanted, { below: [...scope.below], above: [...scope.above] })).map(
      ({ id, title, unit, at }) => ({ id, title, unit, at, note: null }),
    ),
  session: async (db, wanted, { units, on }) =>
    (await searchSessions(db, wanted, { units, on })).map(({ session, name, unit, from, to }) => ({
      ...{ id: session, title: name, unit, at: null, note: `${from}–${to}` },
    })),
  unit: async (db, wanted, { units, on }) =>
    (await findUnits(db, wanted, { units, on })).map(({ id, name, kind, parent, formerName }) => ({
      ...{
        id,
        title: formerName === null ? name : `${formerName} → ${name}`,
        unit: parent ?? id,
        at: null,
        note: kind,
      },
    })),
  cluster: async (db, wanted, { units }) =>
    (await findClusters(db, wanted, units)).map(({ id, name, village }) => ({
      ...{ id, title: name, unit: village, at: null, note: null },
    })),
  device: async (db, wanted, { units }) =>
    (await findDevices(db, wanted, units)).map(({ id, name, kind, unit }) => ({
      ...{ id, title: name, unit, at: null, note: kind },
    })),
  ticket: ticketsFor,
  person: peopleFor,
}

/** What was found of one kind. */
export const hitsOf = async (
  db: Db,
  kind: Kind,
  { wanted, looking, nameOf }: { wanted: Wanted; looking: Looking; nameOf: NameOf },
): Promise<readonly Hit[]> =>
  (await finders[kind](db, wanted, looking)).map(({ id, title, unit, at, note }) => ({
    ...{ id, title, where: nameOf(unit), at, to: pageOf[kind](id, unit), note },
  }))
