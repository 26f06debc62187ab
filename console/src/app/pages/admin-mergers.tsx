import './pages.css'
import { useState } from 'react'
import { useMergers, useTree } from '../../api/mergers.ts'
import { MergerList } from '../../features/mergers/merger-list.tsx'
import { NewMerger } from '../../features/mergers/new-merger.tsx'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayAdminister, usePerson } from '../me.tsx'

/** Communes that are joined on a day to come. */
export const AdminMergersPage = () => {
  const w = useWords()
  const me = usePerson()
  const tree = useTree(dateOf(serverNow()))
  const mergers = useMergers()
  const [beginning, setBeginning] = useState(false)
  if (!mayAdminister(me)) return <p>{w.admin.notForYou}</p>
  const provinces = new Set((tree.data ?? []).flatMap(({ id, kind }) => (kind === 'province' ? [id] : [])))
  const isOfProvince = me.posts.some(({ role, unit }) => role === 'administrator' && provinces.has(unit))
  const communes = (tree.data ?? []).filter(({ kind }) => kind === 'commune')
  return (
    <div className="stack">
      <Loading query={tree} lines={4}>
        {!isOfProvince ? (
          <p>{w.mergersPage.notYours}</p>
        ) : beginning ? (
          <NewMerger communes={communes} onClose={() => setBeginning(false)} />
        ) : (
          <div>
            <button type="button" className="b main" onClick={() => setBeginning(true)}>
              <Icon name="plus" />
              {w.mergersPage.begin}
            </button>
          </div>
        )}
      </Loading>
      <Loading query={mergers} lines={3}>
        <MergerList mergers={mergers.data ?? []} />
      </Loading>
    </div>
  )
}
