import { z } from '@hono/zod-openapi'
import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { topics } from './topics.ts'

export {
  communeOf,
  descendants,
  descendantsOf,
  languagesWanted,
  stationOfVillage,
  unitOn,
  unitPath,
  unitsOn,
  villagesOfStation,
} from './commands.ts'
export { heardThough, type NewStation, type NewUnit, type Technology, type UnitKind, type UnitRow } from './model.ts'
export {
  endVersion as endUnit,
  insertLanguage as wantLanguage,
  insertStations as addStations,
  insertStationVillages as addStationVillages,
  insertUnits as addUnits,
  stationsServing,
  stationsThen as stationsOn,
  validityThen as validityOn,
  villagesThen as villagesOfStations,
} from './store.ts'
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
