import { describe, expect, test } from 'vitest'
import { textKey } from '../model.ts'
import { candidatesOf, firstThatSpeaks } from './choosing.ts'
import { effectiveSettings, type OwnSettings, ownSettingsSchema, settingsBefore } from './model.ts'

const path = ['tinh', 'xa', 'thon']
const nothing: OwnSettings = { accent: null, rate: null, voices: null, hornFilter: null }
const row = (unit: string, own: Partial<OwnSettings>) => ({ ...nothing, ...own, unit })

describe('how a unit is read out', () => {
  test('where nobody has set anything: the built-in voice, of the middle of the country, at its own speed, unfiltered', () => {
    expect(effectiveSettings(path, []).settings).toEqual({
      accent: 'central',
      rate: 1,
      voices: ['espeak'],
      hornFilter: false,
    })
  })

  test('the nearest unit wins in each field by itself', () => {
    const { settings, from } = effectiveSettings(path, [
      row('xa', { rate: 0.85, hornFilter: true }),
      row('tinh', { accent: 'south', rate: 1.2, voices: ['mai', 'espeak'], hornFilter: false }),
    ])
    expect(settings).toEqual({ accent: 'south', rate: 0.85, voices: ['mai', 'espeak'], hornFilter: true })
    expect(from).toEqual({ accent: 'tinh', rate: 'xa', voices: 'tinh', hornFilter: 'xa' })
  })

  test('a unit elsewhere changes nothing', () => {
    expect(effectiveSettings(path, [row('xa khác', { accent: 'north' })]).settings).toEqual(settingsBefore)
  })

  test.each([
    [['mai'], ['mai', 'espeak']],
    [
      ['mai', 'espeak', 'lan'],
      ['mai', 'espeak', 'lan'],
    ],
  ])('of the order %j the built-in voice is tried in its place, or last', (voices, tried) => {
    expect(effectiveSettings(path, [row('xa', { voices })]).settings.voices).toEqual(tried)
  })
})

// biome-ignore format: a table
const wishes: [string, Partial<Record<keyof OwnSettings, unknown>>, boolean][] = [
  ['nothing of its own',              {},                                    true],
  ['half speed',                      { rate: 0.5 },                         true],
  ['slower than half speed',          { rate: 0.49 },                        false],
  ['faster than twice',               { rate: 2.01 },                        false],
  ['a speed that is no number',       { rate: Number.NaN },                  false],
  ['an accent nobody has',            { accent: 'west' },                    false],
  ['an order without a voice',        { voices: [] },                        false],
  ['a voice twice',                   { voices: ['mai', 'mai'] },            false],
  ['eleven voices',                   { voices: Array.from({ length: 11 }, (_, i) => `v${i}`) }, false],
  ['a voice that is a path',          { voices: ['../keys'] },               false],
  ['a voice in capitals',             { voices: ['Mai'] },                   false],
  ['a field that does not exist',     { url: 'http://x' } as object,         false],
]

test.each(wishes)('%s: may be set: %s', (_title, wish, ok) => {
  expect(ownSettingsSchema.safeParse({ ...nothing, ...wish }).success).toBe(ok)
})

const installed = [
  { id: 'espeak', name: 'eSpeak NG', state: 'ready', accents: ['north', 'central', 'south'] },
  { id: 'mai', name: 'Mai', state: 'away', accents: ['north'] },
] as const
const order = candidatesOf({ list: () => installed }, ['cũ', 'mai', 'espeak'], 'central')

describe('which voice speaks', () => {
  test('a voice without the accent that is wanted speaks with its own, and one that is gone goes by its id', () => {
    expect(order.map(({ voice, accent, wanted }) => [voice.name, accent, wanted?.name])).toEqual([
      ['cũ', 'central', undefined],
      ['Mai', 'north', 'cũ'],
      ['eSpeak NG', 'central', 'cũ'],
    ])
  })

  const spoken = { samples: new Float32Array(1), sampleRate: 8000, words: [] }
  const away = { refused: 'voice.unavailable' } as const
  const speakable = (able: readonly string[], before: readonly string[] = []) =>
    firstThatSpeaks(order, {
      before: async ({ voice }) => (before.includes(voice.id) ? `before by ${voice.id}` : undefined),
      speak: async ({ voice }) => (able.includes(voice.id) ? spoken : away),
    })
  test.each([
    // able to speak        spoken before    what is heard
    [['mai', 'espeak'], [], 'mai'],
    [['espeak'], [], 'espeak'],
    [['espeak'], ['mai'], 'before by mai'],
    [['mai'], ['espeak'], 'mai'],
    [[], ['espeak'], 'before by espeak'],
    [[], [], 'voice.unavailable'],
  ])('%j can speak and %j spoke before: %s', async (able, before, heard) => {
    const tried = await speakable(able, before)
    expect('refused' in tried ? tried.refused : 'found' in tried ? tried.found : tried.candidate.voice.id).toBe(heard)
  })

  test('what the text is to blame for is said, not that voices are away', async () => {
    const tried = await firstThatSpeaks(order, {
      before: async () => undefined,
      speak: async ({ voice }) => (voice.id === 'espeak' ? { refused: 'voice.nothingToSay' } : away),
    })
    expect(tried).toEqual({ refused: 'voice.nothingToSay' })
  })

  test('everything that can be heard is part of the request', () => {
    const asked = { unit: 'xa', text: 'a', accent: 'north', rate: 1, spoken: 'a', corrections: [] } as const
    const base = { ...asked, voice: 'mai', wanted: 'mai', hornFilter: false }
    const others = [
      base,
      { ...base, hornFilter: true },
      { ...base, voice: 'espeak' },
      { ...base, voice: 'espeak', wanted: 'espeak' },
      { ...base, rate: 0.85 },
      { ...base, accent: 'south' as const },
    ]
    expect(new Set(others.map(textKey)).size).toBe(others.length)
  })
})
