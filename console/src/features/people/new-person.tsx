import { type FormEvent, useState } from 'react'
import { isRefused, type Refused, post as send } from '../../api/client.ts'
import { type HandedOver, type Person, type PostDraft, useRenewPeople } from '../../api/people.ts'
import { dateOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { HandOver } from './hand-over.tsx'
import { LanguageChips } from './language-chips.tsx'
import { PostFields } from './post-fields.tsx'
import { suggestedUsername, USERNAME } from './username.ts'

type Made = { name: string; handedOver: HandedOver | null }

const useNewPerson = (unit: string, onMade: () => void) => {
  const w = useWords()
  const renew = useRenewPeople()
  const announce = useAnnounce()
  const [name, setName] = useState('')
  const [languages, setLanguages] = useState<string[]>(['vi'])
  const [withAccount, setWithAccount] = useState(true)
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [draft, setDraft] = useState<PostDraft>(() => ({
    ...{ unit, role: 'officer', title: '', from: dateOf(serverNow()) },
  }))
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const [made, setMade] = useState<Made | undefined>(undefined)
  const username = typed ?? suggestedUsername(name)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wrong = event.currentTarget.querySelector<HTMLElement>('[data-wrong], [aria-invalid]')
    if (wrong) return wrong.focus()
    setBusy(true)
    setRefusal(undefined)
    const account = withAccount ? { username } : {}
    const answer = await send<Person & Made>('/api/people', { name, languages, ...account, post: draft })
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    await renew()
    announce(w.people.added(answer.name))
    if (answer.handedOver === null) onMade()
    else setMade({ name: answer.name, handedOver: answer.handedOver })
  }
  return {
    ...{ name, setName, languages, setLanguages, withAccount, setWithAccount, username, setTyped },
    ...{ draft, setDraft, busy, refusal, made, save },
  }
}

type Form = ReturnType<typeof useNewPerson>

const AccountFields = ({ form }: { form: Form }) => {
  const w = useWords()
  const isWrong = form.username !== '' && !USERNAME.test(form.username)
  return (
    <>
      <div className="chips">
        <Chip checked={form.withAccount} onChange={form.setWithAccount}>
          {w.people.withAccount}
        </Chip>
      </div>
      {form.withAccount && (
        <Field
          label={w.signIn.username}
          hint={w.people.usernameHint}
          error={isWrong ? w.people.usernameWrong : undefined}
        >
          {(id, described) => (
            <input
              id={id}
              className="in"
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={40}
              value={form.username}
              onChange={(event) => form.setTyped(event.target.value.trim().toLowerCase())}
              {...described}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** A new person with a first post and an account; the first password is shown once. */
export const NewPerson = ({ unit, onClose }: { unit: string; onClose: () => void }) => {
  const w = useWords()
  const form = useNewPerson(unit, onClose)
  if (form.made?.handedOver)
    return (
      <section className="card narrow">
        <HandOver name={form.made.name} handedOver={form.made.handedOver} onDone={onClose} />
      </section>
    )
  return (
    <form className="card stack narrow" onSubmit={(event) => void form.save(event)}>
      <h2>{w.people.add}</h2>
      <Field label={w.people.name}>
        {(id) => (
          <input
            id={id}
            className="in"
            required
            maxLength={100}
            autoComplete="off"
            value={form.name}
            onChange={(event) => form.setName(event.target.value)}
          />
        )}
      </Field>
      <PostFields post={form.draft} onChange={(change) => form.setDraft({ ...form.draft, ...change })} />
      <LanguageChips languages={form.languages} onChange={form.setLanguages} />
      <AccountFields form={form} />
      {form.refusal && <Trouble problem={form.refusal} kept />}
      <div className="row wrap">
        <button type="submit" className="b main" disabled={form.busy}>
          {form.busy ? w.people.adding : w.people.save}
        </button>
        <button type="button" className="b" onClick={onClose}>
          {w.people.cancel}
        </button>
      </div>
    </form>
  )
}
