import { useState } from 'react'
import { isRefused, post, put, type Refused } from '../../api/client.ts'
import { type Relay, type Session, type SessionDraft, useRenewSchedule, useSessionPreview } from '../../api/schedule.ts'
import { useWords } from '../../i18n/index.tsx'
import { useSettled } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'

const PREVIEW_AFTER_MS = 500
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

export const freshSession = (unit: string, validFrom: string): SessionDraft => ({
  unit,
  name: '',
  days: EVERY_DAY,
  from: '05:00',
  to: '06:00',
  relay: null,
  validFrom,
})

export const freshRelay: Relay = { of: '', at: 'start', minutes: 15 }

/** The session as it stands, to be changed from a day on. */
export const draftOfSession = (session: Session, validFrom: string): SessionDraft => ({
  unit: session.unit,
  name: session.name,
  days: [...session.days],
  from: session.from,
  to: session.to,
  relay: session.relay,
  validFrom: validFrom < session.validFrom ? session.validFrom : validFrom,
})

/** Whether enough is filled in to be looked at ahead and to be sent. */
export const isWhole = (draft: SessionDraft): boolean =>
  draft.name.trim() !== '' &&
  draft.days.length > 0 &&
  draft.from !== '' &&
  draft.to !== '' &&
  draft.validFrom !== '' &&
  (draft.relay === null || (draft.relay.of.trim() !== '' && draft.relay.minutes > 0))

const sent = (draft: SessionDraft): SessionDraft => ({
  ...draft,
  name: draft.name.trim(),
  relay: draft.relay && { ...draft.relay, of: draft.relay.of.trim() },
})

/** `onDone` is told the day from which the change is in force: what is in force today may be an earlier one. */
type Options = { first: SessionDraft; session: Session | undefined; onDone: (validFrom: string) => void }

/** A session being made or changed: filled in, looked at ahead, saved. */
export const useSessionForm = ({ first, session, onDone }: Options) => {
  const w = useWords()
  const announce = useAnnounce()
  const renew = useRenewSchedule()
  const [draft, setDraft] = useState(first)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const settled = useSettled(draft, PREVIEW_AFTER_MS)
  const preview = useSessionPreview(
    isWhole(settled) ? { ...sent(settled), ...(session ? { session: session.id } : {}) } : undefined,
  )
  const change = (part: Partial<SessionDraft>) => {
    setRefusal(undefined)
    setDraft((before) => ({ ...before, ...part }))
  }
  const save = async () => {
    setBusy(true)
    setRefusal(undefined)
    const answer = session
      ? await put<Session>(`/api/sessions/${session.id}`, sent(draft))
      : await post<Session>('/api/sessions', sent(draft))
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    announce(answer.offHours === 'proposed' ? w.sessions.savedProposed(answer.name) : w.sessions.saved(answer.name))
    await renew()
    onDone(draft.validFrom)
  }
  return { draft, change, preview, isSettled: settled === draft, busy, refusal, save, canSave: isWhole(draft) && !busy }
}

export type SessionForm = ReturnType<typeof useSessionForm>
