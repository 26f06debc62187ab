import './people.css'
import type { Person, PostHeld } from '../../api/people.ts'
import { byGivenName, foundIn } from '../../i18n/fold.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { Unfold } from '../../ui/unfold.tsx'
import { EndPost, PersonActions } from './person-actions.tsx'

const isOver = (post: PostHeld, today: string): boolean => post.to !== null && post.to <= today

const PostLine = ({ post, name }: { post: PostHeld; name: string }) => {
  const w = useWords()
  const today = dateOf(serverNow())
  const when =
    post.to !== null && post.to > today
      ? w.people.until(w.date(post.to))
      : post.from > today
        ? w.people.startsOn(w.date(post.from))
        : w.people.since(w.date(post.from))
  return (
    <li>
      <span>
        <b>{post.title}</b>
        <span className="small soft">
          {w.people.roles[post.role]} · {post.unitName} · {when}
        </span>
      </span>
      {post.may.end && <EndPost post={post} name={name} />}
    </li>
  )
}

const PersonCard = ({ person, home }: { person: Person; home: string }) => {
  const w = useWords()
  const today = dateOf(serverNow())
  const current = person.posts.filter((post) => !isOver(post, today))
  const over = person.posts.filter((post) => isOver(post, today))
  const mayTend = person.may.edit || current.some(({ may }) => may.end)
  return (
    <li className="card person">
      <h3>{person.name}</h3>
      <p className="small soft">
        {person.languages.map((language) => w.languages[language] ?? language).join(', ')}
        {mayTend && ` · ${person.username === null ? w.people.noAccount : w.people.account(person.username)}`}
      </p>
      {person.oneTimePassword && (
        <p className="small row">
          <Icon name="key" size={16} />
          {w.people.notYetChosen}
        </p>
      )}
      {current.length > 0 && (
        <ul className="posts">
          {current.map((post) => (
            <PostLine key={post.id} post={post} name={person.name} />
          ))}
        </ul>
      )}
      {person.posts.length === 0 && <p className="small soft">{w.people.never}</p>}
      {over.length > 0 && (
        <ul className="small soft">
          {over.map((post) => (
            <li key={post.id}>
              {w.people.held(post.title, post.unitName, w.date(post.from), w.date(post.to ?? post.from))}
            </li>
          ))}
        </ul>
      )}
      {mayTend && <PersonActions person={person} home={home} />}
    </li>
  )
}

type Props = {
  people: readonly Person[]
  query: string
  /** The person one came for: shown first. */
  first: string | undefined
  /** The unit whose people these are. */
  home: string
}

/** People in the order of their given names; those whose posts are over stand apart. */
export const PeopleList = ({ people, query, first, home }: Props) => {
  const w = useWords()
  const today = dateOf(serverNow())
  const found = people
    .filter(({ name, username, posts }) =>
      foundIn([name, username ?? '', ...posts.map(({ title }) => title)].join(' '), query),
    )
    .sort((a, b) => Number(b.person === first) - Number(a.person === first) || byGivenName(a.name, b.name))
  const current = found.filter(({ posts }) => posts.some((post) => !isOver(post, today)))
  const gone = found.filter((person) => !current.includes(person))
  return (
    <>
      <p className="soft" role="status">
        {query.trim() === '' ? w.people.count(current.length) : w.people.found(found.length)}
      </p>
      <ul className="people">
        {current.map((person) => (
          <PersonCard key={person.person} person={person} home={home} />
        ))}
      </ul>
      {gone.length > 0 && (
        <Unfold summary={w.people.gone(gone.length)}>
          <ul className="people">
            {gone.map((person) => (
              <PersonCard key={person.person} person={person} home={home} />
            ))}
          </ul>
        </Unfold>
      )}
    </>
  )
}
