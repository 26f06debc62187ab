import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isRefused, post, RefusedError } from '../../api/client.ts'
import type { Airing } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'

/** One press, at once, no question asked: silence is always allowed. */
export const useStopping = () => {
  const w = useWords()
  const client = useQueryClient()
  const announce = useAnnounce()
  const renew = () =>
    Promise.all(['today', 'airings', 'airing'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  const stop = useMutation({
    mutationFn: async (airing: Airing) => {
      const answer = await post<Airing>(`/api/airings/${airing.id}/stop`)
      if (isRefused(answer)) throw new RefusedError(answer)
      return answer
    },
    onSuccess: (_, airing) =>
      announce(airing.state === 'planned' ? w.today.cancelled(airing.title) : w.today.stopped(airing.title)),
    onSettled: renew,
  })
  const stopAll = useMutation({
    mutationFn: async (unit: string) => {
      const answer = await post<{ stopped: number }>('/api/stop-all', { unit })
      if (isRefused(answer)) throw new RefusedError(answer)
      return answer
    },
    onSuccess: (answer) => announce(w.today.stoppedAll(answer.stopped)),
    onSettled: renew,
  })
  return { stop, stopAll, problem: stop.error ?? stopAll.error, busy: stop.isPending || stopAll.isPending }
}
