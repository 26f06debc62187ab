import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { remove } from '../../api/client.ts'
import type { Me } from '../../api/types.ts'
import { type Lang, useLanguage, useWords } from '../../i18n/index.tsx'
import { Seg } from '../../ui/choice.tsx'
import { applyTheme, chosenTheme, type Theme } from '../../ui/theme.ts'

/** `TH` of “Trần Thị Hạnh”: the first letters of family and given name. */
const initials = (name: string): string => {
  const parts = name.trim().split(/\s+/)
  return `${parts[0]?.[0] ?? ''}${parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : ''}`.toUpperCase()
}

/** Signs out and forgets what was loaded for this person. */
export const useSignOut = () => {
  const client = useQueryClient()
  return async () => {
    await remove('/api/session')
    client.clear()
    client.setQueryData(['me'], null)
  }
}

type Props = {
  me: Me
  /** What else stands in the sheet. */
  children?: ReactNode
}

/** Language, theme, posts, sign out. */
export const AccountSheet = ({ me, children }: Props) => {
  const w = useWords()
  const { lang, setLang } = useLanguage()
  const [theme, setTheme] = useState<Theme>(chosenTheme)
  const signOut = useSignOut()
  const onTheme = (next: Theme) => {
    applyTheme(next)
    setTheme(next)
  }
  return (
    <div className="account-sheet">
      <div>
        <b>{me.name}</b>
        <ul className="small soft">
          {me.posts.map((post) => (
            <li key={`${post.unit} ${post.role}`}>
              {post.title}, {post.unitName}
            </li>
          ))}
        </ul>
      </div>
      <div className="stack tight">
        <span className="label">{w.account.language}</span>
        <Seg<Lang>
          label={w.account.language}
          value={lang}
          onChange={setLang}
          options={[
            { value: 'vi', label: w.account.vietnamese },
            { value: 'en', label: w.account.english },
          ]}
        />
      </div>
      <div className="stack tight">
        <span className="label">{w.account.theme}</span>
        <Seg<Theme>
          label={w.account.theme}
          value={theme}
          onChange={onTheme}
          options={[
            { value: 'light', label: w.account.light },
            { value: 'dark', label: w.account.dark },
            { value: 'system', label: w.account.system },
          ]}
        />
      </div>
      {children}
      <Link to="/mat-khau" className="b line">
        {w.password.title}
      </Link>
      <button type="button" className="b line" onClick={() => void signOut()}>
        {w.account.signOut}
      </button>
    </div>
  )
}

/** The person at the foot of the rail; opens the sheet. */
export const AccountMenu = ({ me, children }: Props) => {
  const w = useWords()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const signal = new AbortController()
    const away = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false)
    }
    document.addEventListener('pointerdown', away, { signal: signal.signal })
    document.addEventListener('keydown', onKey, { signal: signal.signal })
    return () => signal.abort()
  }, [open])
  return (
    <div className="account" ref={box}>
      {open && (
        <div id={id}>
          <AccountSheet me={me}>{children}</AccountSheet>
        </div>
      )}
      <button type="button" className="who" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <i aria-hidden="true">{initials(me.name)}</i>
        <span>
          {me.name}
          <small>{me.posts[0]?.title}</small>
          <span className="vh">, {w.account.menu}</span>
        </span>
      </button>
    </div>
  )
}
