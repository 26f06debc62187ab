import './audience.css'
import { useState } from 'react'
import { useAudience, useUnits } from '../../api/queries.ts'
import type { Clusters, Unit } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip, Mistake } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'
import { isCovered, type Places, placesOf, toggled } from './places.ts'
import { WiderLines } from './wider.tsx'

type Props = {
  commune: string
  chosen: readonly string[]
  /** Languages that the notice has already: no need to ask for them. */
  have: readonly string[]
  onChange: (chosen: string[]) => void
  /** Said when nothing was chosen and the notice was to be sent. */
  mistake?: string | undefined
}

/** Both counts of a unit in a few characters: `12` clusters of its own, `+26` never; apart they stay. */
const Count = ({ clusters }: { clusters: Clusters }) => {
  const w = useWords()
  if (clusters.devices + clusters.behindGateway === 0) return null
  return <small>{w.clusters(clusters, 1)}</small>
}

type ChoiceProps = Omit<Props, 'commune' | 'have' | 'mistake'> & {
  places: Places
  unit: Unit
  label?: string
  note?: string
}

const Choice = ({ places, unit, label, note, chosen, onChange }: ChoiceProps) => {
  const covered = isCovered(places, chosen, unit.id) && unit.id !== places.commune.id
  return (
    <Chip checked={covered || chosen.includes(unit.id)} onChange={() => onChange(toggled(places, chosen, unit.id))}>
      {label ?? unit.name}
      {note && <span className="vh">: {note}</span>}
      <Count clusters={unit.clusters} />
    </Chip>
  )
}

const Reach = ({ chosen, have }: Pick<Props, 'chosen' | 'have'>) => {
  const w = useWords()
  const audience = useAudience(chosen)
  if (chosen.length === 0) return <p className="strong">{w.compose.nowhere}</p>
  if (audience.error && !audience.data) return <Trouble problem={audience.error} />
  if (!audience.data) return <p className="soft">{w.compose.counting}</p>
  const { clusters, gateways, people, wider, languagesWanted } = audience.data
  const missing = languagesWanted.filter((language) => language !== 'vi' && !have.includes(language))
  return (
    <div className="stack tight" aria-live="polite">
      <p className="soft small">
        {w.clusters(clusters, gateways)}
        {people !== null && `. ${w.compose.population(people)}`}
      </p>
      {wider.some((station) => station.villages.length > 0) && (
        <p className="callout">
          <Icon name="ear" />
          <span>
            <WiderLines audience={audience.data} />
          </span>
        </p>
      )}
      {missing.length > 0 && (
        <p className="callout">
          <Icon name="people" />
          <span>
            {w.compose.languageWanted(w.list(missing.map((language) => w.within(w.languages[language] ?? language))))}
          </span>
        </p>
      )}
    </div>
  )
}

type VillagesProps = Omit<ChoiceProps, 'unit' | 'label' | 'note'> & {
  villages: readonly Unit[]
  folded: boolean
  station?: string
}

/** The villages of one station, folded away in a commune of many stations until one of them is wanted. */
const Villages = ({ villages, folded, station, places, chosen, onChange }: VillagesProps) => {
  const w = useWords()
  const picked = villages.filter((village) => chosen.includes(village.id)).length
  const [isOpen, setIsOpen] = useState(!folded || picked > 0)
  if (villages.length === 0) return null
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="small">
        {w.compose.villagesOf(picked, villages.length)}
        {station && <span className="vh">: {station}</span>}
      </summary>
      <div className="village-grid">
        {villages.map((village) => (
          <Choice key={village.id} places={places} chosen={chosen} onChange={onChange} unit={village} />
        ))}
      </div>
    </details>
  )
}

const Tree = ({ places, chosen, onChange }: Omit<Props, 'commune' | 'have' | 'mistake'> & { places: Places }) => {
  const w = useWords()
  const choice = { places, chosen, onChange }
  const isLarge = places.stations.length > 1
  return (
    <div className="places">
      <Choice {...choice} unit={places.commune} label={w.compose.whole(w.within(places.commune.name))} />
      {places.stations.map(({ station, villages }) => (
        <fieldset key={station.id}>
          <legend className="small soft">
            {station.name}
            {station.technology && ` (${w.compose.stationTechnology[station.technology] ?? station.technology})`}
          </legend>
          <div className="stack tight">
            <div>
              <Choice {...choice} unit={station} label={w.compose.wholeStation} note={station.name} />
            </div>
            <Villages {...choice} villages={villages} folded={isLarge} station={station.name} />
          </div>
        </fieldset>
      ))}
      {places.villages.length > 0 && (
        <fieldset>
          <legend className="small soft">{w.compose.villagesAlone}</legend>
          <Villages {...choice} villages={places.villages} folded={isLarge} />
        </fieldset>
      )}
    </div>
  )
}

/** Ở đâu: the whole commune, its stations, its villages; and who hears it as a consequence. */
export const AudiencePicker = ({ commune, chosen, have, onChange, mistake }: Props) => {
  const w = useWords()
  const units = useUnits()
  const places = units.data ? placesOf(units.data, commune) : undefined
  return (
    <section
      aria-labelledby="where-title"
      className="stack tight"
      data-missing={mistake ? true : undefined}
      tabIndex={mistake ? -1 : undefined}
    >
      <h2 id="where-title">{w.compose.where}</h2>
      {mistake ? <Mistake words={mistake} /> : <Reach chosen={chosen} have={have} />}
      <Loading query={units}>{places && <Tree places={places} chosen={chosen} onChange={onChange} />}</Loading>
    </section>
  )
}
