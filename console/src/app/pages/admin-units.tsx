import './pages.css'
import { useState } from 'react'
import { useTree } from '../../api/mergers.ts'
import { Became } from '../../features/mergers/became.tsx'
import { NewUnit } from '../../features/mergers/new-unit.tsx'
import { UnitTree } from '../../features/mergers/unit-tree.tsx'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayAdminister, usePerson } from '../me.tsx'

/** Units and organisations as they are today, were or will be on another day, and what a former name is now. */
export const AdminUnitsPage = () => {
  const w = useWords()
  const me = usePerson()
  const today = dateOf(serverNow())
  const [on, setOn] = useState(today)
  const [adding, setAdding] = useState(false)
  const tree = useTree(on)
  if (!mayAdminister(me)) return <p>{w.admin.notForYou}</p>
  const isToday = on === today
  return (
    <div className="stack">
      {adding ? (
        <NewUnit units={tree.data ?? []} onClose={() => setAdding(false)} />
      ) : (
        <div className="unit-filters">
          <DateField label={w.unitsPage.on} value={on} onChange={setOn} />
          {isToday ? (
            <button type="button" className="b main" onClick={() => setAdding(true)}>
              <Icon name="plus" />
              {w.unitsPage.add}
            </button>
          ) : (
            <button type="button" className="b line" onClick={() => setOn(today)}>
              {w.unitsPage.today}
            </button>
          )}
        </div>
      )}
      {!isToday && (
        <p className="callout" role="status">
          <Icon name="clock" size={20} />
          {w.unitsPage.another(w.date(on))}
        </p>
      )}
      <Loading query={tree} lines={6}>
        <UnitTree key={on} units={tree.data ?? []} mayChange={isToday} />
      </Loading>
      <Became />
    </div>
  )
}
