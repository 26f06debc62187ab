import { type ReactNode, useState } from 'react'
import type { Revision, Version } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Chip } from '../../ui/choice.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { differences, placesChanged } from './diff.ts'
import { Difference } from './difference.tsx'
import { writtenIn } from './revisions.ts'

type Props = {
  version: Version
  /** The revision to show the differences from. */
  before: Revision | undefined
  headed: boolean
  /** What the loudspeaker says, word by word; opened when wanted. */
  spoken?: ReactNode
}

const Text = ({ version, before }: Omit<Props, 'headed' | 'spoken'>) => {
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
export const VersionReader = ({ version, before, headed, spoken }: Props) => {
  const w = useWords()
  const name = w.languages[version.language] ?? version.language
  const sound = version.sound ?? version.voicing?.sound
  return (
    <div className="stack" lang={version.language}>
      {headed && <h3>{name}</h3>}
      {sound ? (
        <SoundPlayer hash={sound.hash} durationMs={sound.durationMs} levels={sound.levels} label={name} />
      ) : (
        <p className="soft">{w.approve.noSound}</p>
      )}
      <Text version={version} before={before} />
      {spoken && (
        <details>
          <summary className="small">{w.reading.title}</summary>
          {spoken}
        </details>
      )}
    </div>
  )
}
