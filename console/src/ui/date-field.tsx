import { type KeyboardEvent, useEffect, useState } from 'react'
import { dateOf, dateWritten, readDate, readTime } from '../i18n/format.ts'
import { useWords } from '../i18n/index.tsx'
import { serverNow } from '../platform/clock.ts'
import { Field } from './choice.tsx'

/**
 * Days and times are typed as people here write them. The browser's own pickers follow the language of the browser, and
 * 11/12/2026 must never be read as the twelfth of November.
 */
type Props = {
  label: string
  value: string
  onChange: (value: string) => void
}

type TypedProps = Props & {
  shown: string
  read: (text: string) => string | undefined
  placeholder: string
  complaint: string
  width: string
}

const Typed = ({ label, value, onChange, shown, read, placeholder, complaint, width }: TypedProps) => {
  const [text, setText] = useState(shown)
  const [wrong, setWrong] = useState(false)
  useEffect(() => setText(shown), [shown])
  const settle = () => {
    const found = read(text)
    setWrong(found === undefined && text.trim() !== '')
    if (found === undefined) return
    // The new value comes back as `shown`; where it is not taken, the old one stands again.
    setText(shown)
    if (found !== value) onChange(found)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') settle()
  }
  return (
    <Field label={label} hint={wrong ? complaint : undefined}>
      {(id) => (
        <input
          id={id}
          className="in"
          style={{ width }}
          autoComplete="off"
          placeholder={placeholder}
          aria-invalid={wrong}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={settle}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  )
}

/** A day, `YYYY-MM-DD` inside, `24/11/2026` on the screen. */
export const DateField = (props: Props) => {
  const w = useWords()
  return (
    <Typed
      {...props}
      shown={props.value === '' ? '' : dateWritten(props.value)}
      read={(text) => readDate(text, dateOf(serverNow()))}
      placeholder="24/11/2026"
      complaint={w.trouble.date}
      width="9.5em"
    />
  )
}

/** A time of day, `HH:MM`. */
export const TimeField = (props: Props) => {
  const w = useWords()
  return (
    <Typed {...props} shown={props.value} read={readTime} placeholder="17:05" complaint={w.trouble.time} width="6em" />
  )
}
