import { read } from '@loa/speech'
import { describe, expect, test } from 'vitest'
import type { Spoken } from '../../platform/context.ts'
import { estimatedTimes } from '../../platform/word-times.ts'
import { PIECE_CHARACTERS_MAX, partsOf, restMs, sayReading } from './saying.ts'

type Engine = { rate: number; leadMs: number; tailMs: number; commaMs: number; noise: number; tellsTimes: boolean }
const WORD_MS = 200
const LOUDEST = 0.4

/** An engine that speaks each word as a tone of 200 ms, and has its own mind about silence. */
const engineOf =
  ({ rate, leadMs, tailMs, commaMs, noise, tellsTimes }: Engine) =>
  async (text: string): Promise<Spoken> => {
    const written = [...text.matchAll(/[\p{L}\p{M}]+(,?)/gu)]
    let ms = leadMs
    const timed = written.map(({ 0: word, 1: comma, index }) => {
      const atMs = ms
      ms += WORD_MS + (comma ? commaMs : 0)
      return { from: index, to: index + word.length - (comma?.length ?? 0), atMs }
    })
    const samples = new Float32Array(Math.round(((ms + tailMs) * rate) / 1000)).map((_, i) => noise * ((i % 3) - 1))
    for (const { atMs } of timed) {
      const begin = Math.round((atMs * rate) / 1000)
      for (let i = 0; i < (WORD_MS * rate) / 1000; i++)
        samples[begin + i] = LOUDEST * Math.sin((2 * Math.PI * 440 * i) / rate)
    }
    if (tellsTimes) return { samples, sampleRate: rate, words: timed }
    // times that no engine told are estimated before anybody hears of them
    const words = estimatedTimes(text, { samples, sampleRate: rate }, LOUDEST)
    return { samples, sampleRate: rate, words, timesEstimated: true }
  }

// biome-ignore format: a table
const engines: Record<string, Engine> = {
  'one that adds no silence':                  { rate: 22_050, leadMs: 0,   tailMs: 0,   commaMs: 140, noise: 0,      tellsTimes: true },
  'one that adds much, and a soft noise':      { rate: 16_000, leadMs: 300, tailMs: 700, commaMs: 420, noise: 0.0015, tellsTimes: true },
  'one that tells no times':                   { rate: 48_000, leadMs: 20,  tailMs: 90,  commaMs: 200, noise: 0,      tellsTimes: false },
}
const [plain, noisy] = Object.values(engines) as [Engine, Engine]

/** Lengths of the silences within a sound, milliseconds. */
const silencesOf = ({ samples, sampleRate }: Spoken): number[] => {
  const found: number[] = []
  let heardAt: number | undefined
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < 0.003) continue
    if (heardAt !== undefined && at - heardAt > sampleRate * 0.05) found.push(((at - heardAt) * 1000) / sampleRate)
    heardAt = at
  }
  return found
}

const said = async (text: string, engine: Engine, rate = 1): Promise<Spoken> => {
  const spoken = await sayReading(read(text), rate, engineOf(engine))
  if ('refused' in spoken) throw new Error(String(spoken))
  return spoken
}

const TEXT = 'THÔNG BÁO KHẨN\nMời bà con đi họp. Đúng giờ, đông đủ.\n- Thôn Đông\n- Thôn Tây'
const RESTS = [
  restMs('paragraph', 1),
  restMs('sentence', 1),
  restMs('short', 1),
  restMs('paragraph', 1),
  restMs('paragraph', 1),
]

describe('a reading is said with our own rests', () => {
  test.each(Object.entries(engines))('the same with every engine: %s', async (_title, engine) => {
    const silences = silencesOf(await said(TEXT, engine))
    expect(silences).toHaveLength(RESTS.length)
    // an engine's own windows of 5 ms, and a tone that begins at zero
    for (const [index, rest] of RESTS.entries()) expect(Math.abs((silences[index] ?? 0) - rest)).toBeLessThan(12)
  })

  test('a heading, an item of a list and a paragraph rest alike, longer than a sentence, which rests longer than a comma', () => {
    expect(restMs('paragraph', 1)).toBeGreaterThan(restMs('sentence', 1))
    expect(restMs('sentence', 1)).toBeGreaterThan(restMs('short', 1))
    expect(partsOf(read(TEXT)).map(({ pause }) => pause)).toEqual([
      'paragraph',
      'sentence',
      'paragraph',
      'paragraph',
      'short',
    ])
  })

  test('a voice half again as fast rests half again as short', async () => {
    const [first] = silencesOf(await said('Một. Hai.', plain, 1.5))
    expect(Math.abs((first ?? 0) - restMs('sentence', 1) / 1.5)).toBeLessThan(12)
  })

  test('every word is told where its sound begins', async () => {
    for (const engine of [plain, noisy]) {
      const { samples, sampleRate, words } = await said(TEXT, engine)
      expect(words).toHaveLength(16)
      for (const { atMs } of words) {
        const at = Math.round((atMs * sampleRate) / 1000)
        const loudest = Math.max(...samples.subarray(at, at + sampleRate / 20).map(Math.abs))
        expect(loudest).toBeGreaterThan(0.3)
      }
    }
  })

  test('of an engine that tells no times the words still follow each other within the speech', async () => {
    const { samples, sampleRate, words } = await said(TEXT, engines['one that tells no times'] as Engine)
    const times = words.map(({ atMs }) => atMs)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
    expect(times.at(-1)).toBeLessThan((samples.length * 1000) / sampleRate)
  })

  test('and each that stands behind a rest begins where its sound begins', async () => {
    // long words as quick as short ones: by their letters the commas would be sought in the wrong place
    const commas = 'Nghiêng nghiêng nghiêng nghiêng nghiêng nghiêng, đi đi đi đi đi đi, đi đi. Xin cảm ơn.'
    const { samples, sampleRate, words } = await said(commas, engines['one that tells no times'] as Engine)
    const { spoken } = read(commas)
    const rests = [...spoken.matchAll(/[,.] (?=.)/g)].map(({ 0: stop, index }) => index + stop.length)
    expect(rests).toHaveLength(3)
    for (const offset of rests) {
      const at = Math.round(((words.find(({ from }) => from === offset)?.atMs ?? 0) * sampleRate) / 1000)
      const loudest = (from: number, to: number) => Math.max(...samples.subarray(from, to).map(Math.abs))
      expect(loudest(at - sampleRate / 10, at - sampleRate / 50)).toBeLessThan(0.01)
      expect(loudest(at, at + sampleRate / 50)).toBeGreaterThan(0.3)
    }
  })

  test('the same reading gives the same samples', async () => {
    expect(await said(TEXT, noisy)).toEqual(await said(TEXT, noisy))
  })
})

describe('a reading is cut into pieces an engine speaks well', () => {
  // biome-ignore format: a table
  const texts: [string, string][] = [
    ['sentences',                              'Mời bà con đi họp. '.repeat(400)],
    ['one sentence of many commas',            'thôn Đông, thôn Tây, thôn Nam, '.repeat(250)],
    ['eight thousand characters and no stop',  'mời bà con đi họp cho đông đủ '.repeat(260)],
  ]

  test.each(texts)('%s', (_title, text) => {
    const reading = read(text)
    const parts = partsOf(reading)
    for (const part of parts) {
      expect(part.text.length).toBeLessThanOrEqual(PIECE_CHARACTERS_MAX + 1)
      expect(reading.spoken.slice(part.from, part.from + part.text.length)).toBe(part.text)
    }
    const squeezed = (spoken: string): string => spoken.replace(/\s+/g, '')
    expect(squeezed(parts.map((part) => part.text).join(''))).toBe(squeezed(reading.spoken))
  })

  test('a long sentence is cut at a comma where it has one', () => {
    const parts = partsOf(read('thôn Đông, thôn Tây, thôn Nam, '.repeat(20)))
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts.slice(0, -1)) expect(part.text).toMatch(/,$/)
  })
})

describe('a voice that refuses', () => {
  const refusing = (code: string, at: number) => {
    let asked = 0
    return async (text: string) => (asked++ === at ? { refused: code } : engineOf(plain)(text))
  }
  const answer = async (code: string, at: number) => sayReading(read('Một. Hai. Ba.'), 1, refusing(code, at))

  test('in the middle of a text: nothing is kept of the text, its refusal is handed on', async () => {
    expect(await answer('voice.unavailable', 1)).toEqual({ refused: 'voice.unavailable' })
  })

  test('because a piece holds nothing to be said: the others are said', async () => {
    const spoken = await answer('voice.nothingToSay', 1)
    expect('words' in spoken && spoken.words).toHaveLength(2)
  })

  test('a reading without a word is refused by the voice itself', async () => {
    expect(await sayReading(read('…'), 1, async () => ({ refused: 'voice.nothingToSay' }))).toEqual({
      refused: 'voice.nothingToSay',
    })
  })

  test('a voice that changes in the middle is a mistake of ours, not a notice in two voices', async () => {
    let count = 0
    const speak = (text: string) => engineOf(count++ === 0 ? plain : noisy)(text)
    await expect(sayReading(read('Một. Hai.'), 1, speak)).rejects.toThrow('the voice changed')
  })
})
