import type { BulletinClass } from '@loa/protocol'
import { expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { decideSigning, decideWithdrawal } from './model.ts'

// biome-ignore format: a table
const signings: [string, BulletinClass, string[], 'open' | 'issued' | 'withdrawn', string, string][] = [
  // title                                                             class        signed already   standing     who       outcome
  ['one person who is not the author issues a normal item',            'normal',    [],              'open',      'minh',   'issued'],
  ['one person who is not the author issues a priority item',          'priority',  [],              'open',      'minh',   'issued'],
  ['the author cannot sign a normal item of their own',                'normal',    [],              'open',      'lan',    'notice.ownApproval'],
  ['the author cannot sign a priority item of their own',              'priority',  [],              'open',      'lan',    'notice.ownApproval'],
  ['the raiser of an emergency is the first of two',                   'emergency', [],              'open',      'lan',    'signed'],
  ['a second person issues the emergency',                             'emergency', ['lan'],         'open',      'minh',   'issued'],
  ['two people who are not the raiser issue it as well',               'emergency', ['hoa'],         'open',      'minh',   'issued'],
  ['one person alone does not issue an emergency',                     'emergency', [],              'open',      'minh',   'signed'],
  ['the raiser cannot be the second person too',                       'emergency', ['lan'],         'open',      'lan',    'input.conflict'],
  ['the raiser of a drill is the first of two',                        'drill',     [],              'open',      'lan',    'signed'],
  ['a second person issues the drill',                                 'drill',     ['lan'],         'open',      'minh',   'issued'],
  ['nobody signs twice',                                               'emergency', ['minh'],        'open',      'minh',   'input.conflict'],
  ['nothing is signed after it was issued',                            'normal',    ['minh'],        'issued',    'hoa',    'input.conflict'],
  ['nothing is signed after it was withdrawn',                         'normal',    [],              'withdrawn', 'minh',   'input.conflict'],
  ['an emergency withdrawn between two signatures stays silent',       'emergency', ['lan'],         'withdrawn', 'minh',   'input.conflict'],
]

test.each(signings)('%s', (_title, bulletinClass, signers, standing, person, outcome) => {
  const facts = { signers, issued: standing === 'issued', withdrawn: standing === 'withdrawn' }
  const decided = decideSigning({ class: bulletinClass, author: 'lan' }, facts, person)
  expect(isRefusal(decided) ? decided.refused : decided).toBe(outcome)
})

// biome-ignore format: a table
const withdrawals: [string, boolean, boolean, string][] = [
  ['a proposed release can be withdrawn',               false, false, 'withdrawn'],
  ['withdrawing again changes nothing',                 false, true,  'nothing'],
  ['what was issued is stopped, not withdrawn',         true,  false, 'input.conflict'],
]

test.each(withdrawals)('%s', (_title, issued, withdrawn, outcome) => {
  const decided = decideWithdrawal({ issued, withdrawn, signers: [] })
  expect(isRefusal(decided) ? decided.refused : decided).toBe(outcome)
})
