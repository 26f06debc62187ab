import { expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { type Action, decide, type NoticeState, raiserSigns, type Situation } from './model.ts'

const officer = { read: true, write: true, approve: false }
const approver = { read: true, write: false, approve: true }
const both = { read: true, write: true, approve: true }
const technician = { read: true, write: false, approve: false }
const stranger = { read: false, write: false, approve: false }

type Who = { person: string; rights: Situation['by']['rights']; languages?: string[] }
// biome-ignore format: a table
const who = {
  author:        { person: 'lan',   rights: officer },
  coWriter:      { person: 'nam',   rights: officer },
  approver:      { person: 'minh',  rights: approver },
  authorToo:     { person: 'lan',   rights: both },
  coWriterToo:   { person: 'nam',   rights: both },
  technician:    { person: 'tho',   rights: technician },
  nextDoor:      { person: 'hoa',   rights: stranger },
  corSpeaker:    { person: 'gia',   rights: technician, languages: ['vi', 'cua'] },
  corApprover:   { person: 'phuc',  rights: approver, languages: ['vi', 'cua'] },
  corAuthor:     { person: 'lan',   rights: officer, languages: ['vi', 'cua'] },
} satisfies Record<string, Who>

const situation = (person: Who, state: NoticeState, unchecked: string[] = []): Situation => ({
  state,
  revision: 3,
  writers: ['lan', 'nam'],
  unchecked,
  by: { person: person.person, rights: person.rights, languages: person.languages ?? ['vi'] },
})

const check = (
  action: Action,
  person: Who,
  state: NoticeState,
  more: { unchecked?: string[]; revision?: number; reason?: string; language?: string } = {},
) => {
  const { unchecked = [], ...said } = more
  const decided = decide(action, situation(person, state, unchecked), said)
  return isRefusal(decided) ? decided.refused : decided
}

// biome-ignore format: a table
const byState: [Action, keyof typeof who, [draft: string, submitted: string, returned: string, approved: string, withdrawn: string]][] = [
  // action     who            draft                  submitted              returned               approved               withdrawn
  ['edit',     'author',      ['draft',              'notice.wrongState',   'draft',               'notice.wrongState',   'draft']],
  ['edit',     'coWriter',    ['draft',              'notice.wrongState',   'draft',               'notice.wrongState',   'draft']],
  ['edit',     'approver',    ['access.notAllowed',  'access.notAllowed',   'access.notAllowed',   'access.notAllowed',   'access.notAllowed']],
  ['edit',     'technician',  ['access.notAllowed',  'access.notAllowed',   'access.notAllowed',   'access.notAllowed',   'access.notAllowed']],
  ['edit',     'nextDoor',    ['input.notFound',     'input.notFound',      'input.notFound',      'input.notFound',      'input.notFound']],
  ['submit',   'author',      ['submitted',          'notice.wrongState',   'notice.wrongState',   'notice.wrongState',   'notice.wrongState']],
  ['submit',   'approver',    ['access.notAllowed',  'access.notAllowed',   'access.notAllowed',   'access.notAllowed',   'access.notAllowed']],
  ['submit',   'nextDoor',    ['input.notFound',     'input.notFound',      'input.notFound',      'input.notFound',      'input.notFound']],
  ['withdraw', 'author',      ['withdrawn',          'withdrawn',           'withdrawn',           'notice.wrongState',   'notice.wrongState']],
  ['withdraw', 'coWriter',    ['withdrawn',          'withdrawn',           'withdrawn',           'notice.wrongState',   'notice.wrongState']],
  ['withdraw', 'approver',    ['access.notAllowed',  'access.notAllowed',   'access.notAllowed',   'access.notAllowed',   'access.notAllowed']],
  ['withdraw', 'nextDoor',    ['input.notFound',     'input.notFound',      'input.notFound',      'input.notFound',      'input.notFound']],
  ['approve',  'approver',    ['notice.wrongState',  'approved',            'notice.wrongState',   'notice.wrongState',   'notice.wrongState']],
  ['approve',  'authorToo',   ['notice.wrongState',  'notice.ownApproval',  'notice.wrongState',   'notice.wrongState',   'notice.wrongState']],
  ['approve',  'coWriterToo', ['notice.wrongState',  'notice.ownApproval',  'notice.wrongState',   'notice.wrongState',   'notice.wrongState']],
  ['approve',  'author',      ['access.notAllowed',  'access.notAllowed',   'access.notAllowed',   'access.notAllowed',   'access.notAllowed']],
  ['approve',  'technician',  ['access.notAllowed',  'access.notAllowed',   'access.notAllowed',   'access.notAllowed',   'access.notAllowed']],
  ['approve',  'nextDoor',    ['input.notFound',     'input.notFound',      'input.notFound',      'input.notFound',      'input.notFound']],
]
const states: NoticeState[] = ['draft', 'submitted', 'returned', 'approved', 'withdrawn']

test.each(
  byState.flatMap(([action, person, outcomes]) =>
    outcomes.map((outcome, i) => [action, person, states[i] ?? 'draft', outcome] as const),
  ),
)('%s by %s of a notice that is %s: %s', (action, person, state, outcome) => {
  expect(check(action, who[person], state, { revision: 3 })).toBe(outcome)
})

// biome-ignore format: a table
const particular: [string, Action, keyof typeof who, NoticeState, Parameters<typeof check>[3], string][] = [
  ['a save based on an older revision',                          'edit',    'author',      'draft',     { revision: 2 },                         'notice.changedMeanwhile'],
  ['a save based on a revision yet to come',                     'edit',    'author',      'draft',     { revision: 4 },                         'notice.changedMeanwhile'],
  ['submitting what is not the newest',                          'submit',  'author',      'draft',     { revision: 2 },                         'notice.changedMeanwhile'],
  ['approving what is not the newest',                           'approve', 'approver',    'submitted', { revision: 2 },                         'notice.changedMeanwhile'],
  ['returning with a reason',                                    'return',  'approver',    'submitted', { revision: 3, reason: 'Sai ngày' },     'returned'],
  ['returning without a reason',                                 'return',  'approver',    'submitted', { revision: 3 },                         'notice.reasonMissing'],
  ['returning with blanks for a reason',                         'return',  'approver',    'submitted', { revision: 3, reason: ' \n ' },         'notice.reasonMissing'],
  ['returning what is not the newest',                           'return',  'approver',    'submitted', { revision: 1, reason: 'Sai ngày' },     'notice.changedMeanwhile'],
  ['returning as an officer',                                    'return',  'author',      'submitted', { revision: 3, reason: 'Sai ngày' },     'access.notAllowed'],
  ['returning a draft',                                          'return',  'approver',    'draft',     { revision: 3, reason: 'Sai ngày' },     'notice.wrongState'],
  ['returning from next door',                                   'return',  'nextDoor',    'submitted', { revision: 3, reason: 'Sai ngày' },     'input.notFound'],
  ['checking a Cor version by somebody who understands it',      'check',   'corSpeaker',  'submitted', { revision: 3, language: 'cua' },        'submitted'],
  ['checking a Cor version by an approver who understands it',   'check',   'corApprover', 'submitted', { revision: 3, language: 'cua' },        'submitted'],
  ['checking a Cor version by an approver who does not',         'check',   'approver',    'submitted', { revision: 3, language: 'cua' },        'notice.languageNotUnderstood'],
  ['checking one’s own Cor version',                             'check',   'corAuthor',   'submitted', { revision: 3, language: 'cua' },        'notice.ownApproval'],
  ['checking a draft',                                           'check',   'corSpeaker',  'draft',     { revision: 3, language: 'cua' },        'notice.wrongState'],
  ['checking from next door',                                    'check',   'nextDoor',    'submitted', { revision: 3, language: 'cua' },        'input.notFound'],
  ['approving with a version nobody has checked',                'approve', 'approver',    'submitted', { revision: 3, unchecked: ['cua'] },     'notice.languageUnchecked'],
  ['approving blind is refused to one who understands, too',     'approve', 'corApprover', 'submitted', { revision: 3, unchecked: ['cua'] },     'notice.languageUnchecked'],
  ['approving when every version is checked',                    'approve', 'corApprover', 'submitted', { revision: 3, unchecked: [] },          'approved'],
  ['withdrawing needs no revision',                              'withdraw', 'author',     'submitted', {},                                      'withdrawn'],
]

test.each(particular)('%s', (_title, action, person, state, more, outcome) => {
  expect(check(action, who[person], state, more)).toBe(outcome)
})

test('the raiser signs an emergency and a drill, the author of an ordinary notice signs nothing', () => {
  expect((['normal', 'priority', 'emergency', 'drill'] as const).map(raiserSigns)).toEqual([false, false, true, true])
})
