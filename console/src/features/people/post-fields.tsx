import type { PostDraft } from '../../api/people.ts'
import { useUnits } from '../../api/queries.ts'
import type { Role, Unit } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'

const ROLES: readonly Role[] = ['officer', 'approver', 'leader', 'technician', 'clerk', 'administrator']

/** Communes first, as most posts are there; stations and villages after them. */
const ORDER: readonly Unit['kind'][] = ['province', 'commune', 'station', 'village']
const inOrder = (units: readonly Unit[]): Unit[] =>
  [...units].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name, 'vi', { numeric: true }),
  )

type Props = { post: PostDraft; onChange: (change: Partial<PostDraft>) => void }

const RoleField = ({ post, onChange }: Props) => {
  const w = useWords()
  return (
    <fieldset className="stack tight roles">
      <legend className="label">{w.people.role}</legend>
      {ROLES.map((role) => (
        <label key={role} className="role">
          <input
            type="radio"
            name="role"
            value={role}
            checked={post.role === role}
            onChange={() => onChange({ role })}
          />
          <span>
            <b>{w.people.roles[role]}</b>
            <small>{w.people.roleDoes[role]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** Where, what, under which title and from which day: the fields of a post. */
export const PostFields = ({ post, onChange }: Props) => {
  const w = useWords()
  const units = useUnits()
  const nameOf = (id: string | null): string => units.data?.find((unit) => unit.id === id)?.name ?? ''
  return (
    <>
      <Field label={w.people.unit}>
        {(id) => (
          <select
            id={id}
            className="in"
            required
            value={post.unit}
            onChange={(event) => onChange({ unit: event.target.value })}
          >
            {post.unit === '' && <option value="">{w.people.chooseUnit}</option>}
            {inOrder(units.data ?? []).map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unit.kind === 'village' || unit.kind === 'station'
                  ? `${unit.name}, ${nameOf(unit.parent)}`
                  : unit.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <RoleField post={post} onChange={onChange} />
      <Field label={w.people.postTitle} hint={w.people.postTitleHint}>
        {(id) => (
          <input
            id={id}
            className="in"
            required
            maxLength={100}
            value={post.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <DateField label={w.people.from} value={post.from} onChange={(from) => onChange({ from })} />
    </>
  )
}
