import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'
import { after } from '../platform/clock.ts'
import { Icon } from './icon.tsx'

const SHOWN_MS = 8000
const Announce = createContext<(text: string) => void>(() => {})

/** Says outcomes: read out by a screen reader, and shown for a few seconds at the foot of the page. */
export const Announcer = ({ children }: { children: ReactNode }) => {
  const [said, setSaid] = useState<{ text: string; count: number } | undefined>(undefined)
  const announce = useCallback((text: string) => {
    setSaid((before) => ({ text, count: (before?.count ?? 0) + 1 }))
    after(SHOWN_MS, () => setSaid((now) => (now?.text === text ? undefined : now)))
  }, [])
  return (
    <Announce value={announce}>
      {children}
      <div className="announcer" role="status" aria-live="polite">
        {said && (
          <p key={said.count}>
            <Icon name="check" />
            {said.text}
          </p>
        )}
      </div>
    </Announce>
  )
}

/** Says an outcome once, politely. */
export const useAnnounce = (): ((text: string) => void) => useContext(Announce)
