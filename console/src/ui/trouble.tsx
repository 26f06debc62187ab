import type { ReactNode } from 'react'
import { useExplain, useWords } from '../i18n/index.tsx'
import { Icon } from './icon.tsx'

type Props = { problem: unknown; title?: string; kept?: boolean; onClose?: () => void; children?: ReactNode }

/** What happened, what was kept and what to do. Never a number, never only a colour. */
export const Trouble = ({ problem, title, kept = false, onClose, children }: Props) => {
  const w = useWords()
  const explain = useExplain()
  return (
    <div className="trouble" role="alert">
      <Icon name="mark" />
      <div className="trouble-body">
        <b>{title ?? w.trouble.title}</b>
        <p>
          {explain(problem)}
          {kept && ` ${w.trouble.kept}`}
        </p>
        {children && <div className="row wrap">{children}</div>}
      </div>
      {onClose && (
        <button type="button" className="b icon-only" onClick={onClose} aria-label={w.trouble.close}>
          <Icon name="cross" />
        </button>
      )}
    </div>
  )
}

type LoadingProps = {
  query: { isPending: boolean; error: unknown; refetch: () => unknown; data?: unknown }
  lines?: number
  children: ReactNode
}

/** Grey shapes while loading, words when it failed, then the content. */
export const Loading = ({ query, lines = 3, children }: LoadingProps) => {
  const w = useWords()
  if (query.data === undefined && query.error) {
    return (
      <Trouble problem={query.error} title={w.trouble.loadFailed}>
        <button type="button" className="b line" onClick={() => query.refetch()}>
          {w.trouble.retry}
        </button>
      </Trouble>
    )
  }
  if (query.isPending) return <Skeleton lines={lines} />
  return children
}

export const Skeleton = ({ lines = 3 }: { lines?: number }) => {
  const w = useWords()
  return (
    <div className="skeleton" role="status">
      <span className="vh">{w.app.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <i key={line} style={{ width: `${92 - (line % 3) * 18}%` }} />
      ))}
    </div>
  )
}
