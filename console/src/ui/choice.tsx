import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

type SegProps<T extends string> = {
  label: string
  value: T
  options: readonly { value: T; label: ReactNode }[]
  onChange: (value: T) => void
  disabled?: boolean
}

/** A few choices side by side: radio buttons that look like one control. */
export const Seg = <T extends string>({ label, value, options, onChange, disabled = false }: SegProps<T>) => {
  const name = useId()
  return (
    <fieldset className="seg" disabled={disabled}>
      <legend className="vh">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}

/** What is wrong with one field, beside that field. */
export const Mistake = ({ id, words }: { id?: string; words: string }) => (
  <p id={id} className="mistake small" role="alert">
    <Icon name="mark" size={16} />
    {words}
  </p>
)

type ChipProps = { checked: boolean; disabled?: boolean; onChange: (checked: boolean) => void; children: ReactNode }

/** A checkbox in a pill. */
export const Chip = ({ checked, disabled = false, onChange, children }: ChipProps) => (
  <label className="chip">
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    {children}
  </label>
)

/** What a control needs so that its mistake is announced with it. */
export type Described = { 'aria-invalid'?: true; 'aria-describedby'?: string }
type FieldProps = {
  label: string
  hint?: ReactNode
  /** What is wrong with the control's value. */
  error?: string | undefined
  children: (id: string, described: Described) => ReactNode
}

/** A label above its control, and below it what is wrong with it. */
export const Field = ({ label, hint, error, children }: FieldProps) => {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` })}
      {error !== undefined && <Mistake id={`${id}-error`} words={error} />}
      {hint && (
        <p className="small soft" role="status">
          {hint}
        </p>
      )}
    </div>
  )
}
