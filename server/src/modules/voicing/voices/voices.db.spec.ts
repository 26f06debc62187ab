import { decodeOggOpus, writeWav } from '@loa/audio'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import type { Actor, Role } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Context, Spoken, VoiceInfo } from '../../../platform/context.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { historyOf } from '../../audit/index.ts'
import { requestVoicing, takeRecording, type Voicing } from '../commands.ts'
import { seeSettings, setVoiceSettings, voiceSettingsOf } from './commands.ts'
import type { OwnSettings } from './model.ts'

/** A voice of the operator's: it hums, knows one accent, and can be sent away. */
const mai = { away: false, hangs: false, asked: 0, answers: () => {} }
const hum: Spoken = {
  samples: Float32Array.from({ length: 44_100 }, (_, i) => 0.2 * Math.sin(i / 9) * (0.6 + 0.4 * Math.sin(i / 2000))),
  sampleRate: 22_050,
  words: [{ from: 0, to: 3, atMs: 0 }],
  timesEstimated: true,
}

let town: TestContext
let ctx: Context
beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  const { voice } = town.ctx
  const info = (): VoiceInfo => ({ id: 'mai', name: 'Mai', state: mai.away ? 'away' : 'ready', accents: ['north'] })
  ctx = {
    ...town.ctx,
    voice: {
      list: () => [...voice.list(), info()],
      speak: async (text, options) => {
        if (options.voice !== 'mai') return voice.speak(text, options)
        mai.asked++
        if (mai.hangs) {
          await new Promise<void>((answers) => {
            mai.answers = answers
          })
        }
        return mai.away ? { refused: 'voice.unavailable' } : hum
      },
    },
  }
})
afterAll(() => town.close())

const actor = (person: string, unit: string, role: Role): Actor => ({
  person,
  name: person,
  languages: ['vi'],
  posts: [{ unit, role, title: role }],
})
const chuTich = actor('chu-tich', 'tinh', 'leader')
const minh = actor('minh', 'xa-a', 'approver')
const nothing: OwnSettings = { accent: null, rate: null, voices: null, hornFilter: null }
const set = (who: Actor, unit: string, own: Partial<OwnSettings>) =>
  setVoiceSettings(ctx, who, { unit, own: { ...nothing, ...own } })
const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.refused : 'accepted')
const made = (answer: Voicing | Refusal): Voicing => {
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}
const read = async (text: string, more = {}) => made(await requestVoicing(ctx, { unit: 'xa-a', text, ...more }, 'lan'))

describe('how a unit is read out', () => {
  test('is set for everybody below, until one below sets it too; each field says where it comes from', async () => {
    await set(chuTich, 'tinh', { accent: 'south', rate: 1.2 })
    await set(minh, 'xa-a', { rate: 0.85 })
    expect(await voiceSettingsOf(ctx, 'xa-a')).toMatchObject({ accent: 'south', rate: 0.85 })
    expect(await voiceSettingsOf(ctx, 'xa-b')).toMatchObject({ accent: 'south', rate: 1.2 })
    const seen = await seeSettings(ctx, actor('lan', 'xa-a', 'officer'), 'xa-a')
    expect(seen).toMatchObject({
      effective: { from: { accent: 'tinh', rate: 'xa-a', voices: undefined } },
      maySet: false,
    })
    expect(seen).toMatchObject({ above: { settings: { rate: 1.2 } } })
    expect((await historyOf(ctx.db, 'xa-a')).at(-1)).toMatchObject({ action: 'voice.set', detail: { rate: 0.85 } })
    await set(minh, 'xa-a', {})
    expect(await voiceSettingsOf(ctx, 'xa-a')).toMatchObject({ rate: 1.2 })
    await set(chuTich, 'tinh', {})
  })

  test.each([
    ['an approver of the commune', 'accepted', minh, 'xa-a'],
    ['the province’s leader', 'accepted', chuTich, 'xa-a'],
    ['an officer', 'access.notAllowed', actor('lan', 'xa-a', 'officer'), 'xa-a'],
    ['a technician', 'access.notAllowed', actor('tho', 'xa-a', 'technician'), 'xa-a'],
    ['the neighbour’s approver', 'input.notFound', actor('hoa', 'xa-b', 'approver'), 'xa-a'],
    ['the commune’s approver, for the province', 'input.notFound', minh, 'tinh'],
    ['anybody, for a unit that is not there', 'input.notFound', chuTich, 'không có'],
  ])('%s sets it: %s', async (_title, code, who, unit) => {
    expect(codeOf(await set(who, unit, {}))).toBe(code)
  })

  test('a voice that this server does not have is not put in the order, one that was there keeps its place', async () => {
    expect(codeOf(await set(minh, 'xa-a', { voices: ['robot'] }))).toBe('voice.unknown')
    expect(codeOf(await set(minh, 'xa-a', { voices: ['mai'] }))).toBe('accepted')
    const withoutMai = { ...ctx, voice: town.ctx.voice }
    const again = await setVoiceSettings(withoutMai, minh, {
      unit: 'xa-a',
      own: { ...nothing, voices: ['mai', 'espeak'] },
    })
    expect(codeOf(again)).toBe('accepted')
  })
})

describe('[F43] a text of the unit', () => {
  test('is read by its accent, speed and voice where the request names none', async () => {
    await set(minh, 'xa-a', { accent: 'south', rate: 0.85, voices: ['mai'] })
    expect(await read('Mời bà con đi họp.')).toMatchObject({
      voice: { id: 'mai', name: 'Mai' },
      wantedVoice: null,
      accent: 'north',
      rate: 0.85,
      timesEstimated: true,
    })
    await set(minh, 'xa-a', { accent: 'south', rate: 0.85 })
    const plain = await read('Mời bà con đi họp.')
    expect(plain).toMatchObject({ voice: { id: 'espeak' }, accent: 'south', rate: 0.85, timesEstimated: false })
    expect(await read('Mời bà con đi họp.', { accent: 'north', rate: 1 })).toMatchObject({ accent: 'north', rate: 1 })
  })

  test('is read by settings that are tried out before they are kept, and they are not kept by that', async () => {
    const settings = { accent: 'north', rate: 1.5, voices: ['mai', 'espeak'], hornFilter: false } as const
    expect(await read('Nghe thử.', { settings })).toMatchObject({ voice: { id: 'mai' }, rate: 1.5 })
    expect(await voiceSettingsOf(ctx, 'xa-a')).toMatchObject({ rate: 0.85, voices: ['espeak'] })
  })

  test('is read by the next voice while the first is away, which is said, and by the first once it is back', async () => {
    await set(minh, 'xa-a', { voices: ['mai', 'espeak'] })
    mai.away = true
    const instead = await read('Sáng mai cắt điện.')
    expect(instead).toMatchObject({ voice: { id: 'espeak' }, wantedVoice: { id: 'mai', name: 'Mai' } })
    expect((await read('Sáng mai cắt điện.')).id).toBe(instead.id)
    mai.away = false
    expect(await read('Sáng mai cắt điện.')).toMatchObject({ voice: { id: 'mai' }, wantedVoice: null })
    mai.away = true
    const asked = mai.asked
    expect(await read('Sáng mai cắt điện.')).toMatchObject({ voice: { id: 'mai' } })
    expect(mai.asked).toBe(asked)
    mai.away = false
  })

  /** Asks, and lets ten seconds pass once the voice has been asked too. */
  const tenSecondsLater = async <Answer>(asking: () => Promise<Answer>): Promise<{ answer: Promise<Answer> }> => {
    const before = mai.asked
    const answer = asking()
    await expect.poll(() => mai.asked).toBe(before + 1)
    await town.clock.turnBy(10_000)
    return { answer }
  }

  test('is read by the built-in voice within seconds where it is urgent and the first voice hangs, else waits for it', async () => {
    mai.hangs = true
    await set(minh, 'xa-a', { voices: ['mai', 'espeak'] })
    for (const urgent of ['emergency', 'drill', 'priority']) {
      const flood = await tenSecondsLater(() => read(`Lũ đang lên, ${urgent}.`, { class: urgent }))
      expect(await flood.answer).toMatchObject({ voice: { id: 'espeak' }, wantedVoice: { id: 'mai' } })
    }
    const meeting = await tenSecondsLater(() => read('Tối nay họp thôn.'))
    mai.answers()
    expect(await meeting.answer).toMatchObject({ voice: { id: 'mai' } })
    mai.hangs = false
  })

  test('that goes with what a voice has said is said by that voice or not at all, and no other is asked', async () => {
    const asked = mai.asked
    expect(await read('Xin nhắc lại.', { voice: 'espeak' })).toMatchObject({
      voice: { id: 'espeak' },
      wantedVoice: null,
    })
    expect(mai.asked).toBe(asked)
    mai.away = true
    expect(codeOf(await requestVoicing(ctx, { unit: 'xa-a', text: 'Nghe lại.', voice: 'mai' }, 'lan'))).toBe(
      'voice.unavailable',
    )
    mai.away = false
    await set(minh, 'xa-a', {})
  })
})

describe('the horn filter of the unit', () => {
  const rumble = {
    samples: Float32Array.from(
      { length: 96_000 },
      (_, i) => 0.2 * Math.sin(i / 9) + 0.3 * Math.sin((i * 2 * Math.PI * 60) / 48_000),
    ),
    sampleRate: 48_000,
  }
  /** How much of a sound lies at 60 Hz. */
  const lowIn = async (hash: string): Promise<number> => {
    const heard = await decodeOggOpus((await ctx.blobs.get(hash)) ?? new Uint8Array())
    if ('refused' in heard) throw new Error(heard.refused)
    let [re, im] = [0, 0]
    heard.samples.forEach((sample, i) => {
      const angle = (2 * Math.PI * 60 * i) / heard.sampleRate
      re += sample * Math.cos(angle)
      im += sample * Math.sin(angle)
    })
    return Math.hypot(re, im) / heard.samples.length
  }
  const recorded = async () =>
    made(await takeRecording(ctx, { unit: 'xa-a', bytes: writeWav(rumble), fileName: 'thu.wav' }, 'lan'))

  test('fits recordings and texts to horns, as sounds of their own beside the unfiltered', async () => {
    await set(minh, 'xa-a', {})
    const [plainText, plain] = [await read('Bà con chú ý.'), await recorded()]
    await set(minh, 'xa-a', { hornFilter: true })
    const [hornText, horn] = [await read('Bà con chú ý.'), await recorded()]
    expect(await lowIn(horn.sound.hash)).toBeLessThan((await lowIn(plain.sound.hash)) / 4)
    expect(hornText.sound.hash).not.toBe(plainText.sound.hash)
    await set(minh, 'xa-a', {})
    expect((await recorded()).id).toBe(plain.id)
  })
})
