import { Field } from './choice.tsx'

type Props = {
  label: string
  /** Default 0. */
  min?: number
  max: number
  value: number
  onChange: (value: number) => void
  /** How wide it is: a class beside `in`. */
  size?: string
}

/** A whole number that must be given. */
export const NumberField = ({ label, min = 0, max, value, onChange, size }: Props) => (
  <Field label={label}>
    {(id) => (
      <input
        id={id}
        className={size ? `in ${size}` : 'in'}
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        required
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    )}
  </Field>
)
