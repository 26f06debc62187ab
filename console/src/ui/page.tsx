import { type ReactNode, useEffect } from 'react'
import { useWords } from '../i18n/index.tsx'

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; back?: ReactNode; children: ReactNode }

/** The head and body of every page. */
export const Page = ({ title, lead, actions, back, children }: Props) => {
  const w = useWords()
  useEffect(() => {
    document.title = `${title} · ${w.app.name}`
  }, [title, w.app.name])
  return (
    <>
      <header className="top">
        {back}
        <div className="title">
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
