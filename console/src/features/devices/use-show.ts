import { useNavigate, useSearch } from '@tanstack/react-router'
import type { DotState } from '../../api/types.ts'
import { type Show, stateOrder } from './marks.ts'

/** What `/mang-luoi` is asked to show. It stands in the address, so that coming back finds it as it was left. */
export type NetworkSearch = { noi?: string; loc?: string; tim?: string }

const isState = (text: string): text is DotState => stateOrder.some((state) => state === text)

export const networkSearch = (search: Record<string, unknown>): NetworkSearch => {
  const text = (value: unknown): string | undefined =>
    typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined
  const [noi, loc, tim] = [text(search.noi), text(search.loc), text(search.tim)]
  return { ...(noi && { noi }), ...(loc && { loc }), ...(tim && { tim }) }
}

export const showOf = ({ noi = '', loc = '', tim = '' }: NetworkSearch): Show => ({
  unit: noi,
  text: tim,
  states: loc.split(',').filter(isState),
})

export const useShow = (): { show: Show; change: (part: Partial<Show>) => void } => {
  const search = useSearch({ from: '/mang-luoi' })
  const navigate = useNavigate()
  const show = showOf(search)
  return {
    show,
    change: (part) => {
      const next = { ...show, ...part }
      void navigate({
        to: '/mang-luoi',
        search: networkSearch({ noi: next.unit, loc: next.states.join(','), tim: next.text }),
        replace: true,
        resetScroll: false,
      })
    },
  }
}
