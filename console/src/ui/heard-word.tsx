import type { HeardWord } from '../api/hearing.ts'
import type { DotState } from '../api/types.ts'
import { useWords } from '../i18n/index.tsx'
import { Lamp } from './lamp.tsx'

/** The shape that stands for what a person said. */
export const lampOf: Record<HeardWord, DotState> = { clear: 'reported', unclear: 'fault', none: 'silent' }

export const HeardWordMark = ({ word }: { word: HeardWord }) => {
  const w = useWords()
  return (
    <span className="heard-word">
      <Lamp state={lampOf[word]} />
      {w.hearing.words[word]}
    </span>
  )
}
