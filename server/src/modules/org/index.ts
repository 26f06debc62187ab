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
