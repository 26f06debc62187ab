import { z } from '@hono/zod-openapi'
import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { topics } from './topics.ts'

export { closeUnit, makeUnit, type NewUnitAsked, renameUnit } from './changes.ts'
export {
  communeOf,
  descendants,
  descendantsOf,
  languagesWanted,
  recordPath,
  recordsBelow,
  stationOfVillage,
  unitOn,
  unitPath,
  unitsOn,
  villagesOfStation,
} from './commands.ts'
export { UNITS_CHANGED, type UnitsChanged } from './facts.ts'
export { areaOn, dayToLookAt, type FateShown, fateOf, originOf } from './history.ts'
export { type Joined, joinUnits, partUnits } from './joining.ts'
export {
  enteredKinds,
  heardThough,
  isOrganisation,
  type NewStation,
  type NewUnit,
  type Technology,
  type UnitKind,
  type UnitRow,
  unitKinds,
} from './model.ts'
export { answersTo, foldedName } from './names.ts'
export {
  below as unitsBelow,
  communesToCome,
  communesWithin,
  endVersion as endUnit,
  everyVersion,
  findUnits,
  formerUnitsOf,
  hangingFrom,
  insertEvents as addUnitEvents,
  insertLanguage as wantLanguage,
  insertStations as addStations,
  insertStationVillages as addStationVillages,
  insertSuccessions as addSuccessions,
  insertUnits as addUnits,
  lifeAround,
  nextTurn,
  stationsServing,
  stationsThen as stationsOn,
  versionsOf,
  villagesThen as villagesOfStations,
} from './store.ts'
export {
  type Basis,
  became,
  before,
  faultsIn,
  type History,
  type Part,
  type Succession,
  treeOn,
  type UnitEvent,
  type UnitVersion,
} from './succession.ts'
export { isTopic, topics } from './topics.ts'

export const org: Module<Context, Router> = {
  name: 'org',
  routes: (router) =>
    endpoint(
      router,
      {
        method: 'get',
        path: '/api/topics',
        summary: 'Nhóm thông tin thiết yếu theo Nghị định 49/2024/NĐ-CP, Điều 6',
        result: z.object({ topics: z.array(z.object({ key: z.string(), name: z.string() })).readonly() }),
      },
      () => ({ topics }),
    ),
}
