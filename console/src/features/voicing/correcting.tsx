import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isRefused, RefusedError } from '../../api/client.ts'
import { type Correction, LEXICON, proposeReading } from '../../api/lexicon.ts'
import type { SpokenWord } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { withCorrection, writtenOf } from './corrections.ts'

type Props = {
  unit: string
  text: string
  words: readonly SpokenWord[]
  picked: number
  corrections: readonly Correction[]
  onCorrections: (corrections: readonly Correction[]) => void
  onClose: () => void
}

const useProposing = (unit: string) => {
  const w = useWords()
  const announce = useAnnounce()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (correction: Correction) => {
      const answer = await proposeReading({ unit, ...correction, caseSensitive: false })
      if (isRefused(answer)) throw new RefusedError(answer)
      return answer
    },
    onSuccess: ({ written }) => {
      announce(w.readings.proposed(written))
      return client.invalidateQueries({ queryKey: [LEXICON] })
    },
  })
}

const Alternatives = ({ words, onChoose }: { words: readonly string[]; onChoose: (spoken: string) => void }) => {
  const w = useWords()
  if (words.length === 0) return null
  return (
    <div className="row wrap">
      <span className="small soft">{w.readings.alternatives}</span>
      {words.map((spoken) => (
        <button key={spoken} type="button" className="b line" onClick={() => onChoose(spoken)}>
          {spoken}
        </button>
      ))}
    </div>
  )
}

/** One word put right: for this text at once, and if wanted for the unit, once somebody agrees. */
export const Correcting = ({ unit, text, words, picked, corrections, onCorrections, onClose }: Props) => {
  const w = useWords()
  const written = writtenOf(text, words, picked)
  const spoken = words[picked]?.text ?? ''
  const before = corrections.find((each) => each.written.toLowerCase() === written.toLowerCase())
  const [reading, setReading] = useState(before?.spoken ?? spoken)
  const [isForUnit, setForUnit] = useState(false)
  const proposing = useProposing(unit)
  const done = () => {
    const correction = { written, spoken: reading.trim() }
    onCorrections(withCorrection(corrections, correction))
    if (isForUnit) proposing.mutate(correction, { onSuccess: onClose })
    else onClose()
  }
  return (
    <form
      className="correcting"
      aria-label={w.readings.fix(written)}
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <b>{w.readings.fix(written)}</b>
      <p className="small soft">{w.readings.nowRead(spoken)}</p>
      <Alternatives
        words={(words[picked]?.doubtful ?? []).filter((other) => other !== reading)}
        onChoose={setReading}
      />
      <Field label={w.readings.readAs} hint={w.readings.readAsHint}>
        {(id) => (
          <input
            id={id}
            className="in"
            maxLength={200}
            // biome-ignore lint/a11y/noAutofocus: the word was pressed in order to write here
            autoFocus
            value={reading}
            onChange={(event) => setReading(event.target.value)}
          />
        )}
      </Field>
      <Chip checked={isForUnit} onChange={setForUnit}>
        {w.readings.keep}
      </Chip>
      {isForUnit && <p className="small soft">{w.readings.keepHint}</p>}
      {proposing.error && <Trouble problem={proposing.error} />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={reading.trim() === '' || proposing.isPending}>
          <Icon name="check" />
          {w.readings.here}
        </button>
        <button type="button" className="b" onClick={onClose}>
          {w.readings.cancel}
        </button>
      </div>
    </form>
  )
}

type ListProps = Pick<Props, 'corrections' | 'onCorrections'>

/** What was put right in this text, each to be undone. */
export const Corrections = ({ corrections, onCorrections }: ListProps) => {
  const w = useWords()
  if (corrections.length === 0) return null
  return (
    <div className="corrections">
      <b className="small">{w.readings.corrected}</b>
      <ul className="small">
        {corrections.map((each) => (
          <li key={each.written} className="row between">
            <span>{w.readings.correctedLine(each.written, each.spoken)}</span>
            <button
              type="button"
              className="link"
              aria-label={w.readings.undo(each.written)}
              onClick={() => onCorrections(corrections.filter((kept) => kept !== each))}
            >
              {w.readings.undoShort}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
