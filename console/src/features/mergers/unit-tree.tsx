import './mergers.css'
import { useState } from 'react'
import type { UnitThen } from '../../api/mergers.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Unfold } from '../../ui/unfold.tsx'
import { ChangeUnit } from './change-unit.tsx'
import { type AreaNode, countOf, type OrganisationNode, treeOf } from './tree.ts'

const Facts = ({ unit }: { unit: UnitThen }) => {
  const w = useWords()
  const facts = [
    ...(unit.technology === undefined ? [] : [w.unitsPage.technologies[unit.technology] ?? '']),
    ...(unit.population === null ? [] : [w.unitsPage.people(unit.population)]),
    ...(unit.invented ? [w.unitsPage.invented] : []),
  ]
  return facts.length === 0 ? null : <span className="small soft">{facts.join(' · ')}</span>
}

type LineProps = { readonly unit: UnitThen; readonly kind?: boolean; readonly mayChange: boolean }

const UnitLine = ({ unit, kind = false, mayChange }: LineProps) => {
  const w = useWords()
  const [changing, setChanging] = useState(false)
  return (
    <>
      <div className="unit-line">
        <span>
          {unit.name} {kind && <span className="tag">{w.unitsPage.kinds[unit.kind]}</span>} <Facts unit={unit} />
        </span>
        {mayChange && (
          <button
            type="button"
            className="b icon-only"
            aria-expanded={changing}
            aria-label={w.unitsPage.changeOf(unit.name)}
            onClick={() => setChanging(!changing)}
          >
            <Icon name={changing ? 'cross' : 'pen'} size={18} />
          </button>
        )}
      </div>
      {changing && <ChangeUnit unit={unit} onDone={() => setChanging(false)} />}
    </>
  )
}

type Nodes = { readonly nodes: readonly OrganisationNode[]; readonly mayChange: boolean }

const Organisations = ({ nodes, mayChange }: Nodes) => (
  <ul className="unit-list">
    {nodes.map(({ unit, below }) => (
      <li key={unit.id}>
        <UnitLine unit={unit} kind mayChange={mayChange} />
        {below.length > 0 && <Organisations nodes={below} mayChange={mayChange} />}
      </li>
    ))}
  </ul>
)

type ListProps = { readonly title: string; readonly units: readonly UnitThen[]; readonly mayChange: boolean }

const UnitList = ({ title, units, mayChange }: ListProps) =>
  units.length === 0 ? null : (
    <section>
      <h3>{title}</h3>
      <ul className="unit-list in-columns">
        {units.map((unit) => (
          <li key={unit.id}>
            <UnitLine unit={unit} mayChange={mayChange} />
          </li>
        ))}
      </ul>
    </section>
  )

type AreaProps = { readonly node: AreaNode; readonly mayChange: boolean }

const Below = ({ node, mayChange }: AreaProps) => {
  const w = useWords()
  return (
    <div className="stack below">
      <UnitList title={w.unitsPage.stationsTitle} units={node.stations} mayChange={false} />
      <UnitList title={w.unitsPage.villagesTitle} units={node.villages} mayChange={mayChange} />
      {node.organisations.length > 0 && (
        <section>
          <h3>{w.unitsPage.organisationsTitle}</h3>
          <p className="small soft">{w.unitsPage.organisationsWhy}</p>
          <Organisations nodes={node.organisations} mayChange={mayChange} />
        </section>
      )}
    </div>
  )
}

const Area = ({ node, mayChange }: AreaProps) => {
  const w = useWords()
  const { unit, villages, stations, organisations } = node
  const counted = [
    ...(villages.length > 0 ? [w.unitsPage.villages(villages.length)] : []),
    ...(stations.length > 0 ? [w.unitsPage.stations(stations.length)] : []),
    ...(organisations.length > 0 ? [w.unitsPage.organisations(countOf(organisations))] : []),
  ]
  const summary = (
    <>
      <b>{unit.name}</b>
      <span className="small soft">{counted.join(' · ')}</span>
    </>
  )
  return counted.length === 0 ? (
    <li className="card area">
      <b>{unit.name}</b>
    </li>
  ) : (
    <li className="card area">
      <Unfold summary={summary}>
        <Below node={node} mayChange={mayChange} />
      </Unfold>
    </li>
  )
}

const Root = ({ node, mayChange }: AreaProps) => {
  const w = useWords()
  return (
    <section className="stack tight">
      <h2>{node.unit.name}</h2>
      {node.organisations.length > 0 && (
        <div className="card">
          <h3>{w.unitsPage.organisationsOf(node.unit.name)}</h3>
          <Organisations nodes={node.organisations} mayChange={mayChange} />
        </div>
      )}
      <ul className="areas">
        {node.areas.map((area) =>
          area.areas.length > 0 ? (
            <li key={area.unit.id}>
              <Root node={area} mayChange={mayChange} />
            </li>
          ) : (
            <Area key={area.unit.id} node={area} mayChange={mayChange} />
          ),
        )}
      </ul>
    </section>
  )
}

/** The tree of a day: communes to be unfolded, each with its stations, villages and organisations. */
export const UnitTree = ({ units, mayChange }: { units: readonly UnitThen[]; mayChange: boolean }) => {
  const w = useWords()
  const roots = treeOf(units)
  if (roots.length === 0) return <p className="empty">{w.unitsPage.nothing}</p>
  return roots.map((node) =>
    node.areas.length > 0 ? (
      <Root key={node.unit.id} node={node} mayChange={mayChange} />
    ) : (
      <ul key={node.unit.id} className="areas">
        <Area node={node} mayChange={mayChange} />
      </ul>
    ),
  )
}
