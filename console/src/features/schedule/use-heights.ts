import { useCallback, useEffect, useRef, useState } from 'react'

const ROW_PX = 46

/** The heights of rows as they came out: text wraps, letters are made larger, actions open. */
export const useHeights = () => {
  const [heights, setHeights] = useState<Readonly<Record<string, number>>>({})
  const observer = useRef<ResizeObserver | undefined>(undefined)
  const seen = useRef(new Map<string, Element>())
  useEffect(() => {
    observer.current = new ResizeObserver((entries) => {
      setHeights((before) => {
        const after = { ...before }
        for (const { target } of entries) {
          const key = (target as HTMLElement).dataset.row
          if (key !== undefined) after[key] = Math.round((target as HTMLElement).offsetHeight)
        }
        return after
      })
    })
    for (const element of seen.current.values()) observer.current.observe(element)
    return () => observer.current?.disconnect()
  }, [])
  /** For the `ref` of each row, which carries its key as `data-row`. */
  const measure = useCallback((element: HTMLElement | null) => {
    const key = element?.dataset.row
    if (!element || key === undefined) return
    const before = seen.current.get(key)
    if (before && before !== element) observer.current?.unobserve(before)
    seen.current.set(key, element)
    observer.current?.observe(element)
    return () => {
      observer.current?.unobserve(element)
      if (seen.current.get(key) === element) seen.current.delete(key)
    }
  }, [])
  return { heightOf: (key: string): number => heights[key] ?? ROW_PX, measure }
}
