import { type RefObject, useEffect, useRef } from 'react'

/** For what opens in the place of the button that opened it: the first thing to be used there has the focus. */
export const useFocusFirst = <T extends HTMLElement>(selector: string): RefObject<T | null> => {
  const inside = useRef<T>(null)
  useEffect(() => inside.current?.querySelector<HTMLElement>(selector)?.focus(), [selector])
  return inside
}

/** Gives the focus back to the first button inside when what stood in its place has been closed. */
export const useFocusBack = <T extends HTMLElement>(isOpen: boolean): RefObject<T | null> => {
  const inside = useRef<T>(null)
  const wasOpen = useRef(isOpen)
  useEffect(() => {
    if (wasOpen.current && !isOpen) inside.current?.querySelector('button')?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return inside
}
