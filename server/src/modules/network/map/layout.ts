/** A place on the map, 0 … 1 from its left and its upper edge. */
export type Place = { readonly x: number; readonly y: number }
export type Area = Place & { readonly w: number; readonly h: number }

/** What stands where in the administration: the diagram is drawn from nothing else. */
export type Standing = {
  readonly communes: readonly {
    readonly unit: string
    readonly stations: readonly {
      /** Null: villages without a station. */
      readonly unit: string | null
      readonly gateways: readonly string[]
      readonly villages: readonly { readonly unit: string; readonly clusters: readonly string[] }[]
    }[]
  }[]
}

export type Diagram = {
  /** Places of clusters and gateways by id. */
  readonly places: ReadonlyMap<string, Place>
  /** Areas of communes, stations and villages by id. */
  readonly areas: ReadonlyMap<string, Area>
}

/** An empty village is still drawn, and a gateway needs room for its name. */
const VILLAGE_WEIGHT = 1
const GATEWAY_WEIGHT = 2
/** Margin inside an area, as a share of its shorter side: names stand there and neighbours stay apart. */
const MARGIN = 0.04

type Weighted<Item> = { readonly item: Item; readonly weight: number }

/** Where a list is cut so that both halves weigh as much as can be; between 1 and length − 1. */
const cutOf = (items: readonly Weighted<unknown>[]): number => {
  const total = items.reduce((sum, { weight }) => sum + weight, 0)
  let before = 0
  let best = 1
  let bestDistance = Number.POSITIVE_INFINITY
  for (const [index, { weight }] of items.slice(0, -1).entries()) {
    before += weight
    const distance = Math.abs(total / 2 - before)
    if (distance < bestDistance) [best, bestDistance] = [index + 1, distance]
  }
  return best
}

const weightOf = (items: readonly Weighted<unknown>[]): number => items.reduce((sum, { weight }) => sum + weight, 0)

/** Divides an area among items by weight, in their order, always across the longer side: areas never overlap. */
export const divide = <Item>(
  items: readonly Weighted<Item>[],
  area: Area,
): readonly { readonly item: Item; readonly area: Area }[] => {
  const [only] = items
  if (only === undefined) return []
  if (items.length === 1) return [{ item: only.item, area }]
  const cut = cutOf(items)
  const [first, second] = [items.slice(0, cut), items.slice(cut)]
  const share = weightOf(first) / (weightOf(first) + weightOf(second))
  const { x, y, w, h } = area
  const [a, b] =
    w >= h
      ? [
          { x, y, w: w * share, h },
          { x: x + w * share, y, w: w * (1 - share), h },
        ]
      : [
          { x, y, w, h: h * share },
          { x, y: y + h * share, w, h: h * (1 - share) },
        ]
  return [...divide(first, a), ...divide(second, b)]
}

const inside = ({ x, y, w, h }: Area): Area => {
  const margin = Math.min(w, h) * MARGIN
  return { x: x + margin, y: y + margin, w: w - 2 * margin, h: h - 2 * margin }
}

const middleOf = ({ x, y, w, h }: Area): Place => ({ x: x + w / 2, y: y + h / 2 })

/** Rows and columns that fill an area evenly with so many marks. */
const gridPlaces = (count: number, { x, y, w, h }: Area): readonly Place[] => {
  const columns = Math.min(count, Math.max(1, Math.round(Math.sqrt((count * w) / h))))
  const rows = Math.ceil(count / columns)
  return Array.from({ length: count }, (_, index) => ({
    x: x + (((index % columns) + 0.5) / columns) * w,
    y: y + ((Math.floor(index / columns) + 0.5) / rows) * h,
  }))
}

type Village = Standing['communes'][number]['stations'][number]['villages'][number]
type Station = Standing['communes'][number]['stations'][number]

const villageWeight = ({ clusters }: Village): number => VILLAGE_WEIGHT + clusters.length
const stationWeight = ({ gateways, villages }: Station): number =>
  gateways.length * GATEWAY_WEIGHT + villages.reduce((sum, village) => sum + villageWeight(village), 0)

type Parts = { readonly gateway: string } | Village

/**
 * A diagram of a network of which nobody knows where it lies: communes side by side, in each its stations, in each of those
 * its gateway and its villages, and in those their clusters. Areas are as large as what they hold. The same network always
 * gives the same diagram, and no two marks lie on one another.
 */
export const diagramOf = ({ communes }: Standing): Diagram => {
  const places = new Map<string, Place>()
  const areas = new Map<string, Area>()
  const drawStation = (station: Station, area: Area): void => {
    if (station.unit !== null) areas.set(station.unit, area)
    const parts: Weighted<Parts>[] = [
      ...station.gateways.map((gateway) => ({ item: { gateway }, weight: GATEWAY_WEIGHT })),
      ...station.villages.map((village) => ({ item: village, weight: villageWeight(village) })),
    ]
    for (const { item, area: own } of divide(parts, inside(area))) {
      if ('gateway' in item) {
        places.set(item.gateway, middleOf(own))
        continue
      }
      areas.set(item.unit, own)
      const marks = gridPlaces(item.clusters.length, inside(own))
      for (const [index, place] of marks.entries()) places.set(item.clusters[index] ?? '', place)
    }
  }
  const weighed = communes.map((commune) => ({
    item: commune,
    weight: 1 + commune.stations.reduce((sum, station) => sum + stationWeight(station), 0),
  }))
  for (const { item, area } of divide(weighed, { x: 0, y: 0, w: 1, h: 1 })) {
    areas.set(item.unit, area)
    const stations = item.stations
      .map((station) => ({ item: station, weight: stationWeight(station) }))
      .filter(({ weight }) => weight > 0)
    for (const each of divide(stations, inside(area))) drawStation(each.item, each.area)
  }
  return { places, areas }
}
