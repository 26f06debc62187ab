import { type ChangeEvent, useId, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useRenewNetwork } from '../../api/network.ts'
import { useWords } from '../../i18n/index.tsx'
import { Mistake } from '../../ui/choice.tsx'
import { Trouble } from '../../ui/trouble.tsx'

/** What the server takes at most. */
const BYTES_MAX = 5 * 1024 * 1024
const NAMES_SHOWN = 10

type Imported = { outlines: number; clusters: number; unknown: { kind: 'unit' | 'cluster'; id: string }[] }
type State =
  | { is: 'idle' }
  | { is: 'sending' }
  | { is: 'mistaken'; words: string }
  | { is: 'refused'; refusal: Refused }
  | { is: 'done'; imported: Imported }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const unknownWritten = (unknown: Imported['unknown']): string => {
  const ids = unknown.map(({ id }) => id)
  return [...ids.slice(0, NAMES_SHOWN), ...(ids.length > NAMES_SHOWN ? ['…'] : [])].join(', ')
}

/** Outlines and coordinates for the map, by the administrator. The file is read here first, so that a wrong one is said at once. */
export const GeometryImport = () => {
  const w = useWords()
  const id = useId()
  const renew = useRenewNetwork()
  const [state, setState] = useState<State>({ is: 'idle' })
  const send = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    if (file.size > BYTES_MAX) return setState({ is: 'mistaken', words: w.map.importTooLarge })
    const collection = parsed(await file.text())
    if (typeof collection !== 'object' || collection === null)
      return setState({ is: 'mistaken', words: w.map.importNoJson })
    setState({ is: 'sending' })
    const answer = await post<Imported>('/api/geometry', collection)
    if (isRefused(answer)) return setState({ is: 'refused', refusal: answer })
    setState({ is: 'done', imported: answer })
    await renew()
  }
  return (
    <details className="card">
      <summary>{w.map.importTitle}</summary>
      <div className="stack tight">
        <p className="small soft">{w.map.importLead}</p>
        <div>
          <label htmlFor={id} className="b line file-button">
            {w.map.importFile}
            <input
              id={id}
              type="file"
              accept=".geojson,.json,application/geo+json"
              onChange={(event) => void send(event)}
            />
          </label>
        </div>
        <div role="status">
          {state.is === 'sending' && <p>{w.map.importing}</p>}
          {state.is === 'done' && (
            <p>
              {w.map.imported(state.imported.outlines, state.imported.clusters)}
              {state.imported.unknown.length > 0 && ` ${w.map.importUnknown(unknownWritten(state.imported.unknown))}`}
            </p>
          )}
        </div>
        {state.is === 'mistaken' && <Mistake words={state.words} />}
        {state.is === 'refused' && (
          <Trouble problem={state.refusal} title={w.map.importFailed}>
            {/* the server's own sentence about the place in the file */}
            {state.refusal.detail.words && (
              <p>
                {state.refusal.detail.words} <span className="soft">({state.refusal.detail.at})</span>
              </p>
            )}
          </Trouble>
        )}
      </div>
    </details>
  )
}
