import { describe, expect, it } from 'vitest'
import { prepareBroadcastOpus, prepareForBroadcast } from './broadcast.ts'
import { chime } from './chime.ts'
import { measureLoudness } from './loudness.ts'
import { decodeOggOpus } from './opus-read.ts'
import { encodeOggOpus } from './opus-write.ts'
import type { Pcm } from './pcm.ts'
import { inSequence, noise, sine, speechLike } from './signals.ts'

const decoded = async (bytes: Uint8Array): Promise<Pcm> => {
  const sound = await decodeOggOpus(bytes)
  if ('refused' in sound) throw new Error(sound.refused)
  return sound
}

/** What a receiver measures. */
const heard = async (sound: Pcm, options = {}) =>
  measureLoudness(await decoded((await prepareBroadcastOpus(sound, options)).opus))

describe('a sound prepared for broadcast, measured after encoding and decoding', () => {
  it.each([
    // sound                                          pcm
    ['a man at 22,050 samples a second', speechLike(6, { rate: 22_050 })],
    ['a woman at 44,100 samples a second', speechLike(6, { rate: 44_100, pitch: 210 })],
    ['a recording 30 dB too quiet', speechLike(5, { peak: 0.02 })],
    ['a recording that clips', speechLike(5, { peak: 3 })],
    [
      'a voice over a hum',
      { ...speechLike(4), samples: speechLike(4).samples.map((x, i) => x + 0.1 * Math.sin(i / 150)) },
    ],
    [
      'speech after a long silence',
      inSequence({ samples: new Float32Array(96_000), sampleRate: 48_000 }, speechLike(3)),
    ],
    ['the attention chime and speech', inSequence(chime('attention'), speechLike(4))],
    ['noise', noise(3, 0.3)],
    ['a tone', sine(997, 3)],
  ])('%s is at −16 ± 0.5 LUFS with no true peak above −1.5 dBTP', async (_, sound) => {
    const { integratedLufs, truePeakDbtp } = await heard(sound)
    expect(Math.abs(integratedLufs + 16)).toBeLessThanOrEqual(0.5)
    expect(truePeakDbtp).toBeLessThanOrEqual(-1.5)
  })

  it.each([
    [-23, -3],
    [-19, -1.5],
    [-14, -1],
  ])('can be asked for %d LUFS and %d dBTP instead', async (targetLufs, peakDbtp) => {
    const { integratedLufs, truePeakDbtp } = await heard(speechLike(5), { targetLufs, peakDbtp })
    expect(Math.abs(integratedLufs - targetLufs)).toBeLessThanOrEqual(0.5)
    expect(truePeakDbtp).toBeLessThanOrEqual(peakDbtp)
  })

  it('keeps the promised peak where the loudness cannot be had too', async () => {
    const clicks = new Float32Array(96_000).map((_, i) => (i % 12_000 === 0 ? 0.9 : 0))
    const { truePeakDbtp } = await heard({ samples: clicks, sampleRate: 48_000 })
    expect(truePeakDbtp).toBeLessThanOrEqual(-1.5)
  })
})

describe('preparing a sound', () => {
  it('keeps its length, at 48 kHz', async () => {
    const { pcm, opus } = await prepareBroadcastOpus(speechLike(2, { rate: 22_050 }))
    expect([pcm.sampleRate, pcm.samples.length]).toEqual([48_000, 96_000])
    expect((await decoded(opus)).samples.length).toBe(96_000)
  })

  it('says itself what a receiver measures, and encoding its samples again gives the same file', async () => {
    const made = await prepareBroadcastOpus(speechLike(2))
    expect(made.heard).toEqual(measureLoudness(await decoded(made.opus)))
    expect(await encodeOggOpus(made.pcm)).toEqual(made.opus)
    expect((await prepareForBroadcast(speechLike(2))).samples).toEqual(made.pcm.samples)
  })

  it.each([0, 1, 4_800])('%i samples of silence stay silence', async (count) => {
    const pcm = await prepareForBroadcast({ samples: new Float32Array(count), sampleRate: 48_000 })
    expect(pcm.samples).toEqual(new Float32Array(count))
  })

  it('with the horn filter, rumble is cut and consonants are lifted', async () => {
    const level = async (hertz: number, hornFilter: boolean) => {
      const bed = sine(1_000, 2, { dbfs: -12 }).samples
      const tone = sine(hertz, 2, { dbfs: -30 }).samples
      const { samples } = await prepareForBroadcast(
        { samples: bed.map((x, i) => x + (tone[i] as number)), sampleRate: 48_000 },
        { hornFilter },
      )
      let re = 0
      let im = 0
      let bedRe = 0
      let bedIm = 0
      for (let i = 24_000; i < 72_000; i++) {
        const x = samples[i] as number
        re += x * Math.cos((2 * Math.PI * hertz * i) / 48_000)
        im += x * Math.sin((2 * Math.PI * hertz * i) / 48_000)
        bedRe += x * Math.cos((2 * Math.PI * 1_000 * i) / 48_000)
        bedIm += x * Math.sin((2 * Math.PI * 1_000 * i) / 48_000)
      }
      return 20 * Math.log10(Math.hypot(re, im) / Math.hypot(bedRe, bedIm))
    }
    expect((await level(80, true)) - (await level(80, false))).toBeLessThan(-10)
    expect((await level(2_800, true)) - (await level(2_800, false))).toBeGreaterThan(1.5)
  })
})

describe('the attention chime', () => {
  it('is short, never clips, ends in silence and is the same every time', () => {
    const sound = chime('attention')
    expect(sound.samples.length / sound.sampleRate).toBeLessThan(2)
    expect(measureLoudness(sound).truePeakDbtp).toBeLessThan(-3)
    expect(Math.abs(sound.samples.at(-1) as number)).toBeLessThan(0.001)
    expect(chime('attention').samples).toEqual(sound.samples)
  })
})
