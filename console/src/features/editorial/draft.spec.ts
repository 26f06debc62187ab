import { describe, expect, it } from 'vitest'
import type { Voicing } from '../../api/types.ts'
import {
  asSent,
  changeVersion,
  type DraftState,
  freshDraft,
  isReadable,
  isWorthSaving,
  lengthAsked,
  missingOf,
  unvoiced,
  voicingOf,
} from './draft.ts'

const sound = { hash: 'a'.repeat(64), bytes: 1, durationMs: 10_000, loudnessLufs: -16, peakDbtp: -1.5, levels: [] }
const voicing = (written: string | null): Voicing => ({
  id: 'v1',
  kind: written === null ? 'recording' : 'text',
  written,
  spoken: written,
  words: null,
  accent: null,
  rate: null,
  corrections: [],
  sound,
})
const written = (text: string, change: Partial<DraftState> = {}): DraftState => ({
  ...changeVersion(freshDraft('binh-chuong'), 'vi', { written: text }),
  ...change,
})

describe('a draft on the writing table', () => {
  it('an empty table is not worth a row on the server', () =>
    expect(isWorthSaving(freshDraft('binh-chuong'))).toBe(false))
  it('a title alone, a text alone or a recording alone is', () => {
    expect(isWorthSaving({ ...freshDraft('x'), title: 'Mời họp' })).toBe(true)
    expect(isWorthSaving(written('Mời bà con'))).toBe(true)
    expect(isWorthSaving(changeVersion(freshDraft('x'), 'vi', { voicing: voicing(null) }))).toBe(true)
  })

  it('a time that cannot be read is not replaced by an earlier one', () => {
    expect(isReadable(written('Mời họp', { when: 'times', time: '' }))).toBe(false)
    expect(isReadable(written('Mời họp', { when: 'now', time: '' }))).toBe(true)
  })

  it('the sound of an earlier text is not sent with a changed text', () => {
    const draft = changeVersion(written('Mời bà con'), 'vi', { voicing: voicing('Mời bà con') })
    expect(asSent(draft).versions).toEqual([{ language: 'vi', written: 'Mời bà con', voicing: 'v1' }])
    const changed = changeVersion(draft, 'vi', { written: 'Mời bà con họp' })
    expect(asSent(changed).versions).toEqual([{ language: 'vi', written: 'Mời bà con họp', voicing: null }])
  })

  it('a recording stays whatever note is written beside it', () =>
    expect(voicingOf({ language: 'cua', by: 'sound', written: 'ghi chú', voicing: voicing(null) })?.id).toBe('v1'))

  it('an empty language version is left out', () => {
    const draft = written('Mời bà con')
    const two = {
      ...draft,
      versions: [...draft.versions, { language: 'cua', by: 'sound' as const, written: '', voicing: null }],
    }
    expect(asSent(two).versions.map((version) => version.language)).toEqual(['vi'])
  })

  it('days are sent in order, and “at once” sends none', () => {
    const times = written('x', { when: 'times', dates: ['2026-11-24', '2026-11-22'], time: '17:05' })
    expect(asSent(times).plan).toEqual({ when: 'times', dates: ['2026-11-22', '2026-11-24'], time: '17:05' })
    expect(asSent({ ...times, when: 'now' }).plan).toEqual({ when: 'now' })
  })

  it('a plan in sessions travels with its days in order, and not before it has both', () => {
    const plan = written('x', { when: 'sessions', sessions: ['s1'], dates: ['2026-11-24', '2026-11-23'] })
    expect(asSent(plan).plan).toEqual({ when: 'sessions', sessions: ['s1'], dates: ['2026-11-23', '2026-11-24'] })
    expect([isReadable(plan), isReadable({ ...plan, sessions: [] })]).toEqual([true, false])
  })

  it('on whose behalf travels once it is filled in', () => {
    const asked = (onBehalfOf: DraftState['onBehalfOf']) => asSent(written('x', { onBehalfOf })).onBehalfOf
    expect(asked({ name: ' Trường học ', purpose: 'enrolment' })).toEqual({ name: 'Trường học', purpose: 'enrolment' })
    expect([asked({ name: '', purpose: '' }), asked(null)]).toEqual([undefined, undefined])
  })

  it('a text without its own sound is named, a recording never', () => {
    const draft = written('Mời bà con')
    expect(unvoiced(draft).map(({ language }) => language)).toEqual(['vi'])
    expect(unvoiced(changeVersion(draft, 'vi', { voicing: voicing('Mời bà con') }))).toEqual([])
    expect(unvoiced(changeVersion(draft, 'vi', { by: 'sound' }))).toEqual([])
  })

  it('its length is asked for only when every version has its sound, with all that it depends on', () => {
    const draft = written('Mời bà con')
    expect(lengthAsked(draft)).toBeNull()
    const voiced = changeVersion(draft, 'vi', { voicing: voicing('Mời bà con') })
    const id = voicing('Mời bà con').id
    const asked = { unit: draft.unit, class: 'normal', standing: false, repeats: 1, voicings: [id] }
    expect(lengthAsked(voiced)).toEqual(asked)
    expect(lengthAsked({ ...voiced, repeats: 2, class: 'priority', when: 'standing' })).toEqual({
      ...asked,
      ...{ repeats: 2, class: 'priority', standing: true },
    })
  })
})

describe('before a notice is sent, everything that is missing is said at once', () => {
  it('an empty table misses title, text and topic', () =>
    expect(missingOf(freshDraft('binh-chuong'))).toEqual(['title', 'content', 'topic']))
  it('no place and no day are named too, in the order of the page', () =>
    expect(missingOf(written('Mời họp', { title: 'Mời họp', audience: [], when: 'times' }))).toEqual([
      'topic',
      'audience',
      'days',
    ]))
  it('a recording that was begun and never made is asked for, though the words stand there', () =>
    expect(
      missingOf(changeVersion(written('Mời họp', { title: 'Mời họp', topic: 'khac' }), 'vi', { by: 'sound' })),
    ).toEqual(['recording']))
  it.each<[string, Partial<DraftState>, string[]]>([
    ['in sessions, a session and a day', { when: 'sessions' }, ['sessions', 'days']],
    ['a signal, its sessions and its period', { when: 'standing' }, ['sessions', 'period']],
    [
      'the chime of a commune belongs to no session',
      { when: 'standing', role: 'chime', from: '2026-12-01', to: '2026-12-31' },
      [],
    ],
    ['on behalf of whom, and for what', { onBehalfOf: { name: 'Trường học', purpose: '' } }, ['behalf']],
  ])('%s', (_, change, missing) =>
    expect(missingOf(written('Mời họp', { title: 'Mời họp', topic: 'khac', ...change }))).toEqual(missing),
  )
  it('a finished notice misses nothing', () =>
    expect(missingOf(written('Mời họp', { title: 'Mời họp', topic: 'khac' }))).toEqual([]))
})

it('a sound made before a reading was put right no longer counts', () => {
  const voiced = changeVersion(written('Mời bà con'), 'vi', { voicing: voicing('Mời bà con') })
  const corrections = [{ written: 'bà con', spoken: 'bà con ta' }]
  const corrected = changeVersion(voiced, 'vi', { corrections })
  expect(asSent(corrected).versions[0]?.voicing).toBeNull()
  const again = changeVersion(corrected, 'vi', { voicing: { ...voicing('Mời bà con'), corrections } })
  expect(asSent(again).versions[0]?.voicing).toBe('v1')
})
