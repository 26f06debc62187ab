import './voicing.css'
import { useState } from 'react'
import { type SoundPart, useTimelineOf } from '../../api/frames.ts'
import type { Voicing } from '../../api/types.ts'
import { position } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { SoundPlayer } from '../../ui/sound-player.tsx'
import { partAt, readingIn, wordHeard } from './parts.ts'
import { ReadingNotes, WhySaidSo } from './reading-notes.tsx'
import { SpokenText } from './spoken-text.tsx'

const Parts = ({ parts, current }: { parts: readonly SoundPart[]; current: number | null }) => {
  const w = useWords()
  const readings = parts.filter(({ kind }) => kind === 'reading').length
  return (
    <ol className="sound-parts" aria-label={w.frame.parts}>
      {parts.map((part, index) => (
        <li key={part.atMs} aria-current={index === current ? 'step' : undefined}>
          {w.frame.part(part.kind, part.number, readings)} <small>{position(part.atMs)}</small>
        </li>
      ))}
    </ol>
  )
}

type Props = {
  /** The sound that is broadcast, or the reading while there is none yet. */
  sound: { hash: string; durationMs: number; levels?: number[] | undefined }
  label: string
  /** The reading as it was made, for sounds of before it was kept what is heard when. */
  voicing?: Voicing | null
  /** What stands above the words; by rule that they will be said. */
  title?: string
}

/** A sound to listen to, what is heard when, and the words it says: while it plays the word being said is marked. */
export const ListenAlong = ({ sound, label, voicing = null, title }: Props) => {
  const w = useWords()
  const timeline = useTimelineOf(sound.hash)
  const parts = timeline.data ?? []
  const [ms, setMs] = useState<number | null>(null)
  const reading = readingIn(parts)
  const text = reading?.written ?? voicing?.written ?? ''
  const words = reading?.words ?? voicing?.words ?? []
  const readBy = reading?.readBy ?? voicing
  return (
    <div className="stack tight">
      <SoundPlayer
        hash={sound.hash}
        durationMs={sound.durationMs}
        levels={sound.levels}
        label={label}
        onPosition={setMs}
      />
      {parts.length > 1 && <Parts parts={parts} current={partAt(parts, ms)} />}
      {words.length > 0 && (
        <>
          {readBy && <ReadingNotes {...{ text, words, readBy }} />}
          <h3 className="small">{title ?? w.reading.title}</h3>
          <SpokenText text={text} words={words} current={wordHeard(parts, ms)} />
          {readBy && <WhySaidSo {...{ text, words, readBy }} />}
        </>
      )}
    </div>
  )
}
