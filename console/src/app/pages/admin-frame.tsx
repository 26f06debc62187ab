import './pages.css'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type SoundField, useFrame } from '../../api/frames.ts'
import { useUnits } from '../../api/queries.ts'
import { AgainCard, OrderCard, SoundCard } from '../../features/voicing/frame-cards.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'

const fields: readonly SoundField[] = ['attention', 'opening', 'closing']

/** Âm hiệu quanh tin: what stands around each notice of a unit. */
export const AdminFramePage = () => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const [unit, setUnit] = useState(me.posts[0]?.unit ?? '')
  const frame = useFrame(unit)
  const choices = (units.data ?? []).filter(({ kind }) => kind === 'province' || kind === 'commune')
  const top = units.data?.find(({ id }) => id === unit)?.parent === null
  return (
    <div className="stack">
      {choices.length > 1 && (
        <Field label={w.frame.unit}>
          {(id) => (
            <select id={id} className="in" value={unit} onChange={(event) => setUnit(event.target.value)}>
              {choices.map(({ id: value, name }) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <div className="stack tight">
        <p>{w.frame.fromNow}</p>
        <p className="small soft">
          {w.frame.standing}{' '}
          <Link to="/quan-tri/tieng-nhac" className="link">
            {w.standing.title}
          </Link>
          .
        </p>
      </div>
      <Loading query={frame} lines={6}>
        {frame.data && (
          <>
            {!frame.data.may.change && <p className="small soft">{w.frame.readOnly}</p>}
            <OrderCard frame={frame.data} />
            <div className="frame-grid" key={unit}>
              {fields.map((field) => (
                <SoundCard key={field} field={field} frame={frame.data} top={top} />
              ))}
              <AgainCard frame={frame.data} top={top} />
            </div>
          </>
        )}
      </Loading>
    </div>
  )
}
