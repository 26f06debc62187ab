import { type ReactNode, useEffect, useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useAiringLength } from '../../api/frames.ts'
import { useAudience, useRenewNotices, useUnits } from '../../api/queries.ts'
import type { Notice, Voicing } from '../../api/types.ts'
import {
  changeVersion,
  correctionsOf,
  type DraftState,
  isWorthSaving,
  lengthAsked,
  type Missing,
  missingOf,
  planOf,
  unvoiced,
} from '../../features/editorial/draft.ts'
import { hasUnreadable, Mistakes, toFirstMistake } from '../../features/editorial/mistakes.tsx'
import { timesOf, whenOf } from '../../features/editorial/plan.ts'
import { SendBar } from '../../features/editorial/send-bar.tsx'
import type { DraftDesk } from '../../features/editorial/use-draft.ts'
import { useAwaitedPlan, usePlanSessions } from '../../features/editorial/use-plan.ts'
import { namesOf } from '../../features/org/places.ts'
import { WiderLines } from '../../features/org/wider.tsx'
import { requestVoicing } from '../../features/voicing/use-voicing.ts'
import { isNight, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import type { SummaryFacts } from '../../i18n/summary.ts'
import { useServerNow } from '../../platform/clock.ts'
import { useAnnounce } from '../../ui/announcer.tsx'

const MINUTE_MS = 60_000

const useFacts = (draft: DraftState): SummaryFacts => {
  const units = useUnits()
  const audience = useAudience(draft.audience)
  const plan = planOf(draft)
  const sessions = usePlanSessions(draft.unit, plan)
  const counted = draft.audience.length > 0 ? audience.data : undefined
  return {
    times: timesOf(plan, sessions),
    repeats: draft.repeats,
    when: whenOf(plan, sessions),
    behalf: draft.onBehalfOf?.name.trim() || null,
    places: namesOf(units.data ?? [], draft.audience),
    clusters: counted?.clusters ?? null,
    gateways: counted?.gateways ?? 0,
    durationMs: useAiringLength(lengthAsked(draft)),
  }
}

/** Sending does not wait for a pause in typing: what has no sound yet gets it now. */
const voiceOf = async (draft: DraftState): Promise<((draft: DraftState) => DraftState) | Refused> => {
  const made = new Map<string, Voicing>()
  for (const version of unvoiced(draft)) {
    const { language, written: text } = version
    const { unit, class: of } = draft
    const asked = { unit, of, text, choice: version.choice, corrections: correctionsOf(version) }
    const voicing = await requestVoicing(asked)
    if (isRefused(voicing)) return voicing
    made.set(language, voicing)
  }
  return (before) =>
    [...made].reduce((after, [language, voicing]) => changeVersion(after, language, { voicing }), before)
}

const none: readonly Missing[] = []

/** Everything that is missing is said at once, and the first of it comes into view. */
const useCheck = (draft: DraftState) => {
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (tries > 0) toFirstMistake()
  }, [tries])
  return {
    missing: tries > 0 ? missingOf(draft) : none,
    isReady: (sent: DraftState) => missingOf(sent).length === 0 && !hasUnreadable(),
    recheck: () => setTries((before) => before + 1),
  }
}

/** Whether the hour chosen is a quiet one; a session has its own word for that. */
const isQuietHour = (draft: DraftState, now: number): boolean =>
  draft.when === 'now' ? isNight(timeOf(now)) : draft.when === 'times' && isNight(draft.time)

type Props = {
  desk: DraftDesk
  onSubmitted: (id: string) => void
  children: (refusal: Refused | undefined, clear: () => void) => ReactNode
}

/** Saves and sends; what the server refuses is shown above, everything typed stays. */
export const SendSection = ({ desk, onSubmitted, children }: Props) => {
  const w = useWords()
  const announce = useAnnounce()
  const renew = useRenewNotices()
  const facts = useFacts(desk.draft)
  const audience = useAudience(desk.draft.audience)
  const now = useServerNow(MINUTE_MS)
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const refused = (answer: Refused) => {
    setRefusal(answer)
    window.scrollTo({ top: 0 })
  }
  const awaitedPlan = useAwaitedPlan()
  const { missing, isReady, recheck } = useCheck(desk.draft)
  const save = async () => {
    if (hasUnreadable()) return toFirstMistake()
    setRefusal(undefined)
    const saved = await desk.save()
    if (isRefused(saved)) refused(saved)
  }
  const submit = async () => {
    setBusy(true)
    const planned = await awaitedPlan(desk.draft)
    if (!isReady(planned(desk.draft))) {
      setBusy(false)
      return recheck()
    }
    setRefusal(undefined)
    const voiced = await voiceOf(desk.draft)
    if (isRefused(voiced)) {
      setBusy(false)
      return refused(voiced)
    }
    const saved = await desk.save((latest) => voiced(planned(latest)))
    const answer =
      saved === undefined || isRefused(saved)
        ? saved
        : await post<Notice>(`/api/notices/${saved.id}/submit`, { revision: saved.revision })
    setBusy(false)
    if (answer === undefined) return
    if (isRefused(answer)) return refused(answer)
    await renew()
    announce(w.compose.submitted)
    onSubmitted(answer.id)
  }
  return (
    <Mistakes value={missing}>
      {children(refusal, () => setRefusal(undefined))}
      <SendBar
        facts={facts}
        aside={desk.draft.audience.length > 0 && <WiderLines audience={audience.data} />}
        isNight={isQuietHour(desk.draft, now)}
        busy={busy}
        canSend={isWorthSaving(desk.draft)}
        onSave={() => void save()}
        onSubmit={() => void submit()}
      />
    </Mistakes>
  )
}
