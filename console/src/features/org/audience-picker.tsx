import './audience.css'
import { useAudience, useUnits } from '../../api/queries.ts'
import type { Clusters, Unit } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading, Trouble } from '../../ui/trouble.tsx'
import { isCovered, type Places, placesOf, toggled } from './places.ts'

type Props = {
  commune: string
  chosen: readonly string[]
  /** Languages that the notice has already: no need to ask for them. */
  have: readonly string[]
  onChange: (chosen: string[]) => void
}

/** Both counts of a unit in a few characters: `12` clusters of its own, `+26` never; apart they stay. */
const Count = ({ clusters }: { clusters: Clusters }) => {
  const w = useWords()
  if (clusters.devices + clusters.behindGateway === 0) return null
  return <small>{w.clusters(clusters, 1)}</small>
}

type ChoiceProps = Omit<Props, 'commune' | 'have'> & { places: Places; unit: Unit; label?: string }

const Choice = ({ places, unit, label, chosen, onChange }: ChoiceProps) => {
  const covered = isCovered(places, chosen, unit.id) && unit.id !== places.commune.id
  return (
    <Chip checked={covered || chosen.includes(unit.id)} onChange={() => onChange(toggled(places, chosen, unit.id))}>
      {label ?? unit.name}
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
        {people !== null && `, ${w.compose.people(people)}`}
      </p>
      {wider
        .filter((station) => station.villages.length > 0)
        .map((station) => (
          <p key={station.station} className="callout">
            <Icon name="ear" />
            <span>{w.compose.wider(station.name, w.list(station.villages))}</span>
          </p>
        ))}
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

const Tree = ({ places, chosen, onChange }: Omit<Props, 'commune' | 'have'> & { places: Places }) => {
  const w = useWords()
  const choice = { places, chosen, onChange }
  return (
    <div className="places">
      <Choice {...choice} unit={places.commune} label={w.compose.whole(w.within(places.commune.name))} />
      {places.stations.map(({ station, villages }) => (
        <fieldset key={station.id}>
          <legend className="small soft">
            {station.name}
            {station.technology && ` (${w.compose.stationTechnology[station.technology] ?? station.technology})`}
          </legend>
          <div className="chips">
            <Choice {...choice} unit={station} label={w.compose.whole(w.within(station.shortName))} />
            {villages.map((village) => (
              <Choice key={village.id} {...choice} unit={village} />
            ))}
          </div>
        </fieldset>
      ))}
      {places.villages.length > 0 && (
        <fieldset>
          <legend className="small soft">{w.compose.villagesAlone}</legend>
          <div className="chips">
            {places.villages.map((village) => (
              <Choice key={village.id} {...choice} unit={village} />
            ))}
          </div>
        </fieldset>
      )}
    </div>
  )
}

/** Ở đâu: the whole commune, its stations, its villages; and who hears it as a consequence. */
export const AudiencePicker = ({ commune, chosen, have, onChange }: Props) => {
  const w = useWords()
  const units = useUnits()
  const places = units.data ? placesOf(units.data, commune) : undefined
  return (
    <section aria-labelledby="where-title" className="stack tight">
      <h2 id="where-title">{w.compose.where}</h2>
      <Reach chosen={chosen} have={have} />
      <Loading query={units}>{places && <Tree places={places} chosen={chosen} onChange={onChange} />}</Loading>
    </section>
  )
}
