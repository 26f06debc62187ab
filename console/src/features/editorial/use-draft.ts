import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isRefused, NO_CONNECTION, post, put, type Refused } from '../../api/client.ts'
import type { Notice } from '../../api/types.ts'
import { after, serverNow } from '../../platform/clock.ts'
import { forget, keep, recall } from '../../platform/storage.ts'
import { asSent, type DraftState, draftOf, freshDraft, isReadable, isWorthSaving } from './draft.ts'

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

type Start = {
  draft: DraftState
  restored: boolean
  /** What the first save is based on. */
  based: Notice | undefined
}

/** What was kept by an older page lacks what has come since. */
const whole = (kept: DraftState): DraftState => ({ ...freshDraft(kept.unit), ...kept })

const startOf = (notice: Notice | undefined, unit: string, begin: Partial<DraftState>): Start => {
  const copy = recall<Copy>(keyOf(notice?.id))
  if (!copy?.draft || !isWorthSaving(copy.draft)) {
    return { draft: notice ? draftOf(notice) : { ...freshDraft(unit), ...begin }, restored: false, based: notice }
  }
  // Based on an older revision, the server will say so, and the person decides; nothing is overwritten unseen.
  const based = notice && copy.basedOn !== null ? { ...notice, revision: copy.basedOn } : notice
  return { draft: { ...whole(copy.draft), ...begin }, restored: true, based }
}

export type DraftDesk = {
  draft: DraftState
  saving: Saving
  /** Text brought back from the browser's store. */
  restored: boolean
  notice: Notice | undefined
  change: (change: Partial<DraftState> | ((draft: DraftState) => DraftState)) => void
  /** Saves now, with a last change; the notice, or why not; `undefined` where there is nothing to save. */
  save: (last?: (draft: DraftState) => DraftState) => Promise<Notice | Refused | undefined>
  /** Adds what the machine made of the text. Nothing was typed, so nothing is saved for it alone. */
  attach: (change: (draft: DraftState) => DraftState) => void
  /** Takes the server's copy instead of what is on the table. */
  takeSaved: (notice: Notice | undefined) => void
  /** Goes on with what is on the table, on top of a newer revision. */
  rebase: (notice: Notice) => void
}

const useSave = (start: Start, first: Notice | undefined, onFirstSave: (id: string) => void) => {
  const client = useQueryClient()
  const based = useRef<Notice | undefined>(start.based)
  /** Classified text is on the screen only: it is kept nowhere. */
  const classified = useRef(false)
  const [notice, setNotice] = useState(first)
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
        setNotice(answer)
        if (!before) onFirstSave(answer.id)
        return answer
      })
      running.current = next.catch(() => undefined)
      return next
    },
    [client, onFirstSave],
  )
  return { based, notice, setNotice, classified, send }
}

type Table = {
  draft: DraftState
  saving: Saving
  based: RefObject<Notice | undefined>
  classified: RefObject<boolean>
  save: () => unknown
}

/** Keeps every change in the browser at once and saves it after a pause; a save that was lost is tried again. */
const useAutosave = ({ draft, saving, based, classified, save }: Table): void => {
  useEffect(() => {
    if (saving.is !== 'unsaved') return
    if (!classified.current)
      keep(keyOf(based.current?.id), { draft, basedOn: based.current?.revision ?? null } satisfies Copy)
    return after(AUTOSAVE_AFTER_MS, () => void save())
  }, [draft, saving.is, save, based, classified])
  const lost = saving.is === 'refused' && saving.refusal.refused === NO_CONNECTION
  useEffect(() => (lost ? after(TRY_AGAIN_AFTER_MS, () => void save()) : undefined), [lost, save])
}

/** The newest draft, for tasks that run later than the press that began them. */
const useLatest = (draft: DraftState): RefObject<DraftState> => {
  const latest = useRef(draft)
  latest.current = draft
  return latest
}

/** The writing table: keeps every keystroke in the browser at once and on the server after each pause. */
export const useDraft = (
  first: Notice | undefined,
  { unit, begin }: { unit: string; begin: Partial<DraftState> },
  onFirstSave: (id: string) => void,
): DraftDesk => {
  const [start] = useState(() => startOf(first, unit, begin))
  const [draft, setDraft] = useState(start.draft)
  const [restored, setRestored] = useState(start.restored)
  const [saving, setSaving] = useState<Saving>(start.restored ? { is: 'unsaved' } : { is: 'untouched' })
  const latest = useLatest(draft)
  const { based, notice, setNotice, classified, send } = useSave(start, first, onFirstSave)

  const save: DraftDesk['save'] = useCallback(
    async (last) => {
      if (last) {
        latest.current = last(latest.current)
        setDraft(latest.current)
      }
      const sent = latest.current
      if (!isWorthSaving(sent) || !isReadable(sent)) return undefined
      const key = keyOf(based.current?.id)
      setSaving({ is: 'saving' })
      const answer = await send(sent)
      classified.current = isRefused(answer) && answer.refused === 'notice.classified'
      if (!isRefused(answer) || classified.current) forget(key)
      if (isRefused(answer)) {
        setSaving({ is: 'refused', refusal: answer })
        return answer
      }
      const current = latest.current === sent
      if (!current) keep(keyOf(answer.id), { draft: latest.current, basedOn: answer.revision } satisfies Copy)
      setSaving(current ? { is: 'saved', at: serverNow() } : { is: 'unsaved' })
      setRestored(false)
      return answer
    },
    [send, based, latest, classified],
  )
  useAutosave({ draft, saving, based, classified, save })

  const attach: DraftDesk['attach'] = useCallback((by) => setDraft(by), [])
  const change: DraftDesk['change'] = useCallback((by) => {
    setDraft((before) => (typeof by === 'function' ? by(before) : { ...before, ...by }))
    setSaving({ is: 'unsaved' })
  }, [])
  const restart = (from: Notice | undefined, next: Saving) => {
    based.current = from
    setNotice(from)
    setSaving(next)
  }
  const takeSaved = (saved: Notice | undefined) => {
    forget(keyOf(based.current?.id))
    setDraft(saved ? draftOf(saved) : freshDraft(unit))
    setRestored(false)
    restart(saved, { is: 'untouched' })
  }
  return {
    draft,
    saving,
    restored,
    notice,
    change,
    attach,
    save,
    takeSaved,
    rebase: (newer) => restart(newer, { is: 'unsaved' }),
  }
}
