import { useQuery } from '@tanstack/react-query'
import { isRefused, load, post, RefusedError } from '../../api/client.ts'
import type { Accent, Voicing } from '../../api/types.ts'

export type Rate = 'slow' | 'middle' | 'fast'
/** Speaking rate as a factor of the voice's own. */
export const rateOf: Readonly<Record<Rate, number>> = { slow: 0.85, middle: 1, fast: 1.15 }

export type VoiceChoice = { accent: Accent; rate: Rate }

const POLL_MS = 700

/** The voice's rendering of a text: asked once for each text, and awaited while it is being made. */
export const useVoicing = (unit: string, text: string, choice: VoiceChoice) => {
  const made = useQuery({
    queryKey: ['voicing', unit, text, choice.accent, choice.rate],
    queryFn: async () => {
      const answer = await post<Voicing>('/api/voicings', {
        unit,
        text,
        accent: choice.accent,
        rate: rateOf[choice.rate],
      })
      if (isRefused(answer)) throw new RefusedError(answer)
      return answer
    },
    enabled: text.trim() !== '' && unit !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  const id = made.data?.id
  const pending = made.data !== undefined && made.data.sound === null && made.data.refused === null
  const awaited = useQuery({
    queryKey: ['voicing', id],
    queryFn: ({ signal }) => load<Voicing>(`/api/voicings/${id}`, signal),
    enabled: pending,
    refetchInterval: (query) => (query.state.data?.sound || query.state.data?.refused ? false : POLL_MS),
  })
  const voicing = pending ? (awaited.data ?? made.data) : made.data
  return { voicing, problem: made.error ?? awaited.error, making: made.isFetching || (pending && !voicing?.sound) }
}
