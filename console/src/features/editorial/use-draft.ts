import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isRefused, NO_CONNECTION, post, put, type Refused } from '../../api/client.ts'
import type { Notice } from '../../api/types.ts'
import { after, serverNow } from '../../platform/clock.ts'
import { forget, keep, recall } from '../../platform/storage.ts'
import { asSent, type DraftState, draftOf, freshDraft, isWorthSaving } from './draft.ts'

/** A draft is saved on the server once nobody has typed for this long. */
const AUTOSAVE_AFTER_MS = 1500
/** A save that did not reach the server is tried again this much later. */
const TRY_AGAIN_AFTER_MS = 5000

export type Saving =
  | { is: 'untouched' }
  | { is: 'unsaved' }
  | { is: 'saving' }
  | { is: 'saved'; at: number }
  | { is: 'refused'; refusal: Refused }

/** What the browser keeps of an unsaved draft, beside the revision it was based on. */
type Copy = { draft: DraftState; basedOn: number | null }

const keyOf = (notice: string | undefined): string => `loa.draft.${notice ?? 'new'}`

const startOf = (notice: Notice | undefined, unit: string): { draft: DraftState; restored: boolean } => {
  const copy = recall<Copy>(keyOf(notice?.id))
  if (copy?.draft && isWorthSaving(copy.draft)) return { draft: copy.draft, restored: true }
  return { draft: notice ? draftOf(notice) : freshDraft(unit), restored: false }
}

export type DraftDesk = {
  draft: DraftState
  saving: Saving
  /** Text brought back from the browser's store. */
  restored: boolean
  notice: Notice | undefined
  change: (change: Partial<DraftState> | ((draft: DraftState) => DraftState)) => void
  /** Saves now; the notice, or why not. */
  save: () => Promise<Notice | Refused | undefined>
  /** Takes the server's copy instead of what is on the table. */
  takeSaved: (notice: Notice | undefined) => void
  /** Goes on with what is on the table, on top of a newer revision. */
  rebase: (notice: Notice) => void
}

const useSave = (first: Notice | undefined, onSaved: (notice: Notice, isFirst: boolean) => void) => {
  const client = useQueryClient()
  const based = useRef<Notice | undefined>(first)
  const running = useRef<Promise<unknown>>(Promise.resolve())
  /** One save at a time and in order: the second is based on the revision that the first made. */
  const send = useCallback(
    (draft: DraftState): Promise<Notice | Refused> => {
      const next = running.current.then(async () => {
        const before = based.current
        const answer = before
          ? await put<Notice>(`/api/notices/${before.id}`, { basedOn: before.revision, ...asSent(draft) })
          : await post<Notice>('/api/notices', { unit: draft.unit, ...asSent(draft) })
        if (isRefused(answer)) return answer
        based.current = answer
        client.removeQueries({ queryKey: ['notice', answer.id] })
        void client.invalidateQueries({ queryKey: ['notices'] })
        onSaved(answer, before === undefined)
        return answer
      })
      running.current = next.catch(() => undefined)
      return next
    },
    [client, onSaved],
  )
  return { based, send }
}

/** The writing table: keeps every keystroke in the browser at once and on the server after each pause. */
export const useDraft = (first: Notice | undefined, unit: string, onFirstSave: (id: string) => void): DraftDesk => {
  const [start] = useState(() => startOf(first, unit))
  const [draft, setDraft] = useState(start.draft)
  const [restored, setRestored] = useState(start.restored)
  const [saving, setSaving] = useState<Saving>(start.restored ? { is: 'unsaved' } : { is: 'untouched' })
  const [notice, setNotice] = useState(first)
  const latest = useRef(draft)
  latest.current = draft
  const onSaved = useCallback(
    (saved: Notice, isFirst: boolean) => {
      setNotice(saved)
      if (isFirst) onFirstSave(saved.id)
    },
    [onFirstSave],
  )
  const { based, send } = useSave(first, onSaved)

  const save = useCallback(async () => {
    const sent = latest.current
    if (!isWorthSaving(sent)) return undefined
    const key = keyOf(based.current?.id)
    setSaving({ is: 'saving' })
    const answer = await send(sent)
    if (isRefused(answer)) {
      setSaving({ is: 'refused', refusal: answer })
      return answer
    }
    forget(key)
    const current = latest.current === sent
    if (!current) keep(keyOf(answer.id), { draft: latest.current, basedOn: answer.revision } satisfies Copy)
    setSaving(current ? { is: 'saved', at: serverNow() } : { is: 'unsaved' })
    setRestored(false)
    return answer
  }, [send, based])

  // Every change starts the pause anew; only a pause saves.
  useEffect(() => {
    if (saving.is !== 'unsaved') return
    keep(keyOf(based.current?.id), { draft, basedOn: based.current?.revision ?? null } satisfies Copy)
    return after(AUTOSAVE_AFTER_MS, () => void save())
  }, [draft, saving.is, save, based])

  const lost = saving.is === 'refused' && saving.refusal.refused === NO_CONNECTION
  useEffect(() => (lost ? after(TRY_AGAIN_AFTER_MS, () => void save()) : undefined), [lost, save])

  const change: DraftDesk['change'] = useCallback((by) => {
    setDraft((before) => (typeof by === 'function' ? by(before) : { ...before, ...by }))
    setSaving({ is: 'unsaved' })
  }, [])
  const takeSaved = (saved: Notice | undefined) => {
    forget(keyOf(based.current?.id))
    based.current = saved
    setNotice(saved)
    setDraft(saved ? draftOf(saved) : freshDraft(unit))
    setRestored(false)
    setSaving({ is: 'untouched' })
  }
  const rebase = (newer: Notice) => {
    based.current = newer
    setNotice(newer)
    setSaving({ is: 'unsaved' })
  }
  return { draft, saving, restored, notice, change, save, takeSaved, rebase }
}
