import type { Gateway, Mark, NetworkUnit } from '../../api/network.ts'
import type { DotState } from '../../api/types.ts'

/** Faults first: the order in which a person on duty wants to read them. */
export const worstFirst: readonly DotState[] = ['fault', 'silent', 'unknown', 'behindGateway', 'reported']
/** The order of the filters and of a legend. */
export const stateOrder: readonly DotState[] = ['reported', 'behindGateway', 'silent', 'fault', 'unknown']
/** States somebody should look at. */
export const wanting: readonly DotState[] = ['fault', 'silent', 'unknown']

export type Counts = Readonly<Record<DotState, number>>

/** How many of each state. The states stay apart: no two of them are ever added. */
export const countsOf = (marks: readonly { state: DotState }[]): Counts => {
  const counts = { reported: 0, behindGateway: 0, silent: 0, fault: 0, unknown: 0 }
  for (const { state } of marks) counts[state]++
  return counts
}

export type Show = {
  /** States to show; none chosen means every state. */
  readonly states: readonly DotState[]
  /** A commune, a station or a village; '' means everything. */
  readonly unit: string
  readonly text: string
}

export const everything: Show = { states: [], unit: '', text: '' }

export type Kin = {
  readonly unitOf: (id: string | null) => NetworkUnit | undefined
  readonly communeOf: (unit: string | null) => string
}

/** Who belongs to whom, looked up once for all marks. */
export const kinOf = (units: readonly NetworkUnit[]): Kin => {
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const communes = new Map<string, string>()
  const climb = (id: string | null, depth = 0): string => {
    const unit = id === null ? undefined : byId.get(id)
    if (!unit || depth > 8) return ''
    return unit.kind === 'commune' ? unit.id : climb(unit.parent, depth + 1)
  }
  return {
    unitOf: (id) => (id === null ? undefined : byId.get(id)),
    communeOf: (id) => {
      if (id === null) return ''
      const known = communes.get(id)
      if (known !== undefined) return known
      const commune = climb(id)
      communes.set(id, commune)
      return commune
    },
  }
}

/** Without marks, so that `thon 5` finds “Thôn 5”. */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLocaleLowerCase('vi')

const isWithin = (mark: Mark, unit: string, kin: Kin): boolean =>
  unit === '' || mark.village === unit || mark.station === unit || kin.communeOf(mark.village) === unit

/** Marks of the place and text asked for, in every state: what the filter's numbers count. */
export const marksAt = (marks: readonly Mark[], show: Show, kin: Kin): Mark[] => {
  const wanted = folded(show.text.trim())
  return marks.filter(
    (mark) =>
      isWithin(mark, show.unit, kin) &&
      (wanted === '' ||
        folded(
          `${mark.name} ${kin.unitOf(mark.village)?.name ?? ''} ${kin.unitOf(kin.communeOf(mark.village))?.name ?? ''}`,
        ).includes(wanted)),
  )
}

export const ofStates = <T extends { state: DotState }>(marks: readonly T[], states: readonly DotState[]): T[] =>
  states.length === 0 ? [...marks] : marks.filter(({ state }) => states.includes(state))

const natural = new Intl.Collator('vi', { numeric: true })
const rank: Readonly<Record<DotState, number>> = { fault: 0, silent: 1, unknown: 2, behindGateway: 3, reported: 4 }

/** For a flat list: what needs a look first, then by place and name. */
export const byNeed = (marks: readonly Mark[], kin: Kin): Mark[] =>
  [...marks].sort(
    (a, b) =>
      rank[a.state] - rank[b.state] ||
      natural.compare(
        kin.unitOf(kin.communeOf(a.village))?.name ?? '',
        kin.unitOf(kin.communeOf(b.village))?.name ?? '',
      ) ||
      natural.compare(kin.unitOf(a.village)?.name ?? '', kin.unitOf(b.village)?.name ?? '') ||
      natural.compare(a.name, b.name),
  )

export type Branch<T> = {
  readonly unit: string
  readonly name: string
  readonly counts: Counts
  readonly total: number
} & T
export type VillageBranch = Branch<{ readonly marks: readonly Mark[] }>
export type CommuneBranch = Branch<{
  readonly villages: readonly VillageBranch[]
  readonly gateways: readonly Gateway[]
}>

const grouped = <T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

const villageBranch = (village: string, marks: readonly Mark[], kin: Kin): VillageBranch => ({
  unit: village,
  name: kin.unitOf(village)?.name ?? village,
  counts: countsOf(marks),
  total: marks.length,
  marks: [...marks].sort((a, b) => natural.compare(a.name, b.name)),
})

/** Communes with their villages and clusters, by name; gateways stand under the commune of their station. */
export const treeOf = (marks: readonly Mark[], gateways: readonly Gateway[], kin: Kin): CommuneBranch[] => {
  const gatewaysOf = grouped(gateways, ({ station }) => kin.communeOf(station))
  const marksOf = grouped(marks, ({ village }) => kin.communeOf(village))
  const communes = [...new Set([...marksOf.keys(), ...gatewaysOf.keys()])]
  return communes
    .map((commune): CommuneBranch => {
      const own = marksOf.get(commune) ?? []
      const villages = [...grouped(own, ({ village }) => village)].map(([village, each]) =>
        villageBranch(village, each, kin),
      )
      return {
        unit: commune,
        name: kin.unitOf(commune)?.name ?? '',
        counts: countsOf(own),
        total: own.length,
        villages: villages.sort((a, b) => natural.compare(a.name, b.name)),
        gateways: [...(gatewaysOf.get(commune) ?? [])].sort((a, b) => natural.compare(a.name, b.name)),
      }
    })
    .sort((a, b) => natural.compare(a.name, b.name))
}
