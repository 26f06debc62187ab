import './sign-in.css'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useDemoAccounts } from '../../api/queries.ts'
import type { DemoAccount, Me } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'

const WhatRemains = ({ refusal }: { refusal: Refused }) => {
  const w = useWords()
  const { triesLeft, minutes } = refusal.detail
  if (typeof triesLeft === 'number') return <p>{w.signIn.triesLeft(triesLeft)}</p>
  if (typeof minutes === 'number') return <p>{w.signIn.lockedFor(minutes)}</p>
  return null
}

const DemoAccounts = ({ onChoose }: { onChoose: (account: DemoAccount) => void }) => {
  const w = useWords()
  const accounts = useDemoAccounts()
  if (!accounts.data || accounts.data.length === 0) return null
  return (
    <section className="demo-accounts" aria-labelledby="demo-title">
      <h2 id="demo-title">{w.signIn.demoTitle}</h2>
      <p className="small soft">{w.signIn.demoLead}</p>
      <ul>
        {accounts.data.map((account) => (
          <li key={account.username}>
            <button type="button" onClick={() => onChoose(account)}>
              <b>{account.name}</b>
              <span className="small soft">
                {account.title}, {account.unitName}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

type FormProps = {
  username: string
  password: string
  setUsername: (text: string) => void
  setPassword: (text: string) => void
}

const SignInForm = ({ username, password, setUsername, setPassword }: FormProps) => {
  const w = useWords()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await post<{ me: Me }>('/api/session', { username: username.trim(), password })
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    await client.invalidateQueries()
    client.setQueryData(['me'], answer.me)
  }
  return (
    <form className="stack" onSubmit={submit}>
      <Field label={w.signIn.username}>
        {(id) => (
          <input
            id={id}
            className="in"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Field>
      <Field label={w.signIn.password}>
        {(id) => (
          <input
            id={id}
            className="in"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {refusal && (
        <Trouble problem={refusal}>
          <WhatRemains refusal={refusal} />
        </Trouble>
      )}
      <button type="submit" className="b main big" disabled={busy}>
        {busy ? w.signIn.busy : w.signIn.submit}
      </button>
    </form>
  )
}

export const SignIn = () => {
  const w = useWords()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const choose = (account: DemoAccount) => {
    setUsername(account.username)
    setPassword(account.password)
    // One more press, or Enter, and they are in.
    document.querySelector<HTMLButtonElement>('.sign-in [type=submit]')?.focus()
  }
  return (
    <main className="sign-in" id="main">
      <title>{`${w.signIn.title} · ${w.app.name}`}</title>
      <div className="card">
        <p className="brand">
          <Icon name="horn" size={32} />
          {w.app.name}
        </p>
        <h1>{w.signIn.title}</h1>
        <p className="soft">{w.signIn.lead}</p>
        <SignInForm {...{ username, password, setUsername, setPassword }} />
      </div>
      <DemoAccounts onChoose={choose} />
    </main>
  )
}
