import './pages.css'
import '../../features/devices/network.css'
import { useMemo, useState } from 'react'
import { type Network, useNetwork } from '../../api/network.ts'
import { Filters } from '../../features/devices/filters.tsx'
import { GeometryImport } from '../../features/devices/geometry-import.tsx'
import { layoutOf } from '../../features/devices/layout.ts'
import { countsOf, kinOf, marksAt, ofStates, treeOf, wanting } from '../../features/devices/marks.ts'
import { FlatList, NetworkTree, WantingList } from '../../features/devices/network-list.tsx'
import { NetworkMap } from '../../features/devices/network-map.tsx'
import { NetworkTabs } from '../../features/devices/tabs.tsx'
import { useShow } from '../../features/devices/use-show.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayAdminister, mayTend, usePerson } from '../me.tsx'

/** What was heard today: four numbers that stay four. */
const TodayNumbers = ({ today }: { today: Network['today'] }) => {
  const w = useWords()
  const numbers = [
    ['reported', today.heard, w.map.todayHeard],
    ['behindGateway', today.behindGateway, w.map.todayBehind],
    ['silent', today.silent, w.map.todaySilent],
    ['unknown', today.unknown, w.map.todayUnknown],
  ] as const
  const asked = today.heard > 0 || today.behindGateway > 0 || today.silent > 0 || today.unknown > 0
  return (
    <section className="card stack tight" aria-labelledby="net-today">
      <h2 id="net-today">{w.map.today}</h2>
      {!asked && <p>{w.map.todayNothing}</p>}
      <dl className="net-today">
        {(asked ? numbers : []).map(([state, count, words]) => (
          <div key={state}>
            <dd>{w.number(count)}</dd>
            <dt>
              <Lamp state={state} />
              {words}
            </dt>
          </div>
        ))}
      </dl>
      <p className="xs soft">
        {asked && w.map.apart}
        {today.notAsked > 0 && ` ${w.map.notAsked(today.notAsked)}`}
      </p>
    </section>
  )
}

type View = 'list' | 'map'

const NetworkView = ({ network }: { network: Network }) => {
  const w = useWords()
  const { show, change } = useShow()
  const [view, setView] = useState<View>('list')
  const [pointed, setPointed] = useState<string | undefined>(undefined)
  const kin = useMemo(() => kinOf(network.units), [network.units])
  const layout = useMemo(() => layoutOf(network, (unit) => kin.unitOf(unit)?.kind), [network, kin])
  const here = useMemo(() => marksAt(network.marks, show, kin), [network.marks, show, kin])
  const found = useMemo(() => ofStates(here, show.states), [here, show.states])
  const matching = useMemo(() => new Set(found.map(({ cluster }) => cluster)), [found])
  const tree = useMemo(() => {
    const gateways = network.gateways.filter(
      ({ station }) => show.unit === '' || station === show.unit || kin.communeOf(station) === show.unit,
    )
    return treeOf(here, gateways, kin)
  }, [here, network.gateways, show.unit, kin])
  const isFlat = show.states.length > 0 || show.text !== ''
  return (
    <>
      <Filters units={network.units} counts={countsOf(here)} show={show} change={change} />
      <div className="net-switch">
        <Seg<View>
          label={w.map.show}
          value={view}
          onChange={setView}
          options={[
            { value: 'list', label: w.map.list },
            { value: 'map', label: w.map.picture },
          ]}
        />
      </div>
      <div className="net" data-view={view}>
        <section className="card net-side stack" aria-label={w.map.list}>
          {network.marks.length === 0 && <p className="soft">{w.map.empty}</p>}
          {isFlat ? (
            <div>
              <h2>{w.map.found(found.length)}</h2>
              <FlatList marks={found} kin={kin} onPoint={setPointed} />
            </div>
          ) : (
            <>
              <WantingList marks={here} kin={kin} onPoint={setPointed} onAll={() => change({ states: [...wanting] })} />
              <div>
                <h2>{w.map.tree(tree.filter(({ total }) => total > 0).length, here.length)}</h2>
                <NetworkTree tree={tree} onPoint={setPointed} />
              </div>
            </>
          )}
        </section>
        <section className="card" aria-label={w.map.picture}>
          <NetworkMap
            layout={layout}
            gateways={network.gateways}
            kin={kin}
            matching={matching}
            focus={show.unit}
            pointed={pointed}
          />
        </section>
      </div>
    </>
  )
}

/** The whole network: a list in words, and the same as a picture. */
export const NetworkPage = () => {
  const w = useWords()
  const me = usePerson()
  const network = useNetwork()
  return (
    <Page title={w.network.title} lead={network.data && w.map.asOf(timeOf(network.data.asOf))}>
      <div className="stack">
        <NetworkTabs mayTend={mayTend(me)} />
        <Loading query={network} lines={6}>
          {network.data && (
            <>
              <NetworkView network={network.data} />
              <TodayNumbers today={network.data.today} />
            </>
          )}
        </Loading>
        {mayAdminister(me) && <GeometryImport />}
      </div>
    </Page>
  )
}
