import type { NetworkUnit } from '../../api/network.ts'
import type { DotState } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import { type Counts, type Show, stateOrder } from './marks.ts'

type Props = {
  units: readonly NetworkUnit[]
  counts: Counts
  show: Show
  change: (part: Partial<Show>) => void
}

const StateFilter = ({ counts, show, change }: Omit<Props, 'units'>) => {
  const w = useWords()
  const toggle = (state: DotState) =>
    change({
      states: show.states.includes(state) ? show.states.filter((each) => each !== state) : [...show.states, state],
    })
  return (
    <fieldset className="chips">
      <legend className="vh">{w.map.filter}</legend>
      {stateOrder
        .filter((state) => counts[state] > 0 || state === 'reported' || state === 'silent' || state === 'fault')
        .map((state) => (
          <Chip key={state} checked={show.states.includes(state)} onChange={() => toggle(state)}>
            <Lamp state={state} />
            {w.map.states[state]} <b>{w.number(counts[state])}</b>
          </Chip>
        ))}
    </fieldset>
  )
}

const byName = (a: NetworkUnit, b: NetworkUnit): number => a.name.localeCompare(b.name, 'vi', { numeric: true })

const UnitOptions = ({ label, units }: { label: string; units: readonly NetworkUnit[] }) =>
  units.length === 0 ? null : (
    <optgroup label={label}>
      {[...units].sort(byName).map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  )

/** By state, by place, by words. The numbers are those of the place and words chosen, each state for itself. */
export const Filters = ({ units, counts, show, change }: Props) => {
  const w = useWords()
  const isFiltered = show.states.length > 0 || show.unit !== '' || show.text !== ''
  return (
    <div className="net-filters">
      <StateFilter counts={counts} show={show} change={change} />
      <div className="net-where">
        <Field label={w.map.where}>
          {(id) => (
            <select id={id} className="in" value={show.unit} onChange={(event) => change({ unit: event.target.value })}>
              <option value="">{w.map.everywhere}</option>
              <UnitOptions label={w.map.communes} units={units.filter(({ kind }) => kind === 'commune')} />
              <UnitOptions label={w.map.stations} units={units.filter(({ kind }) => kind === 'station')} />
            </select>
          )}
        </Field>
        <Field label={w.map.search}>
          {(id) => (
            <input
              id={id}
              type="search"
              className="in"
              value={show.text}
              onChange={(event) => change({ text: event.target.value })}
            />
          )}
        </Field>
        {isFiltered && (
          <button type="button" className="b" onClick={() => change({ states: [], unit: '', text: '' })}>
            <Icon name="cross" />
            {w.map.clear}
          </button>
        )}
      </div>
    </div>
  )
}
