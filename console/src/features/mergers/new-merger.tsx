import './mergers.css'
import { useEffect, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import type { Merger, MergerAsked, Preview as Seen, UnitThen } from '../../api/mergers.ts'
import { useWords } from '../../i18n/index.tsx'
import { Trouble } from '../../ui/trouble.tsx'
import { MergerForm } from './merger-form.tsx'
import { Preview } from './preview.tsx'
import { useSending } from './use-sending.ts'
import { askedOf, emptyWish, missingIn, type Wish } from './wish.ts'

type Shown = { readonly asked: MergerAsked; readonly seen: Seen }

const usePreview = () => {
  const w = useWords()
  const [wish, setWish] = useState<Wish>(() => emptyWish(w.mergersPage.newKinds[0] ?? ''))
  const [shown, setShown] = useState<Shown | undefined>(undefined)
  const [complaint, setComplaint] = useState<string | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const change = (next: Wish) => {
    setWish(next)
    setComplaint(undefined)
    setRefusal(undefined)
  }
  const look = async () => {
    const missing = missingIn(wish)
    if (missing !== undefined) return setComplaint(w.mergersPage[missing === 'communes' ? 'tooFew' : 'missing'])
    setBusy(true)
    const asked = askedOf(wish)
    const seen = await post<Seen>('/api/mergers/preview', asked)
    setBusy(false)
    if (isRefused(seen)) return setRefusal(seen)
    setShown({ asked, seen })
  }
  return { wish, change, shown, complaint, refusal, busy, look, back: () => setShown(undefined) }
}

/** First what is wanted, then everything that will happen, then the press. */
export const NewMerger = ({ communes, onClose }: { communes: readonly UnitThen[]; onClose: () => void }) => {
  const w = useWords()
  const form = usePreview()
  const sending = useSending()
  const { shown } = form
  useEffect(() => {
    if (shown !== undefined) document.getElementById('preview-title')?.focus()
  }, [shown])
  if (shown === undefined) {
    return (
      <>
        <MergerForm
          wish={form.wish}
          communes={communes}
          onChange={form.change}
          busy={form.busy}
          complaint={form.complaint}
          onPreview={() => void form.look()}
          onClose={onClose}
        />
        {form.refusal && <Trouble problem={form.refusal} kept />}
      </>
    )
  }
  const apply = () =>
    sending.send(post<Merger>('/api/mergers', shown.asked), {
      say: (made) => w.mergersPage.applied(made.to.name, w.date(made.effectiveOn)),
      after: onClose,
    })
  return (
    <Preview seen={shown.seen} asked={shown.asked}>
      {sending.refusal && <Trouble problem={sending.refusal} />}
      <div className="row wrap">
        <button type="button" className="b main" disabled={sending.busy} onClick={() => void apply()}>
          {sending.busy ? w.mergersPage.applying : w.mergersPage.apply}
        </button>
        <button type="button" className="b line" onClick={form.back}>
          {w.mergersPage.edit}
        </button>
        <button type="button" className="b" onClick={onClose}>
          {w.mergersPage.cancel}
        </button>
      </div>
    </Preview>
  )
}
