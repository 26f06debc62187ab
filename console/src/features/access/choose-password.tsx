import './sign-in.css'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import type { Me } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Chip, Field } from '../../ui/choice.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { useSignOut } from './account-menu.tsx'

type SecretProps = { label: string; name: string; value: string; hint?: string; onChange: (text: string) => void }

const Secret = ({ label, name, value, hint, onChange }: SecretProps) => {
  const w = useWords()
  const [shown, setShown] = useState(false)
  return (
    <div className="stack tight">
      <Field label={label} hint={hint}>
        {(id) => (
          <input
            id={id}
            className="in"
            name={name}
            type={shown ? 'text' : 'password'}
            autoComplete={name}
            required
            maxLength={200}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {name === 'new-password' && (
        <div className="chips">
          <Chip checked={shown} onChange={setShown}>
            {w.signIn.show}
          </Chip>
        </div>
      )}
    </div>
  )
}

/** Another password for oneself; whatever else is signed in under the old one ends. */
export const PasswordForm = ({ onDone }: { onDone?: () => void }) => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefusal(undefined)
    const answer = await post<{ me: Me }>('/api/password', { current, next })
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    setCurrent('')
    setNext('')
    announce(w.password.done)
    onDone?.()
    client.setQueryData(['me'], answer.me)
  }
  const isWrong = refusal?.refused === 'access.wrongNameOrPassword'
  return (
    <form className="stack" onSubmit={save}>
      <Secret label={w.password.current} name="current-password" value={current} onChange={setCurrent} />
      <Secret label={w.password.next} name="new-password" value={next} hint={w.password.hint} onChange={setNext} />
      {refusal && <Trouble problem={refusal} title={isWrong ? w.password.wrong : w.trouble.title} />}
      <button type="submit" className="b main big" disabled={busy}>
        {busy ? w.password.busy : w.password.save}
      </button>
    </form>
  )
}

/** After signing in with a password somebody else has seen: nothing else is open before this. */
export const ChooseFirst = () => {
  const w = useWords()
  const signOut = useSignOut()
  return (
    <main className="sign-in" id="main">
      <title>{`${w.password.title} · ${w.app.name}`}</title>
      <div className="card">
        <h1>{w.password.first}</h1>
        <p className="soft">{w.password.firstWhy}</p>
        <PasswordForm />
        <button type="button" className="b" onClick={() => void signOut()}>
          {w.account.signOut}
        </button>
      </div>
    </main>
  )
}
