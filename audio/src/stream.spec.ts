import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bell, filterStage, highPass, phaseTurn } from './biquad.ts'
import { prepareBroadcastFrom } from './broadcast.ts'
import { levelMeter } from './levels.ts'
import { gainStage, limiterCurve } from './limiter.ts'
import { energyMeter, loudnessMeter } from './loudness.ts'
import { encodeOggOpus, muxOpus, openOpusEncoder } from './opus-write.ts'
import { resampleStage } from './resample.ts'
import { inSequence, noise, sine, speechLike } from './signals.ts'
import { decodeSound, openSound } from './sound.ts'
import { behind, inOrder, type Meter, readAll, type SoundSource, type Stage, sourceOf } from './stream.ts'
import { blockPeakMeter, blockTruePeaks } from './true-peak.ts'
import { writeWav } from './wav.ts'

const sound = speechLike(0.6, { rate: 22_050, peak: 1.4 }).samples

/** The sound in pieces of these lengths, over and over. */
function* cutInto(lengths: readonly number[]): Generator<Float32Array> {
  for (let at = 0, i = 0; at < sound.length; i++) {
    const length = lengths[i % lengths.length] as number
    yield sound.subarray(at, at + length)
    at += length
  }
}

const through = (stage: Stage, lengths: readonly number[]): Float32Array => {
  const pieces = [...cutInto(lengths)].map((piece) => stage.push(piece).slice())
  return Float32Array.from([...pieces, stage.end()].flatMap((piece) => [...piece]))
}

const measured = (make: (found: (value: number) => void) => Meter, lengths: readonly number[]): number[] => {
  const values: number[] = []
  const meter = make((value) => void values.push(value))
  for (const piece of cutInto(lengths)) meter.push(piece)
  meter.end()
  return values
}

const cuts = fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 12 })
const whole = [sound.length]

describe('where a sound is cut into pieces changes nothing', () => {
  const limiting = () => gainStage(2, limiterCurve(blockTruePeaks(sound, 24, 0), 2, 0.5), 24)
  it.each<[string, () => Stage]>([
    [
      'the filters',
      () =>
        filterStage([phaseTurn(300, 22_050, 0.5), highPass(180, 22_050), bell(2_800, 22_050, { gainDb: 3, q: 0.8 })]),
    ],
    ['resampling from 22,050 to 48,000', () => resampleStage(22_050, 48_000)],
    ['resampling from 96,000 to 48,000', () => resampleStage(96_000, 48_000)],
    ['resampling from a rate without a common divisor', () => resampleStage(44_101, 48_000)],
    ['resampling to the same rate', () => resampleStage(48_000, 48_000)],
    ['gain and limiter', limiting],
  ])('in %s', (_, stage) => {
    const expected = through(stage(), whole)
    fc.assert(
      fc.property(cuts, (lengths) => {
        expect(through(stage(), lengths)).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it.each<[string, (found: (value: number) => void) => Meter]>([
    ['the energies', (found) => energyMeter(22_050, 24, found)],
    ['the true peaks', (found) => blockPeakMeter({ block: 24, above: () => 0.3, found })],
    ['the levels', (found) => levelMeter(441, found)],
    [
      'loudness',
      (found) => {
        const meter = loudnessMeter(22_050)
        const end = () => {
          meter.end()
          for (const value of Object.values(meter.measured())) found(value)
        }
        return { push: meter.push, end }
      },
    ],
  ])('in %s', (_, meter) => {
    const expected = measured(meter, whole)
    fc.assert(
      fc.property(cuts, (lengths) => {
        expect(measured(meter, lengths)).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('in the packets of the encoder', async () => {
    const packets = async (lengths: readonly number[]) => {
      const made: string[] = []
      const encoder = await openOpusEncoder((packet) => void made.push(Buffer.from(packet).toString('hex')))
      for (const piece of cutInto(lengths)) encoder.push(piece)
      encoder.end()
      encoder.close()
      return made
    }
    const expected = await packets(whole)
    await fc.assert(
      fc.asyncProperty(cuts, async (lengths) => {
        expect(await packets(lengths)).toEqual(expected)
      }),
      { numRuns: 8 },
    )
  })
})

describe('a sound file as a source', async () => {
  const golden = (name: string) => new Uint8Array(readFileSync(new URL(`../golden/${name}`, import.meta.url)))
  const opened = (bytes: Uint8Array): SoundSource => {
    const source = openSound(bytes)
    if ('refused' in source) throw new Error(source.refused)
    return source
  }
  /** A file on an odd byte, as a part of a larger one may be. */
  const shifted = (bytes: Uint8Array) => new Uint8Array(Buffer.concat([Buffer.of(0), bytes])).subarray(1)

  it.each([
    ['WAVE', writeWav(speechLike(1))],
    ['WAVE at an odd place in memory', shifted(writeWav(speechLike(1)))],
    ['Ogg Opus', await encodeOggOpus(speechLike(1))],
    ['MP3', golden('tone-mono-22k.mp3')],
    ['stereo MP3', golden('tone-stereo-44k.mp3')],
  ])('%s gives at every reading what decoding it whole gives', async (_, bytes) => {
    const source = opened(bytes)
    const expected = await decodeSound(bytes)
    expect(await readAll(source)).toEqual(expected)
    expect(await readAll(source)).toEqual(expected)
  })

  const waveOf = (seconds: number) =>
    writeWav({ samples: new Float32Array(seconds * 4_000).fill(0.1), sampleRate: 4_000 })
  const packet = Uint8Array.of(0b11111_011, 6) // 120 ms from two bytes
  const opusOf = (seconds: number) =>
    muxOpus({
      packets: Array.from({ length: 15_010 }, () => packet),
      preSkip: 0,
      length: seconds * 48_000,
    })
  const frame = new Uint8Array(72)
  frame.set([0xff, 0xe3, 0x18, 0xc0]) // 8 kb/s at 8 kHz: 72 bytes last 72 ms
  const mp3Of = (frames: number) => new Uint8Array(Buffer.concat(Array.from({ length: frames }, () => frame)))

  it.each([
    // file                                               bytes              outcome
    ['WAVE of 30 minutes', waveOf(1_800), 'accepted'],
    ['WAVE of 30 minutes and a second', waveOf(1_801), 'sound.tooLong'],
    ['Ogg Opus of 30 minutes', opusOf(1_800), 'accepted'],
    ['Ogg Opus of 30 minutes and a second', opusOf(1_801), 'sound.tooLong'],
    ['MP3 of 30 minutes, with its delay and header', mp3Of(25_003), 'accepted'],
    ['MP3 of 30 minutes and a second', mp3Of(25_014), 'sound.tooLong'],
  ])('%s', (_, bytes, outcome) => {
    const source = openSound(bytes)
    expect('refused' in source ? source.refused : 'accepted').toBe(outcome)
  })
})

describe('a broadcast prepared from a source', () => {
  /** A source that says it may be long is read anew for every pass, and nothing of it is kept. */
  const long = (source: SoundSource): SoundSource => ({ ...source, samplesMax: 100 * 48_000 })

  it.each([
    ['speech', speechLike(3, { rate: 22_050 })],
    ['a sound beyond full scale', speechLike(2, { peak: 3 })],
    ['speech after a silence', inSequence({ samples: new Float32Array(48_000), sampleRate: 48_000 }, speechLike(2))],
    ['noise', noise(2, 0.3)],
  ])('%s: a long sound and a short one are treated alike, to the byte', async (_, pcm) => {
    const short = await prepareBroadcastFrom(sourceOf(pcm))
    expect(await prepareBroadcastFrom(long(sourceOf(pcm)))).toEqual(short)
  })

  it('sounds in order are one sound', async () => {
    const [a, b] = [speechLike(1), sine(400, 1, { dbfs: -20 })]
    expect(await prepareBroadcastFrom(inOrder([sourceOf(a), sourceOf(b)]))).toEqual(
      await prepareBroadcastFrom(sourceOf(inSequence(a, b))),
    )
  })

  it.each([
    // sound                  dBFS    asked to refuse   outcome
    ['a tone', -30, true, 'made'],
    ['a microphone off', -70, true, 'sound.silent'],
    ['a microphone off', -70, false, 'made'],
  ])('%s at %d dBFS, silence refused: %s → %s', async (_, dbfs, refuseSilence, outcome) => {
    const made = await prepareBroadcastFrom(sourceOf(sine(500, 0.5, { dbfs })), { refuseSilence })
    expect('refused' in made ? made.refused : 'made').toBe(outcome)
  })

  it('every decoder is given back, also where reading breaks off', async () => {
    let open = 0
    const broken: SoundSource = {
      sampleRate: 48_000,
      samplesMax: 96_000,
      open: async () => {
        open += 1
        return {
          next: () => {
            throw new Error('the disk is gone')
          },
          close: () => {
            open -= 1
          },
        }
      },
    }
    const stages = () => [resampleStage(48_000, 22_050)]
    await expect(readAll(behind(broken, stages, { sampleRate: 22_050, samplesMax: 44_100 }))).rejects.toThrow('disk')
    expect(open).toBe(0)
  })
})
