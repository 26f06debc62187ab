import { type FormEvent, useState } from 'react'
import { isRefused, put, type Refused, post as send } from '../../api/client.ts'
import { type HandedOver, type Person, type PostDraft, type PostHeld, useRenewPeople } from '../../api/people.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Field } from '../../ui/choice.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { Unfold } from '../../ui/unfold.tsx'
import { HandOver } from './hand-over.tsx'
import { LanguageChips } from './language-chips.tsx'
import { PostFields } from './post-fields.tsx'
import { suggestedUsername } from './username.ts'

/** One question to the server at a time, its refusal kept beside the button that asked. */
const useDoing = () => {
  const renew = useRenewPeople()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const run = async <T,>(question: () => Promise<T | Refused>, done: (answer: T) => string | undefined) => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await question()
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    const said = done(answer)
    if (said !== undefined) announce(said)
    await renew()
  }
  return { busy, refusal, run }
}

/** Ends a post from a day on; today means at once. */
export const EndPost = ({ post, name }: { post: PostHeld; name: string }) => {
  const w = useWords()
  const [asking, setAsking] = useState(false)
  const [on, setOn] = useState(() => dateOf(serverNow()))
  const { busy, refusal, run } = useDoing()
  const end = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong]')
    if (wrong) return wrong.focus()
    void run(
      () => send<{ ended: string }>(`/api/posts/${post.id}/end`, { on }),
      () => w.people.ended(name, post.title, w.date(on)),
    )
  }
  if (!asking)
    return (
      <button type="button" className="b" onClick={() => setAsking(true)}>
        {w.people.end}
        <span className="vh">: {post.title}</span>
      </button>
    )
  return (
    <form className="stack tight end-post" onSubmit={end}>
      <DateField label={w.people.endFrom} value={on} onChange={setOn} />
      <p className="small soft">{w.people.endAtOnce}</p>
      {refusal && <Trouble problem={refusal} />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={busy}>
          {w.people.endYes}
        </button>
        <button type="button" className="b" onClick={() => setAsking(false)}>
          {w.people.cancel}
        </button>
      </div>
    </form>
  )
}

const FurtherPost = ({ person, home }: { person: Person; home: string }) => {
  const w = useWords()
  const first = person.posts.find(({ may }) => may.end) ?? person.posts[0]
  const empty: PostDraft = { unit: first?.unit ?? home, role: 'officer', title: '', from: dateOf(serverNow()) }
  const [draft, setDraft] = useState(empty)
  const { busy, refusal, run } = useDoing()
  const give = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong]')
    if (wrong) return wrong.focus()
    void run(
      () => send<Person>(`/api/people/${person.person}/posts`, draft),
      () => {
        setDraft(empty)
        return w.people.given(person.name, draft.title)
      },
    )
  }
  return (
    <Unfold summary={w.people.give}>
      <form className="stack narrow" onSubmit={give}>
        <PostFields post={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
        {refusal && <Trouble problem={refusal} kept />}
        <div>
          <button type="submit" className="b main" disabled={busy}>
            {w.people.giveYes}
          </button>
        </div>
      </form>
    </Unfold>
  )
}

const EditPerson = ({ person }: { person: Person }) => {
  const w = useWords()
  const [name, setName] = useState(person.name)
  const [languages, setLanguages] = useState(person.languages)
  const { busy, refusal, run } = useDoing()
  const save = (event: FormEvent) => {
    event.preventDefault()
    void run(
      () => put<Person>(`/api/people/${person.person}`, { name, languages }),
      () => w.people.saved(name),
    )
  }
  return (
    <Unfold summary={w.people.edit}>
      <form className="stack narrow" onSubmit={save}>
        <Field label={w.people.name}>
          {(id) => (
            <input
              id={id}
              className="in"
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <LanguageChips languages={languages} onChange={setLanguages} />
        {refusal && <Trouble problem={refusal} kept />}
        <div>
          <button type="submit" className="b main" disabled={busy}>
            {w.people.saveEdit}
          </button>
        </div>
      </form>
    </Unfold>
  )
}

type AccountProps = { person: Person; onHandOver: (handedOver: HandedOver) => void }

const Account = ({ person, onHandOver }: AccountProps) => {
  const w = useWords()
  const [username, setUsername] = useState(() => suggestedUsername(person.name))
  const { busy, refusal, run } = useDoing()
  const done = (handedOver: HandedOver) => {
    onHandOver(handedOver)
    return undefined
  }
  const open = (event: FormEvent) => {
    event.preventDefault()
    void run(() => send<HandedOver>(`/api/people/${person.person}/account`, { username }), done)
  }
  const reset = () => void run(() => send<HandedOver>(`/api/people/${person.person}/reset-password`), done)
  return (
    <Unfold summary={person.username === null ? w.people.openAccount : w.people.reset}>
      {person.username === null ? (
        <form className="stack narrow" onSubmit={open}>
          <Field label={w.signIn.username} hint={w.people.usernameHint}>
            {(id) => (
              <input
                id={id}
                className="in"
                required
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                pattern="[a-z0-9][a-z0-9._\-]{1,39}"
                title={w.people.usernameWrong}
                value={username}
                onChange={(event) => setUsername(event.target.value.trim().toLowerCase())}
              />
            )}
          </Field>
          <div>
            <button type="submit" className="b main" disabled={busy}>
              {w.people.openAccountYes}
            </button>
          </div>
        </form>
      ) : (
        <div className="stack tight">
          <p>{w.people.resetHow(person.name)}</p>
          <div>
            <button type="button" className="b main" disabled={busy} onClick={reset}>
              {w.people.resetYes}
            </button>
          </div>
        </div>
      )}
      {refusal && <Trouble problem={refusal} />}
    </Unfold>
  )
}

/** What an administrator does for one person. The password that was made stays on the screen until it is handed over. */
export const PersonActions = ({ person, home }: { person: Person; home: string }) => {
  const w = useWords()
  const [handedOver, setHandedOver] = useState<HandedOver | undefined>(undefined)
  if (handedOver) return <HandOver name={person.name} handedOver={handedOver} onDone={() => setHandedOver(undefined)} />
  return (
    <Unfold
      className="person-actions"
      summaryClass="b"
      summary={
        <>
          {w.people.manage}
          <span className="vh">: {person.name}</span>
        </>
      }
    >
      <div className="stack tight">
        <FurtherPost person={person} home={home} />
        {person.may.edit ? (
          <>
            <EditPerson person={person} />
            <Account person={person} onHandOver={setHandedOver} />
          </>
        ) : (
          <p className="small soft">{w.people.wider}</p>
        )}
      </div>
    </Unfold>
  )
}
