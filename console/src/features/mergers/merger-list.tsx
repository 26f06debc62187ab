import { useState } from 'react'
import { post } from '../../api/client.ts'
import type { Merger } from '../../api/mergers.ts'
import { useWords } from '../../i18n/index.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useSending } from './use-sending.ts'

const Undo = ({ merger }: { merger: Merger }) => {
  const w = useWords()
  const { busy, refusal, send } = useSending()
  const [sure, setSure] = useState(false)
  if (!sure) {
    return (
      <div>
        <button type="button" className="b line" onClick={() => setSure(true)}>
          {w.mergersPage.undo}
        </button>
      </div>
    )
  }
  return (
    <div className="stack tight">
      <p>{w.mergersPage.undoHow}</p>
      {refusal && <Trouble problem={refusal} />}
      <div className="row wrap">
        <button
          type="button"
          className="b main"
          disabled={busy}
          onClick={() => void send(post<Merger>(`/api/mergers/${merger.id}/undo`), { say: () => w.mergersPage.undone })}
        >
          {busy ? w.mergersPage.undoing : w.mergersPage.undoYes}
        </button>
        <button type="button" className="b" onClick={() => setSure(false)}>
          {w.mergersPage.cancel}
        </button>
      </div>
    </div>
  )
}

const tagOf = { planned: 'tag teal', inForce: 'tag ok', undone: 'tag' } as const

const MergerCard = ({ merger }: { merger: Merger }) => {
  const w = useWords()
  const names = merger.from.map(({ name }) => name)
  const date = w.date(merger.effectiveOn)
  return (
    <li className="card stack tight">
      <div className="row wrap between">
        <h3>{w.mergersPage.sentence(names, merger.to.name, merger.isNew)}</h3>
        <span className={tagOf[merger.state]}>{w.mergersPage.states[merger.state]}</span>
      </div>
      <p>{merger.state === 'undone' ? w.mergersPage.was(date) : w.mergersPage.from(date)}</p>
      <p className="small soft">
        {merger.source} · {w.mergersPage.madeBy(merger.madeBy.name, w.at(merger.madeAt))}
        {merger.undoneBy &&
          merger.undoneAt &&
          ` · ${w.mergersPage.undoneBy(merger.undoneBy.name, w.at(merger.undoneAt))}`}
      </p>
      {merger.may.undo && <Undo merger={merger} />}
    </li>
  )
}

/** What was ordered, newest first; what is still to come can be undone. */
export const MergerList = ({ mergers }: { mergers: readonly Merger[] }) => {
  const w = useWords()
  if (mergers.length === 0) return <p className="empty">{w.mergersPage.none}</p>
  return (
    <ul className="stack">
      {mergers.map((merger) => (
        <MergerCard key={merger.id} merger={merger} />
      ))}
    </ul>
  )
}
