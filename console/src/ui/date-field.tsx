import { type KeyboardEvent, useEffect, useState } from 'react'
import { dateOf, dateWritten, looksLikeDate, readDate, readTime } from '../i18n/format.ts'
import { useWords } from '../i18n/index.tsx'
import { serverNow } from '../platform/clock.ts'
import { Field } from './choice.tsx'

/**
 * Days and times are typed as people here write them. The browser's own pickers follow the language of the browser, and
 * 11/12/2026 must never be read as the twelfth of November. What is no day or no time stays in the field, marked, until it
 * is put right: no earlier value is taken in its place.
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
  /** What is wrong with a text, in words; `undefined` where nothing is. */
  complain: (text: string) => string | undefined
  width: string
  /** Told when what was typed cannot be read: the earlier value must not stand in for it. */
  onWrong?: (() => void) | undefined
}

const Typed = ({ label, value, onChange, shown, read, placeholder, complain, width, onWrong }: TypedProps) => {
  const [text, setText] = useState(shown)
  // what has not been touched yet is no mistake
  const [settled, setSettled] = useState(value !== '')
  // A value taken back because of what was typed leaves what was typed in its place.
  useEffect(() => setText((typed) => (shown === '' && read(typed) === undefined ? typed : shown)), [shown, read])
  const complaint = complain(text)
  const settle = () => {
    setSettled(true)
    const found = read(text)
    if (complaint !== undefined) return onWrong?.()
    if (found === undefined) return
    setText(shown)
    if (found !== value) onChange(found)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') settle()
  }
  return (
    <Field label={label} error={settled ? complaint : undefined}>
      {(id, described) => (
        <input
          id={id}
          className="in"
          style={{ width }}
          autoComplete="off"
          placeholder={placeholder}
          data-wrong={complaint === undefined ? undefined : true}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setSettled(false)
          }}
          onBlur={settle}
          onKeyDown={onKeyDown}
          {...described}
        />
      )}
    </Field>
  )
}

const readDay = (text: string): string | undefined => readDate(text, dateOf(serverNow()))

type DateProps = Props & {
  /** Why a day that exists is not taken here. */
  refuse?: (date: string) => string | undefined
}

/** A day, `YYYY-MM-DD` inside, `24/11/2026` on the screen. Without a `value` it may be left empty. */
export const DateField = ({ refuse, ...props }: DateProps) => {
  const w = useWords()
  const complain = (text: string) => {
    if (text.trim() === '') return props.value === '' ? undefined : w.trouble.date
    const date = readDay(text)
    if (date === undefined) return looksLikeDate(text) ? w.trouble.noSuchDate(text.trim()) : w.trouble.date
    return refuse?.(date)
  }
  return (
    <Typed
      {...props}
      shown={props.value === '' ? '' : dateWritten(props.value)}
      read={readDay}
      placeholder="24/11/2026"
      complain={complain}
      width="9.5em"
    />
  )
}

/** A time of day, `HH:MM`. */
export const TimeField = (props: Props & Pick<TypedProps, 'onWrong'>) => {
  const w = useWords()
  const complain = (text: string) => {
    if (readTime(text) !== undefined) return undefined
    return /\d/.test(text) ? w.trouble.noSuchTime(text.trim()) : w.trouble.time
  }
  return <Typed {...props} shown={props.value} read={readTime} placeholder="17:05" complain={complain} width="6em" />
}
