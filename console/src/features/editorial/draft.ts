import type { LengthAsked } from '../../api/frames.ts'
import type { Correction } from '../../api/lexicon.ts'
import type { BulletinClass, Draft, Notice, OnBehalfOf, Plan, Voicing } from '../../api/types.ts'
import { choiceOf, type VoiceChoice } from '../../api/voices.ts'

/** What is on the writing table, before and between saves. Plain data: it survives in the browser's store. */

export type DraftVersion = {
  language: string
  /** `text`: the voice reads what is written. `sound`: a recording is played; `written` is then only a note of it. */
  by: 'text' | 'sound'
  written: string
  /** The recording (`sound`), or the voice's rendering of exactly `written` (`text`) once there is one. */
  voicing: Voicing | null
  /** Readings put right in this text; absent in copies that an older page kept. */
  corrections?: readonly Correction[]
  /** Accent and speed chosen for this text; absent: as the unit has set them. */
  choice?: VoiceChoice
}

type StandingRole = Extract<Plan, { when: 'standing' }>['role']

export type DraftState = {
  unit: string
  title: string
  topic: string
  class: BulletinClass
  audience: string[]
  when: Plan['when']
  /** For `times` and `sessions`. */
  dates: string[]
  /** `HH:MM`; empty while what was typed is no time of day. */
  time: string
  /** For `sessions` and `standing`. */
  sessions: string[]
  role: StandingRole
  /** A standing item is in use from one day to another, both included. */
  from: string
  to: string
  onBehalfOf: OnBehalfOf | null
  repeats: number
  versions: DraftVersion[]
}

/** Languages a version can be made in. Cor, Xơ Đăng and H're are spoken in the west of Quảng Ngãi; no voice reads them. */
export const languages = ['vi', 'cua', 'sed', 'hre'] as const

export const freshVersion = (language: string): DraftVersion => ({
  language,
  by: language === 'vi' ? 'text' : 'sound',
  written: '',
  voicing: null,
})

export const freshDraft = (unit: string): DraftState => ({
  unit,
  title: '',
  topic: '',
  class: 'normal',
  audience: unit === '' ? [] : [unit],
  when: 'now',
  dates: [],
  time: '17:00',
  sessions: [],
  role: 'opening',
  from: '',
  to: '',
  onBehalfOf: null,
  repeats: 1,
  versions: [freshVersion('vi')],
})

type Timing = Pick<DraftState, 'when' | 'dates' | 'time' | 'sessions' | 'role' | 'from' | 'to'>

/** What a saved plan is on the table; what it does not say is as on a fresh one. */
const timingOf = (plan: Plan): Timing => ({
  when: plan.when,
  dates: plan.when === 'times' || plan.when === 'sessions' ? [...plan.dates] : [],
  time: plan.when === 'times' ? plan.time : '17:00',
  sessions: plan.when === 'sessions' || plan.when === 'standing' ? [...plan.sessions] : [],
  role: plan.when === 'standing' ? plan.role : 'opening',
  from: plan.when === 'standing' ? plan.from : '',
  to: plan.when === 'standing' ? plan.to : '',
})

const chosenIn = (voicing: Voicing | null): Pick<DraftVersion, 'choice'> => {
  const choice = choiceOf(voicing)
  return choice ? { choice } : {}
}

/** The draft as it was last saved on the server. */
export const draftOf = ({ unit, current }: Notice): DraftState => ({
  unit,
  title: current.title,
  topic: current.topic,
  class: current.class,
  audience: [...current.audience],
  ...timingOf(current.plan),
  onBehalfOf: current.onBehalfOf ?? null,
  repeats: current.repeats,
  versions: current.versions.map((version) => ({
    language: version.language,
    by:
      version.voicing?.kind === 'recording' || (version.voicing === null && version.language !== 'vi')
        ? 'sound'
        : 'text',
    written: version.written ?? '',
    voicing: version.voicing,
    corrections: version.voicing?.corrections ?? [],
    ...chosenIn(version.voicing),
  })),
})

export const planOf = (draft: DraftState): Plan => {
  const dates = [...draft.dates].sort()
  switch (draft.when) {
    case 'now':
      return { when: 'now' }
    case 'times':
      return { when: 'times', dates, time: draft.time }
    case 'sessions':
      return { when: 'sessions', sessions: draft.sessions, dates }
    case 'standing': {
      const { role, from, to } = draft
      return { when: 'standing', role, sessions: role === 'chime' ? [] : draft.sessions, from, to }
    }
  }
}

const isNamed = (behalf: OnBehalfOf | null): behalf is OnBehalfOf =>
  behalf !== null && behalf.name.trim() !== '' && behalf.purpose !== ''

export const correctionsOf = (version: Pick<DraftVersion, 'corrections'> | undefined): readonly Correction[] =>
  version?.corrections ?? []

const saysSo = ({ written, corrections }: Voicing, version: DraftVersion): boolean =>
  written?.trim() === version.written.trim() &&
  JSON.stringify(corrections ?? []) === JSON.stringify(correctionsOf(version))

/** A voicing counts for a text only while it says exactly that text, with the readings that were put right. */
export const voicingOf = (version: DraftVersion): Voicing | null =>
  version.by === 'sound' || (version.voicing !== null && saysSo(version.voicing, version)) ? version.voicing : null

/** What travels to the server. */
export const asSent = (draft: DraftState): Draft => ({
  title: draft.title.trim(),
  topic: draft.topic,
  class: draft.class,
  audience: draft.audience,
  plan: planOf(draft),
  repeats: draft.repeats,
  ...(isNamed(draft.onBehalfOf) ? { onBehalfOf: { ...draft.onBehalfOf, name: draft.onBehalfOf.name.trim() } } : {}),
  versions: draft.versions
    .filter((version) => version.written.trim() !== '' || version.voicing !== null)
    .map((version) => ({
      language: version.language,
      written: version.written.trim() === '' ? null : version.written,
      voicing: voicingOf(version)?.id ?? null,
    })),
})

/** Whether the plan can travel: a time that cannot be read is neither sent nor replaced by an earlier one. */
export const isReadable = (draft: DraftState): boolean => {
  switch (draft.when) {
    case 'now':
      return true
    case 'times':
      return draft.time !== ''
    case 'sessions':
      return draft.sessions.length > 0 && draft.dates.length > 0
    case 'standing':
      return draft.from !== '' && draft.to !== ''
  }
}

/** Whether there is anything worth a row on the server. */
export const isWorthSaving = (draft: DraftState): boolean =>
  draft.title.trim() !== '' ||
  draft.versions.some((version) => version.written.trim() !== '' || version.voicing !== null)

/** What the server is asked about the length of one airing; `null` until every version has its sound. */
export const lengthAsked = (draft: DraftState): LengthAsked | null => {
  const voicings = draft.versions
    .filter((version) => version.written.trim() !== '' || version.voicing !== null)
    .map((version) => voicingOf(version)?.id)
  if (draft.unit === '' || voicings.length === 0) return null
  const known = voicings.flatMap((id) => id ?? [])
  if (known.length < voicings.length) return null
  return {
    unit: draft.unit,
    class: draft.class,
    standing: draft.when === 'standing',
    repeats: draft.repeats,
    voicings: known,
  }
}

/** Texts that have no sound of exactly what is written yet. */
export const unvoiced = (draft: DraftState): DraftVersion[] =>
  draft.versions.filter(
    (version) => version.by === 'text' && version.written.trim() !== '' && voicingOf(version) === null,
  )

export type Missing =
  | 'title'
  | 'content'
  | 'recording'
  | 'topic'
  | 'audience'
  | 'days'
  | 'sessions'
  | 'period'
  | 'behalf'

/** What is missing of when it is to be heard. */
const missingOfPlan = (draft: DraftState): Missing[] => {
  const isInSessions = draft.when === 'sessions' || (draft.when === 'standing' && draft.role !== 'chime')
  const hasDays = draft.when === 'times' || draft.when === 'sessions'
  const hasPeriod = draft.from !== '' && draft.to >= draft.from
  return [
    ...(isInSessions && draft.sessions.length === 0 ? (['sessions'] as const) : []),
    ...(hasDays && draft.dates.length === 0 ? (['days'] as const) : []),
    ...(draft.when === 'standing' && !hasPeriod ? (['period'] as const) : []),
  ]
}

/** What has to be filled in before a notice can be sent, in the order of the page. A recording is asked for where one was begun. */
export const missingOf = (draft: DraftState): Missing[] => {
  const vietnamese = draft.versions.find((version) => version.language === 'vi')
  const awaitsRecording = draft.versions.some(
    (version) =>
      version.by === 'sound' && version.voicing === null && (version.language === 'vi' || version.written !== ''),
  )
  const isEmpty = draft.versions.every((version) => version.written.trim() === '' && version.voicing === null)
  return [
    ...(draft.title.trim() === '' ? (['title'] as const) : []),
    ...(isEmpty && vietnamese?.by !== 'sound' ? (['content'] as const) : []),
    ...(awaitsRecording ? (['recording'] as const) : []),
    ...(draft.topic === '' ? (['topic'] as const) : []),
    ...(draft.audience.length === 0 ? (['audience'] as const) : []),
    ...missingOfPlan(draft),
    ...(draft.onBehalfOf !== null && !isNamed(draft.onBehalfOf) ? (['behalf'] as const) : []),
  ]
}

export const changeVersion = (draft: DraftState, language: string, change: Partial<DraftVersion>): DraftState => ({
  ...draft,
  versions: draft.versions.map((version) => (version.language === language ? { ...version, ...change } : version)),
})
