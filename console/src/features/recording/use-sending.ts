import { useEffect, useRef, useState } from 'react'
import { BAD_ANSWER, isOffline, isRefused, type Refused } from '../../api/client.ts'
import { dropUpload, sendRecording } from '../../api/recordings.ts'
import type { Voicing } from '../../api/types.ts'
import { after, untilOnline } from '../../platform/clock.ts'
import type { TakeFacts } from '../../platform/takes.ts'

/** A sound that is to be on the server. Another name is another sound. */
export type Wanted = {
  readonly key: string
  readonly bytes: () => Uint8Array<ArrayBuffer>
  readonly fileName: string
  readonly known: TakeFacts['upload']
  readonly onBegun: (upload: TakeFacts['upload']) => void
}

export type Sent =
  | { is: 'nothing' }
  | { is: 'going'; share: number }
  /** It goes on by itself; `why` where it is not the line. */
  | { is: 'waiting'; why: Refused | null }
  | { is: 'refused'; refusal: Refused }
  | { is: 'done' }

/** A handle that is being moved stands still for so long before what it says is sent. */
const SETTLED_AFTER_MS = 1200
const TRY_AGAIN_AFTER_MS = 5000
const ANEW_MAX = 3

/** What passes by itself. */
const PASSES = new Set<string>([BAD_ANSWER, 'system.busy', 'system.databaseAway', 'system.diskFull', 'upload.full'])
/** What is mended by asking how far it is, or by beginning anew. */
const ANEW = new Set<string>(['input.notFound', 'upload.wrongOffset', 'upload.incomplete', 'upload.damaged'])

type Told = { onState: (sent: Sent) => void; signal: AbortSignal }

/** Tries until the server has it, says that it never will, or nobody wants it any more. */
const sendUntilThere = async (
  unit: string,
  wanted: Wanted,
  { onState, signal }: Told,
): Promise<Voicing | undefined> => {
  const bytes = wanted.bytes()
  let known = wanted.known
  for (let anew = 0; !signal.aborted; ) {
    const sending = { unit, bytes, name: wanted.fileName, known }
    const answer = await sendRecording(sending, {
      signal,
      onShare: (share) => onState({ is: 'going', share }),
      onBegun: (upload) => {
        known = upload
        wanted.onBegun(upload)
      },
    })
    if (!isRefused(answer)) return answer
    if (isOffline(answer) || PASSES.has(answer.refused)) {
      onState({ is: 'waiting', why: isOffline(answer) || answer.refused === BAD_ANSWER ? null : answer })
      await untilOnline(TRY_AGAIN_AFTER_MS, signal)
    } else if (ANEW.has(answer.refused) && anew < ANEW_MAX) {
      anew++
      if (answer.refused !== 'upload.wrongOffset' && answer.refused !== 'upload.incomplete') known = null
    } else {
      onState({ is: 'refused', refusal: answer })
      return undefined
    }
  }
  return undefined
}

type Use = {
  unit: string
  wanted: Wanted | undefined
  /** Told what the server made of what is wanted now, and null while it has not. */
  onVoicing: (voicing: Voicing | null) => void
  onDone: (key: string) => void
}

/**
 * Keeps the server's sound in step with what is wanted: sends it by itself, again after every change, and on from where the line
 * broke. What was sent once is not sent again.
 */
export const useSending = ({ unit, wanted, onVoicing, onDone }: Use): { sent: Sent; again: () => void } => {
  const [sent, setSent] = useState<Sent>({ is: 'nothing' })
  const [tries, setTries] = useState(0)
  const made = useRef(new Map<string, Voicing>())
  const first = useRef(true)
  const latest = useRef({ wanted, onVoicing, onDone })
  latest.current = { wanted, onVoicing, onDone }
  const key = wanted?.key
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another run
  useEffect(() => {
    const { wanted: now, onVoicing: tell, onDone: done } = latest.current
    if (now === undefined || key === undefined) return setSent({ is: 'nothing' })
    const before = made.current.get(`${unit} ${key}`)
    tell(before ?? null)
    if (before) {
      done(key)
      return setSent({ is: 'done' })
    }
    setSent({ is: 'going', share: 0 })
    const ending = new AbortController()
    let upload: string | undefined
    const onBegun = (to: TakeFacts['upload']): void => {
      upload = to?.id
      now.onBegun(to)
    }
    const onState = (state: Sent): void => {
      if (!ending.signal.aborted) setSent(state)
    }
    const go = async (): Promise<void> => {
      const voicing = await sendUntilThere(unit, { ...now, onBegun }, { signal: ending.signal, onState })
      if (voicing === undefined || ending.signal.aborted) return
      upload = undefined
      made.current.set(`${unit} ${key}`, voicing)
      latest.current.onVoicing(voicing)
      latest.current.onDone(key)
      setSent({ is: 'done' })
    }
    const cancel = after(first.current ? 0 : SETTLED_AFTER_MS, () => {
      first.current = false
      go().catch((error: unknown) => {
        if (!ending.signal.aborted) throw error
      })
    })
    return () => {
      cancel()
      ending.abort()
      // another cut is another sound; when the page goes instead, what has come is still wanted
      if (upload !== undefined && latest.current.wanted?.key !== key) dropUpload(upload)
    }
  }, [unit, key, tries])
  return { sent, again: () => setTries((before) => before + 1) }
}
