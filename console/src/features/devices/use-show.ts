import { useNavigate, useSearch } from '@tanstack/react-router'
import type { DotState } from '../../api/types.ts'
import { type Show, stateOrder } from './marks.ts'
import { type NetworkSearch, networkSearch } from './network-search.ts'

const isState = (text: string): text is DotState => stateOrder.some((state) => state === text)

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
