import { type FormEvent, useState } from 'react'
import { Field } from '../../ui/choice.tsx'

const NOTE_MAX = 500

type Props = {
  label: string
  send: string
  look: 'main' | 'line'
  /** Whether the note was taken; the field is then empty for the next one. */
  onNote: (note: string) => Promise<boolean>
}

/** A line about a piece of work, and the press that sends it. */
export const NoteForm = ({ label, send, look, onNote }: Props) => {
  const [note, setNote] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (await onNote(note.trim())) setNote('')
  }
  return (
    <form className="ticket-form" onSubmit={(event) => void submit(event)}>
      <Field label={label}>
        {(id) => (
          <input
            id={id}
            className="in"
            required
            maxLength={NOTE_MAX}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className={`b ${look}`}>
        {send}
      </button>
    </form>
  )
}
