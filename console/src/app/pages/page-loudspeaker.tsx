import { lazy, Suspense } from 'react'
import { useUnits } from '../../api/queries.ts'
import { Skeleton } from '../../ui/trouble.tsx'
import { usePerson } from '../me.tsx'

/** Signatures and schemas weigh more than a first screen should: they come when the panel is near. */
const Panel = lazy(() =>
  import('../../features/page-cluster/panel.tsx').then((file) => ({ default: file.PageClusterPanel })),
)

/** The page's loudspeaker, on the channels of this person's communes. */
export const PageLoudspeaker = () => {
  const me = usePerson()
  const units = useUnits()
  const posts = new Set(me.posts.map((post) => post.unit))
  const communes = (units.data ?? []).filter((unit) => unit.kind === 'commune')
  const own = communes.filter((unit) => posts.has(unit.id))
  const channels = (own.length > 0 ? own : communes).map((unit) => ({ unit: unit.id, name: unit.name }))
  if (channels.length === 0) return null
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Panel channels={channels} />
    </Suspense>
  )
}
