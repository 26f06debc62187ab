import { useQuery } from '@tanstack/react-query'
import { isRefused, post, type Refused, RefusedError } from '../../api/client.ts'
import type { Correction } from '../../api/lexicon.ts'
import { againWhenOffline } from '../../api/queries.ts'
import type { BulletinClass, Voicing } from '../../api/types.ts'
import type { VoiceChoice } from '../../api/voices.ts'

export type Asked = {
  unit: string
  text: string
  /** Absent: as the unit has set it. */
  choice: VoiceChoice | undefined
  corrections: readonly Correction[]
  /** Of the notice: one that is urgent is not kept waiting by a slow voice. */
  of: BulletinClass
}

/** Asks for a text's sound. The same request gives the same sound. */
export const requestVoicing = ({ unit, text, choice, corrections, of }: Asked): Promise<Voicing | Refused> =>
  post<Voicing>('/api/voicings', { unit, text, ...choice, corrections, class: of })

export const VOICING = 'voicing'

/** The voice's rendering of a text: asked once for each text and voice. */
export const useVoicing = (asked: Asked) => {
  const { unit, text, choice, corrections, of } = asked
  const made = useQuery({
    queryKey: [VOICING, unit, text, choice?.accent, choice?.rate, corrections, of],
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
  return { voicing: made.data, problem: made.error, making: made.isFetching, again: () => void made.refetch() }
}
