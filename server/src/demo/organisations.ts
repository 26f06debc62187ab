import type { NewUnit, UnitKind } from '../modules/org/index.ts'
import town from './network.json' with { type: 'json' }
import record from './organisations.json' with { type: 'json' }

type Organisation = {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly parent: string
  readonly invented?: boolean
}
const organisations: readonly Organisation[] = record.organisations

/** Organisations beside the administration, parents before children. */
export const demoOrganisations = (): readonly NewUnit[] =>
  organisations.map(({ id, kind, name, parent, invented = false }) => ({
    ...{ id, name, shortName: name, parent, invented },
    ...{ kind: kind as UnitKind, population: null, gsoCode: null, from: town.from, to: null },
    source: invented ? record.sources.invented : record.sources.every,
  }))
