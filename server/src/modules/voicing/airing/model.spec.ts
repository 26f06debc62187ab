import { chime } from '@loa/audio'
import { describe, expect, test } from 'vitest'
import type { Frame } from '../frame/model.ts'
import { aroundOf, CHIME, compositionKey, isLedAgain, layOut, lengthOf, PAUSE_MS } from './model.ts'

const own = (sound: string, durationMs: number) => ({ sound, durationMs, voicing: `v-${sound}` })
const READING = own('reading', 10_000)
const LEAD = own('lead', 1_000)
const FRAME: Frame = {
  attention: own('gong', 3_000),
  opening: own('opening', 5_000),
  closing: own('closing', 4_000),
  again: 'urgent',
}
const BARE: Frame = { attention: null, opening: null, closing: null, again: 'never' }

type Class = 'normal' | 'priority' | 'emergency' | 'drill'
const heard = (of: Class, { frame = FRAME, repeats = 1, standing = false } = {}): string =>
  layOut(aroundOf({ class: of, standing }, frame, LEAD), READING, repeats)
    .map(({ sound, number }) => (number === null ? sound : `${sound}${number}`))
    .join(' ')

describe('what is heard of one airing, in its order', () => {
  // biome-ignore format: a table
  const rows: [string, string, string][] = [
    ['everything of the unit’s around an everyday notice',                heard('normal'),                              'gong opening reading1 closing'],
    ['an everyday notice is read again without a lead',                   heard('normal', { repeats: 2 }),              'gong opening reading1 reading2 closing'],
    ['a priority is led to again',                                        heard('priority', { repeats: 2 }),            'gong opening reading1 lead2 reading2 closing'],
    ['an emergency has its attention sound and no jingle',                heard('emergency', { repeats: 3 }),           'gong reading1 lead2 reading2 lead3 reading3'],
    ['a drill sounds as the emergency would',                             heard('drill', { repeats: 2 }),               'gong reading1 lead2 reading2'],
    ['an emergency sounds the chime where the unit wants no sound',       heard('emergency', { frame: BARE }),          'chime reading1'],
    ['an everyday notice of such a unit begins at once',                  heard('normal', { frame: BARE, repeats: 2 }), 'reading1 reading2'],
    ['around the jingle of a session there is nothing',                   heard('normal', { standing: true }),          'reading1'],
  ]
  test.each(rows)('%s', (_title, found, wanted) => expect(found).toBe(wanted))
})

test('a unit may want every notice led to again, or none; a standing item never is', () => {
  const led = (of: Class, again: Frame['again'], standing = false) => isLedAgain({ class: of, standing }, { again })
  expect([led('normal', 'always'), led('emergency', 'never'), led('normal', 'always', true)]).toEqual([
    true,
    false,
    false,
  ])
})

test('parts follow each other without touching, and the length is that of the last one’s end', () => {
  const parts = layOut(aroundOf({ class: 'priority', standing: false }, FRAME, LEAD), READING, 2)
  parts.slice(1).forEach((part, index) => {
    const before = parts[index]
    const pause = part.atMs - (before?.atMs ?? 0) - (before?.durationMs ?? 0)
    expect(pause).toBe(before?.kind === 'again' ? 600 : PAUSE_MS)
  })
  expect(parts[0]?.atMs).toBe(0)
  expect(lengthOf(parts)).toBe(3_000 + 1_200 + 5_000 + 1_200 + 10_000 + 1_200 + 1_000 + 600 + 10_000 + 1_200 + 4_000)
})

test('the chime is as long as it is told to be', () => {
  const { samples, sampleRate } = chime('attention')
  expect((samples.length * 1_000) / sampleRate).toBe(CHIME.durationMs)
})

test('another sound around a notice, or another number of readings, is another composition', () => {
  const key = (frame: Frame, repeats: number, unit = 'xa-a') =>
    compositionKey(unit, layOut(aroundOf({ class: 'normal', standing: false }, frame, null), READING, repeats))
  const keys = [key(FRAME, 1), key(FRAME, 2), key({ ...FRAME, opening: null }, 1), key(BARE, 1), key(FRAME, 1, 'xa-b')]
  expect(new Set(keys).size).toBe(keys.length)
  expect(key(FRAME, 1)).toBe(key({ ...FRAME }, 1))
})
