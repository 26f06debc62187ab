import type { FormEvent } from 'react'
import type { UnitThen } from '../../api/mergers.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Chip, Field, Mistake, Seg } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { goneIn, type Wish, withCommune } from './wish.ts'

type Props = {
  readonly wish: Wish
  readonly communes: readonly UnitThen[]
  readonly onChange: (wish: Wish) => void
}

const Communes = ({ wish, communes, onChange }: Props) => {
  const w = useWords()
  const label = wish.mode === 'new' ? w.mergersPage.which : w.mergersPage.whichInto
  return (
    <fieldset className="stack tight plain">
      <legend className="label">{label}</legend>
      <div className="chips">
        {communes.map(({ id, name }) => (
          <Chip
            key={id}
            checked={wish.from.includes(id) && !(wish.mode === 'into' && id === wish.into)}
            disabled={wish.mode === 'into' && id === wish.into}
            onChange={(chosen) => onChange(withCommune(wish, id, chosen))}
          >
            {name}
          </Chip>
        ))}
      </div>
    </fieldset>
  )
}

const NewName = ({ wish, onChange }: Props) => {
  const w = useWords()
  return (
    <div className="new-name">
      <Field label={w.mergersPage.newKind}>
        {(id) => (
          <select
            id={id}
            className="in"
            value={wish.kind}
            onChange={(event) => onChange({ ...wish, kind: event.target.value })}
          >
            {w.mergersPage.newKinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.mergersPage.newName} hint={w.mergersPage.newNameHint}>
        {(id) => (
          <input
            id={id}
            className="in"
            maxLength={80}
            autoComplete="off"
            value={wish.name}
            onChange={(event) => onChange({ ...wish, name: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}

const Into = ({ wish, communes, onChange }: Props) => {
  const w = useWords()
  return (
    <Field label={w.mergersPage.into}>
      {(id) => (
        <select
          id={id}
          className="in"
          value={wish.into}
          onChange={(event) => onChange({ ...wish, into: event.target.value })}
        >
          <option value="">{w.mergersPage.choose}</option>
          {communes.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

const Sessions = ({ wish, communes, onChange }: Props) => {
  const w = useWords()
  const gone = communes.filter(({ id }) => goneIn(wish).includes(id))
  if (gone.length === 0) return null
  return (
    <fieldset className="stack tight plain">
      <legend className="label">{w.mergersPage.keep}</legend>
      <div className="chips">
        {gone.map(({ id, name }) => (
          <Chip
            key={id}
            checked={wish.keep.includes(id)}
            onChange={(keep) =>
              onChange({ ...wish, keep: keep ? [...wish.keep, id] : wish.keep.filter((each) => each !== id) })
            }
          >
            {name}
          </Chip>
        ))}
      </div>
      <p className="small soft">{w.mergersPage.keepHint}</p>
    </fieldset>
  )
}

const DayAndSource = ({ wish, onChange }: Props) => {
  const w = useWords()
  const today = dateOf(serverNow())
  return (
    <>
      <DateField
        label={w.mergersPage.day}
        value={wish.day}
        onChange={(day) => onChange({ ...wish, day })}
        refuse={(date) => (date <= today ? w.mergersPage.dayPast : undefined)}
      />
      <Field label={w.mergersPage.source} hint={w.mergersPage.sourceHint}>
        {(id) => (
          <input
            id={id}
            className="in"
            maxLength={300}
            autoComplete="off"
            value={wish.source}
            onChange={(event) => onChange({ ...wish, source: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

type FormProps = Props & {
  readonly busy: boolean
  /** What is missing, in words, once somebody has asked to see the preview. */
  readonly complaint: string | undefined
  readonly onPreview: () => void
  readonly onClose: () => void
}

/** Which communes, what they become, from which day, by what right. */
export const MergerForm = ({ busy, complaint, onPreview, onClose, ...props }: FormProps) => {
  const w = useWords()
  const { wish, onChange } = props
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong], [aria-invalid]')
    if (wrong) return wrong.focus()
    onPreview()
  }
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{w.mergersPage.begin}</h2>
      <div className="stack tight">
        <span className="label">{w.mergersPage.mode}</span>
        <div>
          <Seg
            label={w.mergersPage.mode}
            value={wish.mode}
            options={[
              { value: 'new', label: w.mergersPage.modeNew },
              { value: 'into', label: w.mergersPage.modeInto },
            ]}
            onChange={(mode) => onChange({ ...wish, mode })}
          />
        </div>
      </div>
      {wish.mode === 'into' && <Into {...props} />}
      <Communes {...props} />
      {wish.mode === 'new' && <NewName {...props} />}
      <DayAndSource {...props} />
      <Sessions {...props} />
      {complaint !== undefined && <Mistake words={complaint} />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={busy}>
          {busy ? w.mergersPage.previewing : w.mergersPage.preview}
        </button>
        <button type="button" className="b" onClick={onClose}>
          {w.mergersPage.cancel}
        </button>
      </div>
    </form>
  )
}
