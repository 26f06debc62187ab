import type { AnyKind, EnteredKind, OrganisationKind, UnitThen } from '../../api/mergers.ts'

const organisations: readonly AnyKind[] = ['partyCommittee', 'front', 'union', 'unionBase', 'school', 'agency']
export const isOrganisation = (kind: AnyKind): kind is OrganisationKind => organisations.includes(kind)

export const enteredKinds: readonly EnteredKind[] = [
  'village',
  'partyCommittee',
  'front',
  'union',
  'unionBase',
  'school',
  'agency',
]

/** The same table as the server's: it refuses what does not fit; here it is not offered. */
const mayHangUnder: Readonly<Record<EnteredKind, readonly AnyKind[]>> = {
  village: ['commune'],
  partyCommittee: ['province', 'commune', 'partyCommittee'],
  front: ['province', 'commune', 'front'],
  union: ['province', 'commune', 'front', 'union'],
  unionBase: ['union', 'front', 'partyCommittee'],
  school: ['province', 'commune'],
  agency: ['province', 'commune', 'agency'],
}

const byName = (a: UnitThen, b: UnitThen): number => a.name.localeCompare(b.name, 'vi', { numeric: true })

/** What a unit of a kind may hang below, by name. */
export const parentsFor = (kind: EnteredKind, units: readonly UnitThen[]): readonly UnitThen[] =>
  units.filter((unit) => mayHangUnder[kind].includes(unit.kind)).sort(byName)

export type OrganisationNode = { readonly unit: UnitThen; readonly below: readonly OrganisationNode[] }

/** A unit of the administration with everything that hangs below it, each kind for itself. */
export type AreaNode = {
  readonly unit: UnitThen
  readonly areas: readonly AreaNode[]
  readonly villages: readonly UnitThen[]
  readonly stations: readonly UnitThen[]
  readonly organisations: readonly OrganisationNode[]
}

/** The tree from its roots: units whose parent is not among those that are seen. */
export const treeOf = (units: readonly UnitThen[]): readonly AreaNode[] => {
  const ids = new Set(units.map(({ id }) => id))
  const children = Map.groupBy([...units].sort(byName), ({ parent }) =>
    parent !== null && ids.has(parent) ? parent : '',
  )
  const organisationsOf = (id: string): readonly OrganisationNode[] =>
    (children.get(id) ?? []).flatMap((unit) =>
      isOrganisation(unit.kind) ? [{ unit, below: organisationsOf(unit.id) }] : [],
    )
  const area = (unit: UnitThen): AreaNode => {
    const below = children.get(unit.id) ?? []
    return {
      unit,
      areas: below.filter(({ kind }) => kind === 'commune' || kind === 'district' || kind === 'province').map(area),
      villages: below.filter(({ kind }) => kind === 'village'),
      stations: below.filter(({ kind }) => kind === 'station'),
      organisations: organisationsOf(unit.id),
    }
  }
  return (children.get('') ?? []).filter(({ kind }) => !isOrganisation(kind)).map(area)
}

export const countOf = (nodes: readonly OrganisationNode[]): number =>
  nodes.reduce((sum, { below }) => sum + 1 + countOf(below), 0)
