import { decodeOggOpus, writeWav } from '@loa/audio'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { historyOf } from '../audit/index.ts'
import { requestVoicing, takeRecording, type Voicing } from './index.ts'
import { restMs } from './saying.ts'

let town: TestContext
beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
})
afterAll(() => town.close())

const TEXT = 'Sáng 22/11, UBND xã mời bà con dọn vệ sinh.'
const read = (text: string, more = {}) =>
  requestVoicing(town.ctx, { unit: 'xa-a', text, accent: 'central', rate: 1, ...more }, 'lan')
const record = (bytes: Uint8Array, fileName = 'thu.wav', unit = 'xa-a') =>
  takeRecording(town.ctx, { unit, bytes, fileName }, 'lan')
const made = (answer: Voicing | Refusal): Voicing => {
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}
const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.refused : 'accepted')
const count = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*) as n from voicing`.execute(town.ctx.db)).rows[0]?.n ?? -1

const hum = (seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * 16_000 }, (_, i) => 0.2 * Math.sin(i / 9) * (0.6 + 0.4 * Math.sin(i / 2000)))

test('a text becomes a sound for loudspeakers: levelled, below the peak, every word with its place and its time', async () => {
  const { sound, words, spoken } = made(await read(TEXT))
  expect(sound.loudnessLufs).toBeGreaterThan(-16.6)
  expect(sound.loudnessLufs).toBeLessThan(-15.4)
  expect(sound.peakDbtp).toBeLessThanOrEqual(-1.5)
  expect(spoken).not.toMatch(/\d/)
  expect(words?.map(({ from, to }) => TEXT.slice(from, to)).join(' ')).toContain('22/11')
  const times = words?.map(({ atMs }) => atMs) ?? []
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(times.at(-1)).toBeGreaterThan(1000)
  expect(times.at(-1)).toBeLessThan(sound.durationMs)
  const heard = await decodeOggOpus((await town.ctx.blobs.get(sound.hash)) ?? new Uint8Array())
  if ('refused' in heard) throw new Error(heard.refused)
  expect(Math.round((heard.samples.length * 1000) / heard.sampleRate)).toBe(sound.durationMs)
})

/** Silences of more than a tenth of a second within the sound a receiver hears, milliseconds. */
const silencesOf = async (hash: string): Promise<number[]> => {
  const heard = await decodeOggOpus((await town.ctx.blobs.get(hash)) ?? new Uint8Array())
  if ('refused' in heard) throw new Error(heard.refused)
  let heardAt: number | undefined
  const silences: number[] = []
  for (const [at, sample] of heard.samples.entries()) {
    if (Math.abs(sample) < 0.006) continue
    if (heardAt !== undefined && at - heardAt > heard.sampleRate / 10)
      silences.push(((at - heardAt) * 1000) / heard.sampleRate)
    heardAt = at
  }
  return silences
}

test('behind headings, sentences and commas the voice rests as long as we want, measured on what a receiver hears', async () => {
  const { sound } = made(await read('THÔNG BÁO\nMời bà con đi họp. Đúng giờ, đông đủ.\n- Thôn Đông\n- Thôn Tây'))
  const rests = (['paragraph', 'sentence', 'short', 'paragraph', 'paragraph'] as const).map((pause) => restMs(pause, 1))
  const silences = await silencesOf(sound.hash)
  expect(silences).toHaveLength(rests.length)
  // the codec smears what begins and ends by some milliseconds
  for (const [index, rest] of rests.entries()) expect(Math.abs((silences[index] ?? 0) - rest)).toBeLessThan(40)
})

test('the same request gives the same voicing, also when it is made five times at once', async () => {
  const before = await count()
  const answers = await Promise.all(Array.from({ length: 5 }, () => read('Chiều nay cắt nước.')))
  expect(new Set(answers.map((each) => made(each).id)).size).toBe(1)
  expect(made(await read('Chiều nay cắt nước.', { rate: 1.01 })).id).toBe(made(answers[0] as Voicing).id)
  expect(await count()).toBe(before + 1)
})

test('another speed, accent or commune is another voicing', async () => {
  const ids = [
    made(await read('Mời họp.')).id,
    made(await read('Mời họp.', { rate: 1.2 })).id,
    made(await read('Mời họp.', { accent: 'north' })).id,
    made(await read('Mời họp.', { unit: 'xa-b' })).id,
  ]
  expect(new Set(ids).size).toBe(4)
})

// biome-ignore format: a table
const refusedTexts: [string, string, string][] = [
  ['nothing',                               '',                             'voice.nothingToSay'],
  ['blanks and line ends',                  ' \n\t ',                       'voice.nothingToSay'],
  ['marks without a word',                  '… !!! ???',                    'voice.nothingToSay'],
  ['ten thousand characters',               'a '.repeat(5000),              'voice.textTooLong'],
  ['a control character',                   'Mời họp \u0007 lúc 7 giờ',     'text.control'],
  ['a text with a secrecy mark',            'MẬT\nTuần tra đêm nay',        'notice.classified'],
]

test.each(refusedTexts)('%s is not read out', async (_title, text, code) => {
  const before = await count()
  expect(codeOf(await read(text))).toBe(code)
  expect(await count()).toBe(before)
})

test('of marked matter nothing is kept anywhere, only that something was refused', async () => {
  await read('Kế hoạch ABCXYZ (TỐI MẬT)')
  await record(new Uint8Array([1]), 'MAT_ABCXYZ.wav')
  const { rows } = await sql<{ found: string }>`select string_agg(t::text, '') as found from (
    select to_jsonb(audit_entry) as t from audit_entry union all select to_jsonb(fact) from fact
    union all select to_jsonb(voicing) from voicing) as everything`.execute(town.ctx.db)
  expect(rows[0]?.found).not.toContain('ABCXYZ')
  const entries = (await historyOf(town.ctx.db, 'xa-a')).filter(({ action }) => action === 'classified.refused')
  expect(entries.at(-1)).toMatchObject({ person: 'lan', unit: 'xa-a', detail: {} })
})

test('markup, orders to the voice and old tricks are read as words, and harm nothing', async () => {
  for (const text of [
    '<script>alert(1)</script> họp',
    '[[h@ll0]] họp',
    "'; drop table voicing; -- họp",
    '&#65; họp 😀',
  ]) {
    expect(made(await read(text)).sound.durationMs).toBeGreaterThan(300)
  }
})

test('a recording is levelled like a reading, its original kept by hash, and taken in once', async () => {
  const bytes = writeWav({ samples: hum(3), sampleRate: 16_000 })
  const first = made(await record(bytes))
  expect(first).toMatchObject({ kind: 'recording', written: null, words: null, sound: { durationMs: 3000 } })
  expect(await town.ctx.blobs.get(first.uploadHash ?? '')).toEqual(bytes)
  expect(made(await record(bytes, 'tên khác.wav')).id).toBe(first.id)
})

// biome-ignore format: a table
const refusedFiles: [string, Uint8Array, string, string][] = [
  ['an empty file',                         new Uint8Array(),                                                     'a.wav',   'sound.formatUnknown'],
  ['a picture',                             new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]),                    'a.wav',   'sound.formatUnknown'],
  ['a web page called sound',               new TextEncoder().encode('<html>'),                                   'a.mp3',   'sound.formatUnknown'],
  ['half a recording',                      writeWav({ samples: hum(1), sampleRate: 16_000 }).subarray(0, 9000),  'a.wav',   'sound.truncated'],
  ['ten seconds of silence',                writeWav({ samples: new Float32Array(160_000), sampleRate: 16_000 }), 'a.wav',   'sound.silent'],
  ['a file whose name carries a mark',      writeWav({ samples: hum(2), sampleRate: 16_000 }),                    'MẬT.wav', 'notice.classified'],
]

test.each(refusedFiles)('%s is not taken in', async (_title, bytes, fileName, code) => {
  const before = await count()
  expect(codeOf(await record(bytes, fileName))).toBe(code)
  expect(await count()).toBe(before)
})
