import './voicing.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isRefused, type Refused, RefusedError } from '../../api/client.ts'
import { decideReading, LEXICON, type LexiconEntry, proposeReading, removeReading } from '../../api/lexicon.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'

/** Does something to the table, says it, and shows the table anew. */
const useAct = () => {
  const client = useQueryClient()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: async ({ act, words }: { act: () => Promise<unknown | Refused>; words: string }) => {
      const answer = await act()
      if (isRefused(answer)) throw new RefusedError(answer)
      return words
    },
    onSuccess: (words) => announce(words),
    onSettled: () => client.invalidateQueries({ queryKey: [LEXICON] }),
  })
}

const Actions = ({ entry }: { entry: LexiconEntry }) => {
  const w = useWords()
  const { mutate, isPending, error } = useAct()
  const { id, written, may, state } = entry
  const name = <span className="vh">{w.readings.of(written)}</span>
  return (
    <>
      <div className="row wrap">
        {may.decide && (
          <>
            <button
              type="button"
              className="b main"
              disabled={isPending}
              onClick={() => mutate({ act: () => decideReading(id, true), words: w.readings.accepted(written) })}
            >
              {w.readings.accept}
              {name}
            </button>
            <button
              type="button"
              className="b line"
              disabled={isPending}
              onClick={() => mutate({ act: () => decideReading(id, false), words: w.readings.refused(written) })}
            >
              {w.readings.refuse}
              {name}
            </button>
          </>
        )}
        {may.remove && !may.decide && (
          <button
            type="button"
            className="b line"
            disabled={isPending}
            onClick={() => mutate({ act: () => removeReading(id), words: w.readings.removed(written) })}
          >
            {state === 'proposed' ? w.readings.withdraw : w.readings.remove}
            {name}
          </button>
        )}
      </div>
      {state === 'proposed' && may.remove && !may.decide && <p className="small soft">{w.readings.ownNote}</p>}
      {error && <Trouble problem={error} />}
    </>
  )
}

/** Readings, one to a line: written, read, whose, since when. */
export const LexiconList = ({ entries, empty }: { entries: readonly LexiconEntry[]; empty: string }) => {
  const w = useWords()
  if (entries.length === 0) return <p className="soft">{empty}</p>
  return (
    <ul className="lexicon">
      {entries.map((entry) => (
        <li key={entry.id} className="card">
          <p>{w.readings.correctedLine(entry.written, entry.spoken)}</p>
          <p className="small soft">
            {entry.inherited && `${w.readings.from(entry.unitName)}. `}
            {w.readings.by(entry.proposedBy.name, w.at(entry.proposedAt))}
            {entry.decidedBy && `; ${w.readings.agreed(entry.decidedBy.name)}`}
          </p>
          <Actions entry={entry} />
        </li>
      ))}
    </ul>
  )
}

/** Proposes a reading without a text at hand. */
export const NewReading = ({ unit }: { unit: string }) => {
  const w = useWords()
  const [written, setWritten] = useState('')
  const [spoken, setSpoken] = useState('')
  const [caseSensitive, setCaseSensitive] = useState(false)
  const { mutate, isPending, error } = useAct()
  const propose = () =>
    mutate(
      {
        act: () => proposeReading({ unit, written: written.trim(), spoken: spoken.trim(), caseSensitive }),
        words: w.readings.proposed(written.trim()),
      },
      {
        onSuccess: () => {
          setWritten('')
          setSpoken('')
        },
      },
    )
  return (
    <form
      className="card stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        propose()
      }}
    >
      <div className="lexicon-new">
        <Field label={w.readings.written}>
          {(id) => (
            <input
              id={id}
              className="in"
              maxLength={100}
              value={written}
              onChange={(e) => setWritten(e.target.value)}
            />
          )}
        </Field>
        <Field label={w.readings.spoken} hint={w.readings.readAsHint}>
          {(id) => (
            <input id={id} className="in" maxLength={200} value={spoken} onChange={(e) => setSpoken(e.target.value)} />
          )}
        </Field>
      </div>
      <Chip checked={caseSensitive} onChange={setCaseSensitive}>
        {w.readings.caseSensitive}
      </Chip>
      {error && <Trouble problem={error} kept />}
      <div>
        <button type="submit" className="b main" disabled={isPending || !written.trim() || !spoken.trim()}>
          <Icon name="plus" />
          {w.readings.add}
        </button>
      </div>
    </form>
  )
}
