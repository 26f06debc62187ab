import { type ReactNode, useState } from 'react'

type Props = { summary: ReactNode; className?: string; summaryClass?: string; children: ReactNode }

/** A fold whose content is made when it is opened: a list of hundreds with a form in each stays quick. */
export const Unfold = ({ summary, className, summaryClass, children }: Props) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={className} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={summaryClass}>{summary}</summary>
      {isOpen && children}
    </details>
  )
}
