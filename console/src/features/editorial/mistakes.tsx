import { createContext, useContext } from 'react'
import { useWords } from '../../i18n/index.tsx'
import type { Missing } from './draft.ts'

/** What was found missing when the notice was to be sent; each field says its own. */
const Found = createContext<readonly Missing[]>([])
export const Mistakes = Found.Provider

/** What is wrong with one field, in words; `undefined` until somebody tried to send. */
export const useMistake = (field: Missing): string | undefined => {
  const w = useWords()
  const words: Record<Missing, string> = { ...w.compose.missing, ...w.plan.missing }
  return useContext(Found).includes(field) ? words[field] : undefined
}

const WRONG = '[aria-invalid], [data-wrong], [data-missing]'

/** Moves to the first field that has to be put right; whether there is a typed text that cannot be read. */
export const toFirstMistake = (): void => {
  const first = document.querySelector<HTMLElement>(`.compose :is(${WRONG})`)
  first?.focus({ preventScroll: true })
  first?.scrollIntoView({ block: 'center' })
}

/** A day or a time that was typed and is none: it is in its field only, so it is looked for there. */
export const hasUnreadable = (): boolean => document.querySelector('.compose [data-wrong]') !== null
