import { useQuery } from '@tanstack/react-query'
import { isRefused, post, type Refused, RefusedError } from '../../api/client.ts'
import type { Correction } from '../../api/lexicon.ts'
import { againWhenOffline } from '../../api/queries.ts'
import type { Accent, Voicing } from '../../api/types.ts'
import { keep, recall } from '../../platform/storage.ts'

export type Rate = 'slow' | 'middle' | 'fast'
/** Speaking rate as a factor of the voice's own. */
export const rateOf: Readonly<Record<Rate, number>> = { slow: 0.85, middle: 1, fast: 1.15 }

export type VoiceChoice = { accent: Accent; rate: Rate }
export type Asked = { unit: string; text: string; choice: VoiceChoice; corrections: readonly Correction[] }

/** The voice a text was last read out with. */
export const choiceOf = (voicing: Voicing | null): VoiceChoice | undefined => {
  const rate = (['slow', 'middle', 'fast'] as const).find((each) => rateOf[each] === voicing?.rate)
  return voicing?.accent && rate ? { accent: voicing.accent, rate } : undefined
}

const VOICE_KEY = 'loa.voice'

/** The voice this person last chose. */
export const lastChoice = (): VoiceChoice => recall<VoiceChoice>(VOICE_KEY) ?? { accent: 'central', rate: 'middle' }
export const keepChoice = (choice: VoiceChoice): void => keep(VOICE_KEY, choice)

/** Asks for a text's sound. The same request gives the same sound. */
export const requestVoicing = ({ unit, text, choice, corrections }: Asked): Promise<Voicing | Refused> =>
  post<Voicing>('/api/voicings', { unit, text, accent: choice.accent, rate: rateOf[choice.rate], corrections })

/** The voice's rendering of a text: asked once for each text and voice. */
export const useVoicing = (asked: Asked) => {
  const { unit, text, choice, corrections } = asked
  const made = useQuery({
    queryKey: ['voicing', unit, text, choice.accent, choice.rate, corrections],
    queryFn: async () => {
      const answer = await requestVoicing(asked)
      if (isRefused(answer)) throw new RefusedError(answer)
      return answer
    },
    enabled: text.trim() !== '' && unit !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchInterval: againWhenOffline,
  })
  return { voicing: made.data, problem: made.error, making: made.isFetching }
}
