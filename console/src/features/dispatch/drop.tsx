import './dispatch.css'
import { useId, useState } from 'react'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'

type Props = {
  busy: string | null
  text: string
  onText: (text: string) => void
  onFile: (file: File) => void
  onPropose: () => void
}

/** A file dropped or chosen, or the text itself. */
export const DispatchDrop = ({ busy, text, onText, onFile, onPropose }: Props) => {
  const w = useWords()
  const id = useId()
  const [isOver, setOver] = useState(false)
  return (
    <div className="stack">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button inside does the same */}
      <div
        className={isOver ? 'dispatch-drop over' : 'dispatch-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          const [file] = event.dataTransfer.files
          if (file) onFile(file)
        }}
      >
        <span>{w.dispatch.drop}</span>
        <label htmlFor={id} className="b main">
          <Icon name="list" />
          {w.dispatch.choose}
        </label>
        <input
          id={id}
          type="file"
          accept=".docx,.pdf,.txt"
          disabled={busy !== null}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) onFile(file)
            event.target.value = ''
          }}
        />
        <p className="small soft">{w.dispatch.notKept}</p>
      </div>
      <Field label={w.dispatch.paste}>
        {(field) => (
          <textarea
            id={field}
            className="in dispatch-text"
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
      <div className="row wrap">
        <button type="button" className="b main" disabled={text.trim() === '' || busy !== null} onClick={onPropose}>
          {w.dispatch.propose}
        </button>
        <span role="status" className="small soft">
          {busy}
        </span>
      </div>
    </div>
  )
}
