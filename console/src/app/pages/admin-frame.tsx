import './pages.css'
import { Link } from '@tanstack/react-router'
import { type SoundField, useFrame } from '../../api/frames.ts'
import { useUnits } from '../../api/queries.ts'
import { Recorder } from '../../features/recording/recorder.tsx'
import { AgainCard, OrderCard, type RecorderSlot, SoundCard } from '../../features/voicing/frame-cards.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { useUnitChoice } from '../unit-choice.tsx'

const fields: readonly SoundField[] = ['attention', 'opening', 'closing']

const recorder: RecorderSlot = (sound) => (
  <Recorder {...sound} person={undefined} language="vi" notice={undefined} prompt={null} begin={undefined} />
)

/** Âm hiệu quanh tin: what stands around each notice of a unit. */
export const AdminFramePage = () => {
  const w = useWords()
  const units = useUnits()
  const { unit, choice } = useUnitChoice()
  const frame = useFrame(unit)
  const top = units.data?.find(({ id }) => id === unit)?.parent === null
  return (
    <div className="stack">
      {choice}
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
                <SoundCard key={field} field={field} frame={frame.data} top={top} recorder={recorder} />
              ))}
              <AgainCard frame={frame.data} top={top} />
            </div>
          </>
        )}
      </Loading>
    </div>
  )
}
