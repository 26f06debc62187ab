import { useState } from 'react'
import { isRefused, type Refused } from '../../api/client.ts'
import { useRenewTree } from '../../api/mergers.ts'
import { useAnnounce } from '../../ui/announcer.tsx'

/** One press that changes the tree: busy while it is sent, then the outcome is said, or the refusal kept. */
export const useSending = () => {
  const renew = useRenewTree()
  const announce = useAnnounce()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const send = async <T>(
    order: Promise<T | Refused>,
    done: { readonly say: (answer: T) => string; readonly after?: (answer: T) => void },
  ): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await order
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    await renew()
    announce(done.say(answer))
    done.after?.(answer)
  }
  return { busy, refusal, send, forget: () => setRefusal(undefined) }
}
