import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useState } from 'react'
import type { Me } from '../api/types.ts'
import type { Place } from '../features/search/results.ts'
import { useWords, type Words } from '../i18n/index.tsx'
import { Icon } from '../ui/icon.tsx'
import { PageTool } from '../ui/page.tsx'
import { adminTabsFor } from './admin-tabs.ts'
import { mayApprove, mayWrite } from './me.tsx'

const SearchDialog = lazy(() =>
  import('../features/search/dialog.tsx').then((file) => ({ default: file.SearchDialog })),
)

const Open = createContext<() => void>(() => {})

/** Where Hôm nay shows the button that stops everything; from the search one comes to it, not to its effect. */
export const STOP_ALL = '/#dung-tat-ca'

/** Pages and actions by the names they have on the screen. */
export const placesFor = (me: Me, w: Words, pages: readonly Place[]): Place[] => [
  ...pages,
  ...(mayWrite(me) || mayApprove(me) ? [{ title: w.today.stopAll, to: STOP_ALL }] : []),
  ...adminTabsFor(me).map((tab) => ({ title: tab.label(w), to: tab.to })),
  { title: w.password.title, to: '/mat-khau' },
]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** `/` where nobody is typing, Ctrl+K (⌘K) anywhere. */
const asksForSearch = (event: KeyboardEvent): boolean =>
  ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') ||
  (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target))

/** A press that opens the search: a field's look in the rail, a glass at the head of a page on a phone. */
export const SearchButton = ({ wide = false }: { wide?: boolean }) => {
  const w = useWords()
  const open = useContext(Open)
  return (
    <button
      type="button"
      className={wide ? 'search-open' : 'b icon-only search-glass'}
      onClick={open}
      aria-keyshortcuts="/ Control+K"
    >
      <Icon name="search" />
      <span className={wide ? undefined : 'vh'}>{w.search.open}</span>
      {wide && <i aria-hidden="true">/</i>}
    </button>
  )
}

/** Gives everything inside the search: its keys, its buttons and the dialog itself. */
export const SearchProvider = ({ places, children }: { places: readonly Place[]; children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!asksForSearch(event) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Open value={() => setOpen(true)}>
      <PageTool value={<SearchButton />}>{children}</PageTool>
      {isOpen && (
        <Suspense>
          <SearchDialog places={places} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Open>
  )
}
