import './pages.css'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { PEOPLE_MAX, usePeople } from '../../api/people.ts'
import { useUnits } from '../../api/queries.ts'
import { NewPerson } from '../../features/people/new-person.tsx'
import { PeopleList } from '../../features/people/people-list.tsx'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/trouble.tsx'
import { mayAdminister, usePerson } from '../me.tsx'

/** Who works where, from when, and their accounts. */
export const AdminPeoplePage = () => {
  const w = useWords()
  const me = usePerson()
  const units = useUnits()
  const [unit, setUnit] = useState(me.posts.find(({ role }) => role === 'administrator')?.unit ?? '')
  const { ai } = useSearch({ from: '/quan-tri/nguoi' })
  const [query, setQuery] = useState('')
  const [adding, setAdding] = useState(false)
  const people = usePeople(unit)
  if (!mayAdminister(me)) return <p>{w.admin.notForYou}</p>
  const choices = (units.data ?? []).filter(({ kind }) => kind === 'province' || kind === 'commune')
  // a post over a whole province is too much to be given by not choosing
  const isWide = choices.length > 1 && choices.find(({ id }) => id === unit)?.kind === 'province'
  return (
    <div className="stack">
      {adding ? (
        <NewPerson unit={isWide ? '' : unit} onClose={() => setAdding(false)} />
      ) : (
        <div>
          <button type="button" className="b main" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {w.people.add}
          </button>
        </div>
      )}
      <div className="people-filters">
        {choices.length > 1 && (
          <Field label={w.people.unit}>
            {(id) => (
              <select id={id} className="in" value={unit} onChange={(event) => setUnit(event.target.value)}>
                {choices.map(({ id: value, name, kind }) => (
                  <option key={value} value={value}>
                    {kind === 'province' ? w.people.whole(name) : name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={w.people.filter}>
          {(id) => (
            <input
              id={id}
              className="in"
              type="search"
              value={query}
              onChange={(event) => setQuery(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Loading query={people} lines={6}>
        {(people.data?.length ?? 0) >= PEOPLE_MAX && <p>{w.people.tooMany}</p>}
        <PeopleList people={people.data ?? []} query={query} first={ai} home={unit} />
      </Loading>
    </div>
  )
}
