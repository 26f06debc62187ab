import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Gateway, Mark } from '../../api/network.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { byNeed, type CommuneBranch, type Counts, type Kin, type VillageBranch, wanting, worstFirst } from './marks.ts'

/** Rows drawn at a time: ten thousand clusters are not put on the page at once. */
const PAGE = 60
const WANTING_SHOWN = 5

type Point = (cluster: string | undefined) => void

type RowProps = { mark: Mark; where?: string | undefined; onPoint: Point }

/** One cluster: its sign, its name, its state in words. Leads to its page. */
const ClusterRow = ({ mark, where, onPoint }: RowProps) => {
  const w = useWords()
  return (
    <li>
      <Link
        to="/mang-luoi/cum/$cluster"
        params={{ cluster: mark.cluster }}
        className="net-row"
        preload={false}
        onPointerEnter={() => onPoint(mark.cluster)}
        onPointerLeave={() => onPoint(undefined)}
        onFocus={() => onPoint(mark.cluster)}
        onBlur={() => onPoint(undefined)}
      >
        <Lamp state={mark.state} />
        <span>
          <b>{mark.name}</b>
          {where && <small>{where}</small>}
        </span>
        <span className="small soft">
          {w.map.states[mark.state]}
          {mark.tickets > 0 && <span className="net-tickets">{w.map.tickets(mark.tickets)}</span>}
        </span>
      </Link>
    </li>
  )
}

type FlatProps = { marks: readonly Mark[]; kin: Kin; onPoint: Point }

/** Names of clusters often say their village already. */
const whereOf = (mark: Mark, kin: Kin): string => {
  const village = kin.unitOf(mark.village)?.name ?? ''
  const commune = kin.unitOf(kin.communeOf(mark.village))?.name
  return [mark.name.includes(village) ? '' : village, commune].filter(Boolean).join(', ')
}

/** What matches the filter, what needs a look first. */
export const FlatList = ({ marks, kin, onPoint }: FlatProps) => {
  const w = useWords()
  const [shown, setShown] = useState(PAGE)
  if (marks.length === 0) return <p className="soft">{w.map.none}</p>
  return (
    <div className="stack tight">
      <ul className="net-list">
        {byNeed(marks, kin)
          .slice(0, shown)
          .map((mark) => (
            <ClusterRow key={mark.cluster} mark={mark} where={whereOf(mark, kin)} onPoint={onPoint} />
          ))}
      </ul>
      {marks.length > shown && (
        <button type="button" className="b line" onClick={() => setShown(shown + PAGE)}>
          {w.map.more(Math.min(PAGE, marks.length - shown))}
        </button>
      )}
    </div>
  )
}

/** The few that need a look, before the tree. */
export const WantingList = ({ marks, kin, onPoint, onAll }: FlatProps & { onAll: () => void }) => {
  const w = useWords()
  const wanted = byNeed(
    marks.filter(({ state }) => wanting.includes(state)),
    kin,
  )
  return (
    <section aria-labelledby="wanting-title">
      <h2 id="wanting-title">{wanted.length === 0 ? w.map.wantingNone : w.map.wanting(wanted.length)}</h2>
      <ul className="net-list">
        {wanted.slice(0, WANTING_SHOWN).map((mark) => (
          <ClusterRow key={mark.cluster} mark={mark} where={whereOf(mark, kin)} onPoint={onPoint} />
        ))}
      </ul>
      {wanted.length > WANTING_SHOWN && (
        <button type="button" className="link" onClick={onAll}>
          {w.map.wantingAll(wanted.length)}
        </button>
      )}
    </section>
  )
}

/** Signs of what needs a look in a branch, each with its own number. */
const Wanting = ({ counts }: { counts: Counts }) => {
  const w = useWords()
  return worstFirst
    .filter((state) => wanting.includes(state) && counts[state] > 0)
    .map((state) => (
      <span key={state} className="net-count">
        <Lamp state={state} />
        {w.number(counts[state])}
        <span className="vh"> {w.map.states[state]}, </span>
      </span>
    ))
}

type BranchProps = {
  name: string
  counts: Counts
  total: number
  level: 1 | 2
  startsOpen?: boolean
  children: () => ReactNode
}

/** A branch that opens; what is in it is made only then. */
const Branch = ({ name, counts, total, level, startsOpen = false, children }: BranchProps) => {
  const w = useWords()
  const [open, setOpen] = useState(startsOpen)
  return (
    <li>
      <button type="button" className={`net-branch level-${level}`} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} />
        <span>{name}</span>
        <span className="net-branch-counts">
          <Wanting counts={counts} />
          <span className="net-total">{w.map.clusters(total)}</span>
        </span>
      </button>
      {open && children()}
    </li>
  )
}

const GatewayRow = ({ gateway, cluster }: { gateway: Gateway; cluster: string | undefined }) => {
  const w = useWords()
  const inside = (
    <>
      <Lamp state={gateway.state} />
      <span>
        <b>{gateway.name}</b>
        <small>{w.map.gateway}</small>
      </span>
      <span className="small soft">
        {w.map.gatewayStates[gateway.state]}
        {gateway.tickets > 0 && <span className="net-tickets">{w.map.tickets(gateway.tickets)}</span>}
      </span>
    </>
  )
  return (
    <li>
      {cluster === undefined ? (
        <span className="net-row">{inside}</span>
      ) : (
        <Link to="/mang-luoi/cum/$cluster" params={{ cluster }} className="net-row" preload={false}>
          {inside}
        </Link>
      )}
    </li>
  )
}

const Village = ({ village, onPoint }: { village: VillageBranch; onPoint: Point }) => (
  <Branch name={village.name} counts={village.counts} total={village.total} level={2}>
    {() => (
      <ul className="net-list deep">
        {village.marks.map((mark) => (
          <ClusterRow key={mark.cluster} mark={mark} onPoint={onPoint} />
        ))}
      </ul>
    )}
  </Branch>
)

type TreeProps = { tree: readonly CommuneBranch[]; onPoint: Point }

/** Commune, village, cluster; gateways first in their commune. */
export const NetworkTree = ({ tree, onPoint }: TreeProps) => (
  <ul className="net-tree">
    {tree.map((commune) => (
      <Branch
        key={commune.unit}
        name={commune.name}
        counts={commune.counts}
        total={commune.total}
        level={1}
        startsOpen={tree.length === 1}
      >
        {() => (
          <ul className="net-tree">
            {commune.gateways.map((gateway) => (
              <GatewayRow
                key={gateway.device}
                gateway={gateway}
                cluster={
                  commune.villages.flatMap(({ marks }) => marks).find((mark) => mark.gateway === gateway.device)
                    ?.cluster
                }
              />
            ))}
            {commune.villages.map((village) => (
              <Village key={village.unit} village={village} onPoint={onPoint} />
            ))}
          </ul>
        )}
      </Branch>
    ))}
  </ul>
)
