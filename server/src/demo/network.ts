import type { ClusterRow, NewDevice } from '../modules/devices/index.ts'
import type { NewStation, NewUnit } from '../modules/org/index.ts'
import town from './network.json' with { type: 'json' }

type Station = (typeof town.stations)[number]

/** The stations of Bình Chương are on IP: each cluster is a device. Everywhere else clusters stand behind the gateway. */
const villageId = (station: Station, number: number): string => `${station.id}-thon-${number}`
const gatewayId = (station: Station): string => `cong-${station.id}`
const stationId = (station: Station): string => `dai-${station.id}`

const unitTimes = { gsoCode: null, from: town.from, to: null }

/** Province, communes, stations, villages: parents before children. */
export const demoUnits = (): readonly NewUnit[] => [
  {
    ...town.province,
    ...unitTimes,
    kind: 'province',
    parent: null,
    population: null,
    invented: false,
    source: town.sources.communes,
  },
  ...town.communes.map(
    (commune): NewUnit => ({
      ...commune,
      ...unitTimes,
      kind: 'commune',
      parent: town.province.id,
      population: null,
      invented: false,
      source: town.sources.communes,
    }),
  ),
  ...town.stations.flatMap((station): NewUnit[] => [
    {
      id: stationId(station),
      name: `Đài truyền thanh ${station.name}`,
      shortName: `Đài ${station.name}`,
      ...unitTimes,
      kind: 'station',
      parent: station.commune,
      population: null,
      invented: false,
      source: town.sources.network,
    },
    ...station.villages.map(
      ({ name, people }, place): NewUnit => ({
        id: villageId(station, place + 1),
        name,
        shortName: name.replace(/ \(.*\)$/, ''),
        ...unitTimes,
        kind: 'village',
        parent: station.commune,
        population: people,
        invented: true,
        source: town.sources.invented,
      }),
    ),
  ]),
]

const technologyOf = (station: Station): NewStation['technology'] =>
  station.technology === 'wired' ? 'wired' : 'wireless'

/** Technology over time; those on IP were wireless or wired before. Which station is which is invented. */
export const demoStations = (): readonly NewStation[] =>
  town.stations.flatMap((station): NewStation[] => {
    const id = stationId(station)
    const before = { id, technology: technologyOf(station), from: town.from, invented: true }
    if (!station.ip) return [{ ...before, to: null }]
    return [
      { ...before, to: town.ipSince },
      { id, technology: 'ip', from: town.ipSince, to: null, invented: true },
    ]
  })

export const demoStationVillages = (): readonly { station: string; village: string }[] =>
  town.stations.flatMap((station) =>
    station.villages.map((_, place) => ({ station: stationId(station), village: villageId(station, place + 1) })),
  )

const hornsOf = (station: Station, village: number, cluster: number): number => {
  const { oneHorn } = town
  return station.id === oneHorn.station && village === oneHorn.village && cluster === oneHorn.cluster ? 1 : 2
}

/** All 554 clusters. How many stand in which village is invented; their number and that of their horns is not. */
export const demoClusters = (): readonly ClusterRow[] =>
  town.stations.flatMap((station) =>
    station.villages.flatMap((village, place) =>
      Array.from({ length: village.clusters }, (_, index): ClusterRow => {
        const id = `${villageId(station, place + 1)}-cum-${index + 1}`
        return {
          id,
          village: villageId(station, place + 1),
          name: `Cụm ${index + 1}, ${village.name}`,
          horns: hornsOf(station, place + 1, index + 1),
          device: station.ip ? id : null,
          gateway: station.ip ? null : gatewayId(station),
          invented: true,
        }
      }),
    ),
  )

/** A gateway for each of the 22 stations, and a device for each cluster on IP. */
/** Its devices. They keep no hours quiet, so that the demonstration can be heard whenever somebody tries it; it wakes nobody. */
export const demoDevices = (madeAt: number): readonly NewDevice[] => [
  ...town.stations.map(
    (station): NewDevice => ({
      id: gatewayId(station),
      kind: 'gateway',
      name: `Bộ chuyển tiếp đài ${station.name}`,
      unit: stationId(station),
      invented: true,
      madeAt,
      quiet: [],
    }),
  ),
  ...demoClusters().flatMap(({ device, name, village }): NewDevice[] =>
    device === null ? [] : [{ id: device, kind: 'cluster', name, unit: village, invented: true, madeAt, quiet: [] }],
  ),
]

/** The village where notices are wanted in Cor as well. */
export const demoLanguage = () => {
  const { station, village, language } = town.language
  return { unit: `${station}-thon-${village}`, language, from: town.from, invented: true }
}

/** The root by which a database is known to hold this network. */
export const demoRoot: string = town.province.id
