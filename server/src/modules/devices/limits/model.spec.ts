import { expect, test } from 'vitest'
import { effectOf, shortensQuiet, tally, under } from './model.ts'

const night = [{ from: '21:00', to: '05:00' }]
const settings = { volume: 80, volumeMax: 90, minutesPerDayMax: 120, quiet: night }

test.each([
  ['a night that begins later', [{ from: '22:00', to: '05:00' }], true],
  ['a night that ends a minute earlier', [{ from: '21:00', to: '04:59' }], true],
  ['no quiet hours at all', [], true],
  [
    'the same night in two parts',
    [
      { from: '21:00', to: '00:00' },
      { from: '00:00', to: '05:00' },
    ],
    false,
  ],
  ['a longer night', [{ from: '20:00', to: '06:00' }], false],
  ['a siesta besides', [...night, { from: '11:30', to: '13:30' }], false],
] as const)('%s takes quiet away: %#', (_, after, shortens) => {
  expect(shortensQuiet(night, after)).toBe(shortens)
})

test('nothing is taken away from a device that was never quiet', () => {
  expect(shortensQuiet([], [])).toBe(false)
})

test('a device louder than the cap is turned down to it, a quieter one stays as it is', () => {
  expect(under(settings, { volumeMax: 70 })).toEqual({ ...settings, volume: 70, volumeMax: 70 })
  expect(under({ ...settings, volume: 40 }, { volumeMax: 70 }).volume).toBe(40)
})

test('the effect counts each device once by each thing that happens to it', () => {
  const other = { ...settings, volume: 60, volumeMax: 70, quiet: [{ from: '22:00', to: '05:00' }] }
  expect(effectOf([settings, other, { ...settings, quiet: [] }], { volumeMax: 70, quiet: other.quiet })).toEqual({
    devices: 3,
    changed: 2,
    turnedDown: 2,
    shortened: 1,
  })
  expect(effectOf([settings], {})).toEqual({ devices: 1, changed: 0, turnedDown: 0, shortened: 0 })
})

test('values are counted, the most frequent first', () => {
  expect(tally([night, [], night])).toEqual([
    { value: night, devices: 2 },
    { value: [], devices: 1 },
  ])
})
