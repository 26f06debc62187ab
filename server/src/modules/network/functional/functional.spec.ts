import { instantOf } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import { audienceFor, type Rule, ruleFor, testDue, type WhyNot, whyNot } from './model.ts'

const DAY = '2026-11-22'

describe('[F31] the daily chime', () => {
  const rule = (unit: string, enabled: boolean): [string, Rule] => [unit, { unit, enabled, time: '07:30' }]
  const rules = new Map([rule('tinh', true), rule('xa-b', false)])

  test('holds for every commune below that sets none of its own', () => {
    expect(ruleFor(['tinh', 'xa-a'], rules)).toMatchObject({ unit: 'tinh', enabled: true })
    expect(ruleFor(['tinh', 'xa-b'], rules)).toMatchObject({ unit: 'xa-b', enabled: false })
    expect(ruleFor(['tinh-khac', 'xa'], rules)).toBeUndefined()
  })

  // biome-ignore format: a table
  test.each([
    ['two hours before it sounds it is placed',       '05:30', DAY],
    ['until the moment itself',                        '07:29', DAY],
    ['not earlier in the night',                       '05:29', undefined],
    ['not for an hour that has passed',                '07:30', undefined],
  ])('%s', (_, now, day) => {
    expect(testDue('07:30', instantOf(DAY, now))?.day).toBe(day)
  })

  test('soon after midnight is placed the evening before', () => {
    expect(testDue('00:15', instantOf(DAY, '23:00'))).toEqual({
      at: instantOf('2026-11-23', '00:15'),
      day: '2026-11-23',
    })
  })

  // biome-ignore format: a table
  test.each([
    ['approved for the commune, sounds in the commune',               ['xa-a'],              ['xa-a']],
    ['approved for the province, sounds in the commune whose turn it is', ['tinh'],          ['xa-a']],
    ['approved for one village, sounds there alone',                  ['thon-a1', 'thon-b1'], ['thon-a1']],
    ['approved for elsewhere, does not sound here',                   ['xa-b'],              []],
  ])('%s', (_, approved, audience) => {
    expect(audienceFor(approved, { path: ['tinh', 'xa-a'], below: ['xa-a', 'thon-a1'] })).toEqual(audience)
  })

  // biome-ignore format: a table
  test.each<[string, Parameters<typeof whyNot>[0], WhyNot | undefined]>([
    ['a device that sounded is well, even if it is away now', { enrolled: true, online: false, said: 'sounded' },  undefined],
    ['one that says it kept silent is taken at its word',     { enrolled: true, online: false, said: 'silent' },   'silent'],
    ['one that is away cannot be asked',                      { enrolled: true, online: false, said: undefined },  'offline'],
    ['one that is there and says nothing has a fault',        { enrolled: true, online: true, said: undefined },   'noAnswer'],
    ['one that was never mounted has none',                   { enrolled: false, online: false, said: undefined }, 'neverEnrolled'],
  ])('%s', (_, asked, why) => {
    expect(whyNot(asked)).toBe(why)
  })
})
