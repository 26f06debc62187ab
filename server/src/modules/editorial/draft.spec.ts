import { candidateSchema, instantOf, isWithin, limits } from '@loa/protocol'
import { expect, test } from 'vitest'
import type { Plan, SessionRun } from '../schedule/index.ts'
import { boundsOf, candidateOf, canStillBeHeard, spansOf } from './candidate.ts'
import { draftSchema, type Finished, submissionRefusal } from './draft.ts'

const NOW = instantOf('2026-11-22', '08:00')
const NIGHT = instantOf('2026-11-22', '22:30')
const reading = (text: string) => ({ kind: 'text' as const, written: text })
const recording = { kind: 'recording' as const, written: null }
const vi = { language: 'vi', written: 'Mời họp', voicing: reading('Mời họp'), durationMs: 20_000 }
const times = (time: string, ...dates: string[]): Plan => ({ when: 'times', dates, time })
const good: Finished = {
  title: 'Họp thôn',
  topic: 'x',
  class: 'normal',
  audience: ['thon-1'],
  plan: { when: 'now' },
  versions: [vi],
}

// biome-ignore format: a table
const table: [string, Partial<Finished>, number, string | undefined][] = [
  ['a finished notice for now',                         {},                                                              NOW,   undefined],
  ['a finished notice for this afternoon',              { plan: times('17:05', '2026-11-22') },                          NOW,   undefined],
  ['no title',                                          { title: '  ' },                                                 NOW,   'notice.titleMissing'],
  ['no topic',                                          { topic: '' },                                                   NOW,   'notice.topicUnknown'],
  ['no version',                                        { versions: [] },                                                NOW,   'notice.contentMissing'],
  ['neither text nor sound',                            { versions: [{ ...vi, written: null, voicing: null }] },         NOW,   'notice.contentMissing'],
  ['a text of blanks',                                  { versions: [{ ...vi, written: ' ', voicing: null }] },          NOW,   'notice.contentMissing'],
  ['a text that was not read out',                      { versions: [{ ...vi, voicing: null }] },                        NOW,   'notice.soundNotReady'],
  ['a text changed after it was read out',              { versions: [{ ...vi, written: 'Mời họp gấp' }] },               NOW,   'notice.soundNotReady'],
  ['a recording without a text',                        { versions: [{ ...vi, written: null, voicing: recording }] },    NOW,   undefined],
  ['a recorded Cor version',                            { versions: [vi, { ...vi, language: 'cua', voicing: recording }] }, NOW, undefined],
  ['a Cor version read by the Vietnamese voice',        { versions: [vi, { ...vi, language: 'cua' }] },                  NOW,   'notice.contentMissing'],
  ['no audience',                                       { audience: [] },                                                NOW,   'notice.audienceMissing'],
  ['thirty minutes to the millisecond',                 { versions: [{ ...vi, durationMs: 1_800_000 }] },                NOW,   undefined],
  ['a millisecond more than thirty minutes',            { versions: [{ ...vi, durationMs: 1_800_001 }] },                NOW,   'notice.tooLong'],
  ['two versions longer than thirty minutes together',  { versions: [{ ...vi, durationMs: 1_000_000 }, { ...vi, language: 'cua', voicing: recording, durationMs: 1_000_000 }] }, NOW, 'notice.tooLong'],
  ['a time that has passed today',                      { plan: times('07:59', '2026-11-22') },                          NOW,   'notice.whenInPast'],
  ['a date that has passed',                            { plan: times('17:05', '2026-11-21') },                          NOW,   'notice.whenInPast'],
  ['one of its dates in the past',                      { plan: times('17:05', '2026-11-23', '2026-11-01') },            NOW,   'notice.whenInPast'],
  ['a date in two years',                               { plan: times('17:05', '2028-11-23') },                          NOW,   'input.malformed'],
  ['a time at night',                                   { plan: times('21:00', '2026-11-23') },                          NOW,   'notice.quietHours'],
  ['the last minute of the night',                      { plan: times('04:59', '2026-11-23') },                          NOW,   'notice.quietHours'],
  ['the first minute of the day',                       { plan: times('05:00', '2026-11-23') },                          NOW,   undefined],
  ['the last minute before the night',                  { plan: times('20:59', '2026-11-23') },                          NOW,   undefined],
  ['a priority notice at night',                        { plan: times('23:00', '2026-11-23'), class: 'priority' },       NOW,   'notice.quietHours'],
  ['a drill at night',                                  { plan: times('23:00', '2026-11-23'), class: 'drill' },          NOW,   'notice.quietHours'],
  ['now, at night',                                     {},                                                              NIGHT, 'notice.quietHours'],
  ['an emergency now, at night',                        { class: 'emergency' },                                          NIGHT, undefined],
]

test.each(table)('%s', (_title, change, now, outcome) => {
  expect(submissionRefusal({ ...good, ...change }, { now, quiet: [] })?.refused).toBe(outcome)
})

const saved = { title: '', topic: '', class: 'normal', audience: [], plan: { when: 'now' }, repeats: 1, versions: [] }
// biome-ignore format: a table
const drafts: [string, object, boolean][] = [
  ['an empty draft',                        {},                                                            true],
  ['a class that does not exist',           { class: 'urgent' },                                           false],
  ['no repeats',                            { repeats: 0 },                                                false],
  ['six repeats',                           { repeats: 6 },                                                false],
  ['half a repeat',                         { repeats: 1.5 },                                              false],
  ['a date that does not exist',            { plan: times('17:05', '2026-02-30') },                        false],
  ['a time that does not exist',            { plan: times('24:00', '2026-11-30') },                        false],
  ['a plan with no date',                   { plan: { when: 'times', dates: [], time: '17:05' } },         false],
  ['two versions in one language',          { versions: [1, 2].map(() => ({ language: 'vi', written: '', voicing: null })) }, false],
  ['a language that is an order',           { versions: [{ language: 'vi; drop', written: '', voicing: null }] }, false],
  ['a unit that is a path',                 { audience: ['../../etc'] },                                   false],
  ['a title longer than a line',            { title: 'a'.repeat(201) },                                    false],
]

test.each(drafts)('%s may be saved: %j → %j', (_title, change, accepted) => {
  expect(draftSchema.safeParse({ ...saved, ...change }).success).toBe(accepted)
})

test('now is good for a day and one play', () => {
  expect(boundsOf({ when: 'now' }, NOW)).toEqual({
    notBefore: NOW - 60_000,
    notAfter: NOW + 86_400_000,
    hours: [],
    playsMax: 1,
  })
})

test('dates are good from the first midnight to the last, at the planned hour only, once for each date', () => {
  expect(boundsOf(times('17:05', '2026-11-24', '2026-11-22', '2026-11-24'), NOW)).toEqual({
    notBefore: instantOf('2026-11-22', '00:00'),
    notAfter: instantOf('2026-11-25', '00:00'),
    hours: [{ from: '17:04', to: '17:36' }],
    playsMax: 2,
  })
})

test('an emergency planned just before midnight may begin just after it', () => {
  const { hours, notAfter } = boundsOf(times('23:50', '2026-11-22'), NOW)
  const late = instantOf('2026-11-23', '00:15')
  expect(notAfter).toBeGreaterThan(late)
  expect(hours.some((span) => isWithin(span, late))).toBe(true)
})

// biome-ignore format: a table
const stillHeard: [string, Plan, number, boolean][] = [
  ['now, approved within the day',                       { when: 'now' },                             NOW + 3_600_000,                   true],
  ['now, approved the day after',                        { when: 'now' },                             NOW + 86_400_001,                  false],
  ['five o’clock, approved before',                      times('17:05', '2026-11-22'),                instantOf('2026-11-22', '17:00'),  true],
  ['five o’clock, approved a little late',               times('17:05', '2026-11-22'),                instantOf('2026-11-22', '17:30'),  true],
  ['five o’clock, approved in the evening',              times('17:05', '2026-11-22'),                instantOf('2026-11-22', '19:00'),  false],
  ['two dates, the first of them over',                  times('17:05', '2026-11-22', '2026-11-23'),  instantOf('2026-11-22', '19:00'),  true],
]

test.each(stillHeard)('%s: still to be heard is %j', (_title, plan, at, heard) => {
  expect(canStillBeHeard(plan, boundsOf(plan, NOW), at)).toBe(heard)
})

test('every candidate made from a finished notice is one a device accepts', () => {
  const sound = { language: 'vi', sound: 'a'.repeat(64), bytes: 1000, durationMs: limits.soundDurationMsMax }
  const made = candidateOf({
    ...good,
    release: 'r1',
    unit: 'xa',
    author: 'lan',
    versions: [sound],
    now: NOW,
    audience: ['thon-1', 'thon-1'],
  })
  expect(candidateSchema.parse(made)).toMatchObject({ audience: ['thon-1'], title: 'Họp thôn' })
})

const night = [{ from: '21:00', to: '05:00' }]
// biome-ignore format: a table
const quietTable: [string, readonly (readonly { from: string; to: string }[])[], string | undefined][] = [
  ['every device keeps the night',            [night, night],                          'notice.quietHours'],
  ['one device of two may speak',             [night, []],                             undefined],
  ['a device with quiet hours of its own',    [[{ from: '00:00', to: '04:00' }]],      undefined],
  ['no device yet',                           [],                                      'notice.quietHours'],
]
test.each(quietTable)('[F10] “now” at night, where %s', (_title, quiet, outcome) => {
  expect(submissionRefusal(good, { now: NIGHT, quiet })?.refused).toBe(outcome)
})

const run = (date: string, from: string, to: string): SessionRun => {
  const [start, end] = [instantOf(date, from), instantOf(date, to)]
  const fixed = { session: 's', unit: 'xa', name: 'Buổi', relay: null, offHours: 'none' } as const
  return { ...fixed, date, from, to, start, end, own: { from: start, to: end } }
}

test('what is planned in sessions is good from the first to the last of them, in their hours only, once in each', () => {
  const runs = [
    run('2026-11-23', '05:00', '07:00'),
    run('2026-11-23', '17:00', '19:00'),
    run('2026-11-24', '05:00', '07:00'),
  ]
  const plan: Plan = { when: 'sessions', sessions: ['s'], dates: ['2026-11-23', '2026-11-24'] }
  expect(boundsOf(plan, NOW, runs)).toEqual({
    notBefore: instantOf('2026-11-23', '05:00'),
    notAfter: instantOf('2026-11-24', '07:00'),
    hours: [
      { from: '05:00', to: '07:00' },
      { from: '17:00', to: '19:00' },
    ],
    playsMax: 3,
  })
  expect(canStillBeHeard(plan, { notAfter: 0, runs }, instantOf('2026-11-24', '06:59'))).toBe(true)
  expect(canStillBeHeard(plan, { notAfter: 0, runs }, instantOf('2026-11-24', '07:00'))).toBe(false)
})

test('a chime is good for its days from five to nine, twice a day; an opening for the hours of its sessions', () => {
  const days = { when: 'standing', from: '2026-11-23', to: '2026-11-25' } as const
  expect(boundsOf({ ...days, role: 'chime', sessions: [] }, NOW)).toEqual({
    notBefore: instantOf('2026-11-23', '00:00'),
    notAfter: instantOf('2026-11-26', '00:00'),
    hours: [{ from: '05:00', to: '21:00' }],
    playsMax: 6,
  })
  const runs = [run('2026-11-23', '05:00', '07:00'), run('2026-11-24', '05:00', '07:00')]
  expect(boundsOf({ ...days, role: 'opening', sessions: ['s'] }, NOW, runs)).toMatchObject({
    hours: [{ from: '05:00', to: '07:00' }],
    playsMax: 2,
  })
})

// biome-ignore format: a table
const spans: [string, [string, string][], string[]][] = [
  ['the same hours on two days are one span',     [['05:00', '07:00'], ['05:00', '07:00']],                   ['05:00–07:00']],
  ['hours that touch are one span',               [['05:00', '06:00'], ['06:00', '07:00']],                   ['05:00–07:00']],
  ['hours apart are two',                         [['17:00', '19:00'], ['05:00', '07:00']],                   ['05:00–07:00', '17:00–19:00']],
  ['hours within others are none of their own',   [['05:00', '09:00'], ['06:00', '07:00']],                   ['05:00–09:00']],
]
test.each(spans)('%s', (_title, hours, expected) => {
  expect(spansOf(hours.map(([from, to]) => ({ from, to }))).map(({ from, to }) => `${from}–${to}`)).toEqual(expected)
})

test('of more sessions than a candidate holds the nearest become one, and every session is within', () => {
  const hours = Array.from({ length: 12 }, (_, place) => ({
    from: `${String(place + 5).padStart(2, '0')}:00`,
    to: `${String(place + 5).padStart(2, '0')}:${place < 4 ? '50' : '20'}`,
  }))
  const made = spansOf(hours)
  expect(made).toHaveLength(8)
  for (const { from, to } of hours) expect(made.some((span) => span.from <= from && to <= span.to)).toBe(true)
  expect(made[0]).toEqual({ from: '05:00', to: '09:20' })
})
