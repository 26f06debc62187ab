import { type ReactNode, useId } from 'react'

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

type ChipProps = { checked: boolean; disabled?: boolean; onChange: (checked: boolean) => void; children: ReactNode }

/** A checkbox in a pill. */
export const Chip = ({ checked, disabled = false, onChange, children }: ChipProps) => (
  <label className="chip">
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    {children}
  </label>
)

type FieldProps = { label: string; hint?: ReactNode; children: (id: string) => ReactNode }

/** A label above its control. */
export const Field = ({ label, hint, children }: FieldProps) => {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && (
        <p className="small soft" role="status">
          {hint}
        </p>
      )}
    </div>
  )
}
