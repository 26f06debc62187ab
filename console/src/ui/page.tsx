import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { useWords } from '../i18n/index.tsx'

/** What stands at the end of every page's head, on a phone. */
export const PageTool = createContext<ReactNode>(null)

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; back?: ReactNode; children: ReactNode }

/** The head and body of every page. */
export const Page = ({ title, lead, actions, back, children }: Props) => {
  const w = useWords()
  const tool = useContext(PageTool)
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
        {tool}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
