import { decodeOggOpus, writeWav } from '@loa/audio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import type { Actor, Role } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { historyOf } from '../../audit/index.ts'
import { chooseFrame, type FrameChange } from '../frame/commands.ts'
import {
  composeSound,
  lengthsOf,
  type Part,
  partsOf,
  partsOfSound,
  requestVoicing,
  takeRecording,
  type Voicing,
} from '../index.ts'
import type { Composition } from './commands.ts'

let town: TestContext
beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
})
afterAll(() => town.close())

const made = <Value>(answer: Value | Refusal): Value => {
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}
const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.refused : 'done')
const actorWith = (person: string, unit: string, role: Role): Actor =>
  ({ person, posts: [{ unit, role }] }) as unknown as Actor
const CHAIR = actorWith('chu-tich', 'tinh', 'leader')
const choose = (unit: string, change: FrameChange, actor = CHAIR) => chooseFrame(town.ctx, actor, { unit, change })

/** A tone of one pitch, so that it can be told from everything else. */
const tone = async (seconds: number, hertz: number, unit = 'xa-a'): Promise<Voicing> => {
  const samples = Float32Array.from(
    { length: seconds * 16_000 },
    (_, i) => 0.3 * Math.sin((2 * Math.PI * hertz * i) / 16_000),
  )
  const bytes = writeWav({ samples, sampleRate: 16_000 })
  return made(await takeRecording(town.ctx, { unit, bytes, fileName: 'hieu.wav' }, 'lan'))
}

const TEXT = 'Mời bà con thôn Đông đi họp lúc bảy giờ tối nay.'
const read = async (unit = 'xa-a'): Promise<Voicing> =>
  made(await requestVoicing(town.ctx, { unit, text: TEXT, accent: 'central', rate: 1 }, 'lan'))

const airing = async (change: Partial<Composition> = {}): Promise<Composition> => {
  const unit = change.unit ?? 'xa-a'
  return { unit, class: 'normal', standing: false, repeats: 1, reading: await read(unit), ...change }
}

type Heard = {
  samples: Float32Array
  parts: readonly Part[]
  durationMs: number
  loudnessLufs: number
  peakDbtp: number
}
const heard = async (asked: Composition): Promise<Heard> => {
  const { hash, ...measured } = made(await composeSound(town.ctx, asked))
  const decoded = await decodeOggOpus((await town.ctx.blobs.get(hash)) ?? new Uint8Array())
  if ('refused' in decoded) throw new Error(decoded.refused)
  return { samples: decoded.samples, parts: (await partsOf(town.ctx.db, [hash])).get(hash) ?? [], ...measured }
}

const SAMPLES_PER_MS = 48
const rms = ({ samples }: Heard, fromMs: number, toMs: number): number => {
  const piece = samples.subarray(Math.round(fromMs * SAMPLES_PER_MS), Math.round(toMs * SAMPLES_PER_MS))
  return Math.sqrt(piece.reduce((sum, sample) => sum + sample * sample, 0) / piece.length)
}

/** Strength of one pitch within a piece, 0…1 of what is there (Goertzel). */
const shareOf = ({ samples }: Heard, { atMs, durationMs }: Part, hertz: number): number => {
  const piece = samples.subarray(Math.round(atMs * SAMPLES_PER_MS), Math.round((atMs + durationMs) * SAMPLES_PER_MS))
  const turn = (2 * Math.PI * hertz) / 48_000
  let [re, im, all] = [0, 0, 0]
  piece.forEach((sample, i) => {
    re += sample * Math.cos(turn * i)
    im += sample * Math.sin(turn * i)
    all += sample * sample
  })
  return (2 * (re * re + im * im)) / (piece.length * all)
}

const kinds = ({ parts }: Heard): string => parts.map(({ kind, number }) => `${kind}${number ?? ''}`).join(' ')

/** What was planned is what sounds: each part is heard in its place, between them there is silence, and the whole is levelled. */
const expectTrue = (sound: Heard): void => {
  const { parts } = sound
  for (const [index, part] of parts.entries()) {
    expect(rms(sound, part.atMs, part.atMs + part.durationMs)).toBeGreaterThan(0.02)
    const next = parts[index + 1]
    if (next) expect(rms(sound, part.atMs + part.durationMs + 60, next.atMs - 60)).toBeLessThan(0.002)
  }
  const last = parts.at(-1)
  expect(Math.abs(sound.durationMs - (last?.atMs ?? 0) - (last?.durationMs ?? 0))).toBeLessThanOrEqual(1)
  expect(sound.samples.length).toBe(Math.round(sound.samples.length))
  expect(Math.abs(sound.loudnessLufs + 16)).toBeLessThanOrEqual(0.6)
  expect(sound.peakDbtp).toBeLessThanOrEqual(-1.5)
}

/** The length told beforehand is that of the finished sound, but for the rounding of its last part. */
const expectLength = async (asked: Composition, { durationMs }: Heard): Promise<void> => {
  const [told = 0] = await lengthsOf(town.ctx, town.ctx.db, [asked])
  expect(Math.abs(told - durationMs)).toBeLessThanOrEqual(1)
}

test('where nobody chose anything an airing is the chime and the readings, levelled as one; the same input gives the same bytes', async () => {
  const asked = await airing({ repeats: 3 })
  const sound = await heard(asked)
  expect(kinds(sound)).toBe('attention reading1 reading2 reading3')
  expectTrue(sound)
  expect(made(await composeSound(town.ctx, asked)).hash).toBe(made(await composeSound(town.ctx, asked)).hash)
  await expectLength(asked, sound)
})

test('before the second reading of an urgent text the same voice says that it repeats', async () => {
  const asked = await airing({ class: 'priority', repeats: 2 })
  const sound = await heard(asked)
  expect(kinds(sound)).toBe('attention reading1 again2 reading2')
  expectTrue(sound)
  // the length is told by the server before and after it is made, and it is the same
  await expectLength(asked, sound)
  // words are where they are said: their times, counted from the reading's beginning, fall on speech in both readings
  const words = asked.reading.kind === 'text' ? ((await read()).words ?? []) : []
  for (const part of sound.parts.filter(({ kind }) => kind === 'reading')) {
    for (const { atMs } of words) expect(rms(sound, part.atMs + atMs, part.atMs + atMs + 200)).toBeGreaterThan(0.01)
  }
})

test('a recording that is heard twice has no voice that could say so', async () => {
  const reading = await tone(2, 600)
  expect(kinds(await heard(await airing({ class: 'emergency', repeats: 2, reading })))).toBe(
    'attention reading1 reading2',
  )
})

test('a unit’s own sounds stand around its notices, the province’s where it has none, and an emergency has no jingle', async () => {
  const [gong, opening, closing] = [await tone(3, 1_000, 'tinh'), await tone(4, 700), await tone(2, 500)]
  made(await choose('tinh', { attention: { use: 'own', voicing: gong.id } }))
  const own = (voicing: Voicing) => ({ use: 'own', voicing: voicing.id }) as const
  made(await choose('xa-a', { opening: own(opening), closing: own(closing) }))
  const sound = await heard(await airing())
  expect(kinds(sound)).toBe('attention opening reading1 closing')
  expectTrue(sound)
  const [first, second, , last] = sound.parts as [Part, Part, Part, Part]
  expect(shareOf(sound, first, 1_000)).toBeGreaterThan(0.8)
  expect(shareOf(sound, second, 700)).toBeGreaterThan(0.8)
  expect(shareOf(sound, last, 500)).toBeGreaterThan(0.8)
  await expectLength(await airing(), sound)
  const alarm = await heard(await airing({ class: 'emergency' }))
  expect(kinds(alarm)).toBe('attention reading1')
  expect(shareOf(alarm, alarm.parts[0] as Part, 1_000)).toBeGreaterThan(0.8)
  // the neighbouring commune inherits the province's sound, not its neighbour's
  expect(kinds(await heard(await airing({ unit: 'xa-b' })))).toBe('attention reading1')
})

test('another sound chosen makes another airing; what was composed before stays as it is', async () => {
  const before = made(await composeSound(town.ctx, await airing()))
  made(await choose('xa-a', { opening: { use: 'none' } }))
  const after = made(await composeSound(town.ctx, await airing()))
  expect(after.hash).not.toBe(before.hash)
  expect(await town.ctx.blobs.has(before.hash)).toBe(true)
  made(await choose('xa-a', { opening: null, closing: null }))
})

test('only whoever answers for the unit sets its sounds, and it stands in the record', async () => {
  const gong = await tone(1, 800)
  const change: FrameChange = { attention: { use: 'own', voicing: gong.id } }
  // biome-ignore format: a table
  const actors: [Actor, string][] = [
    [actorWith('lan', 'xa-a', 'officer'),          'access.notAllowed'],
    [actorWith('minh', 'xa-a', 'approver'),        'access.notAllowed'],
    [actorWith('hoa', 'xa-b', 'administrator'),    'input.notFound'],
    [actorWith('minh', 'xa-a', 'administrator'),   'done'],
  ]
  for (const [actor, code] of actors) expect(codeOf(await choose('xa-a', change, actor))).toBe(code)
  const last = (await historyOf(town.ctx.db, 'xa-a')).filter(({ action }) => action === 'frame.chosen').at(-1)
  expect(last).toMatchObject({ person: 'minh', unit: 'xa-a', detail: change })
})

test('a sound that is too long, another commune’s, or no recording, is not taken', async () => {
  const own = (voicing: Voicing) => ({ use: 'own', voicing: voicing.id }) as const
  expect(codeOf(await choose('xa-a', { attention: own(await tone(11, 900)) }))).toBe('frame.tooLong')
  expect(codeOf(await choose('xa-a', { opening: own(await tone(21, 900)) }))).toBe('frame.tooLong')
  expect(codeOf(await choose('xa-b', { opening: own(await tone(3, 900)) }))).toBe('input.notFound')
  expect(codeOf(await choose('xa-a', { opening: own(await read()) }))).toBe('input.notFound')
  expect(codeOf(await choose('xa-a', { opening: { use: 'own', voicing: 'không có' } }))).toBe('input.notFound')
})

test('of a sound that two units have, each is told of what it made itself, however early the other made it', async () => {
  const theirs = await tone(2, 777, 'xa-b')
  const ours = await tone(2, 777, 'xa-a')
  expect(ours.sound.hash).toBe(theirs.sound.hash)
  for (const unit of ['xa-b', 'xa-a']) await choose(unit, { attention: { use: 'none' }, opening: { use: 'none' } })
  const composed = []
  for (const [unit, reading] of [
    ['xa-b', theirs],
    ['xa-a', ours],
  ] as const) {
    composed.push(made(await composeSound(town.ctx, await airing({ unit, reading, repeats: 2 }))))
  }
  const [first, second] = composed
  expect(second?.hash).toBe(first?.hash)
  const madeBy = async (sound: string, unit: string) =>
    (await partsOfSound(town.ctx.db, { sound, durationMs: 2_000, units: [unit] })).find(
      ({ kind }) => kind === 'reading',
    )
  for (const sound of [ours.sound.hash, first?.hash ?? '']) {
    expect(await madeBy(sound, 'xa-a')).toMatchObject({ voicing: ours.id })
    expect(await madeBy(sound, 'xa-b')).toMatchObject({ voicing: theirs.id })
  }
  for (const unit of ['xa-b', 'xa-a']) await choose(unit, { attention: null, opening: null })
})

test('a sound whose bytes are gone is not composed from', async () => {
  const reading = await read()
  const lost = { ...reading, sound: { ...reading.sound, hash: '0'.repeat(64) } }
  expect(codeOf(await composeSound(town.ctx, await airing({ reading: lost })))).toBe('notice.soundFailed')
})

const silent = { refused: 'voice.unavailable' } as const
// biome-ignore format: a table
const troubles: [string, (turn: () => void) => Promise<typeof silent>][] = [
  ['is away', async () => silent],
  ['hangs',   (turn) => { turn(); return new Promise(() => undefined) }],
]

test.each(troubles)(
  'a voice that %s holds up no notice: it is repeated without being led to',
  async (_title, trouble) => {
    const asked = await airing({ class: 'emergency', repeats: 2, unit: 'xa-b' })
    const speak = () => trouble(() => void town.clock.turnBy(5_000))
    const ctx = { ...town.ctx, voice: { ...town.ctx.voice, speak } }
    const { hash } = made(await composeSound(ctx, asked))
    const parts = (await partsOf(ctx.db, [hash])).get(hash)
    expect(parts?.map(({ kind }) => kind)).toEqual(['attention', 'reading', 'reading'])
  },
)
