import { type ReactNode, useState } from 'react'
import type { Revision, Version } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip } from '../../ui/choice.tsx'
import { differences, placesChanged } from './diff.ts'
import { Difference } from './difference.tsx'
import { writtenIn } from './revisions.ts'

type Props = {
  version: Version
  /** The revision to show the differences from. */
  before: Revision | undefined
  headed: boolean
  /** The sound to listen to, with what it says. */
  listen: ReactNode
}

const Text = ({ version, before }: Omit<Props, 'headed' | 'listen'>) => {
  const w = useWords()
  const [showOld, setShowOld] = useState(true)
  const written = version.written ?? ''
  if (written === '' && writtenIn(before, version.language) === '') {
    return <p className="soft">{version.voicing ? w.mine.soundOnly : w.mine.noText}</p>
  }
  if (!before) return <p className="reading">{written}</p>
  const pieces = differences(writtenIn(before, version.language), written)
  const changed = placesChanged(pieces)
  return (
    <>
      <div className="row wrap between">
        <p className="small soft">{w.mine.differences(changed)}</p>
        {changed > 0 && (
          <Chip checked={showOld} onChange={setShowOld}>
            {w.approve.showOld}
          </Chip>
        )}
      </div>
      <Difference pieces={pieces} showRemoved={showOld} />
    </>
  )
}

/** One language version to listen to and to read. The sound is the very one that will be broadcast. */
export const VersionReader = ({ version, before, headed, listen }: Props) => {
  const w = useWords()
  return (
    <div className="stack" lang={version.language}>
      {headed && <h3>{w.languages[version.language] ?? version.language}</h3>}
      {listen}
      {version.voicing?.kind === 'text' && <h3 className="small">{w.mine.asWritten}</h3>}
      <Text version={version} before={before} />
    </div>
  )
}
