import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measureLoudness } from './loudness.ts'
import { encodeOggOpus } from './opus-write.ts'
import { sine, speechLike } from './signals.ts'
import { decodeSound } from './sound.ts'
import { readWav, writeWav } from './wav.ts'

const golden = (name: string) => new Uint8Array(readFileSync(new URL(`../golden/${name}`, import.meta.url)))
const mono = golden('tone-mono-22k.mp3')
const stereo = golden('tone-stereo-44k.mp3')

type Fields = {
  code?: number
  channels?: number
  rate?: number
  bits?: number
  align?: number
  body: Uint8Array
  claims?: number
  before?: Uint8Array
}

/** A WAVE file, every field of which can be told to lie. */
function wave({
  code = 1,
  channels = 1,
  rate = 8_000,
  bits = 16,
  align,
  body,
  claims,
  before = new Uint8Array(),
}: Fields): Uint8Array {
  const head = new DataView(new ArrayBuffer(24))
  head.setUint32(0, 0x666d7420)
  head.setUint32(4, 16, true)
  head.setUint16(8, code, true)
  head.setUint16(10, channels, true)
  head.setUint32(12, rate, true)
  head.setUint16(20, align ?? (channels * bits) / 8, true)
  head.setUint16(22, bits, true)
  const data = new DataView(new ArrayBuffer(8))
  data.setUint32(0, 0x64617461)
  data.setUint32(4, claims ?? body.length, true)
  const riff = new TextEncoder().encode('RIFF\0\0\0\0WAVE')
  return new Uint8Array(Buffer.concat([riff, before, new Uint8Array(head.buffer), new Uint8Array(data.buffer), body]))
}

const bytesOf = (values: ArrayBufferView) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
const samplesOf = (bytes: Uint8Array) => {
  const sound = readWav(bytes)
  return 'refused' in sound ? sound.refused : [...sound.samples]
}

describe('WAVE files', () => {
  it.each([
    ['16 bit', wave({ body: bytesOf(Int16Array.of(16_384, -32_768)) }), [0.5, -1]],
    [
      '24 bit',
      wave({ bits: 24, body: Uint8Array.of(0, 0, 0x40, 0, 0, 0x80, 0xff, 0xff, 0xff) }),
      [0.5, -1, -1 / 8_388_608],
    ],
    ['32 bit', wave({ bits: 32, body: bytesOf(Int32Array.of(2 ** 30, -(2 ** 31))) }), [0.5, -1]],
    ['float', wave({ code: 3, bits: 32, body: bytesOf(Float32Array.of(0.5, -0.25)) }), [0.5, -0.25]],
    [
      'stereo, averaged',
      wave({ channels: 2, body: bytesOf(Int16Array.of(16_384, 0, -16_384, -16_384)) }),
      [0.25, -0.5],
    ],
    [
      'with another chunk first',
      wave({ before: new TextEncoder().encode('LIST\x03\0\0\0abc\0'), body: bytesOf(Int16Array.of(16_384)) }),
      [0.5],
    ],
    [
      'float beyond full scale, scaled to fit',
      wave({ code: 3, bits: 32, body: bytesOf(Float32Array.of(2, -1)) }),
      [1, -0.5],
    ],
    [
      'float that is not a number',
      wave({ code: 3, bits: 32, body: bytesOf(Float32Array.of(Number.NaN, 0.5, -Infinity)) }),
      [0, 0.5, 0],
    ],
    ['8 bit', wave({ bits: 8, body: new Uint8Array(4) }), 'sound.formatUnknown'],
    ['three channels', wave({ channels: 3, body: new Uint8Array(6) }), 'sound.formatUnknown'],
    ['no channel', wave({ channels: 0, body: new Uint8Array(6) }), 'sound.formatUnknown'],
    ['A-law', wave({ code: 6, body: new Uint8Array(4) }), 'sound.formatUnknown'],
    ['a rate of 4 GHz', wave({ rate: 0xffffffff, body: new Uint8Array(4) }), 'sound.formatUnknown'],
    ['a rate of nothing', wave({ rate: 0, body: new Uint8Array(4) }), 'sound.formatUnknown'],
    ['frames of the wrong width', wave({ align: 3, body: new Uint8Array(6) }), 'sound.formatUnknown'],
    ['4 GB claimed by 4 bytes', wave({ claims: 0xfffffffe, body: new Uint8Array(4) }), 'sound.truncated'],
    ['half a sample at the end', wave({ body: new Uint8Array(5) }), 'sound.truncated'],
    ['no data', wave({ body: new Uint8Array() }).subarray(0, 36), 'sound.truncated'],
    ['another kind of RIFF', new TextEncoder().encode('RIFF\0\0\0\0AVI LIST'), 'sound.formatUnknown'],
  ])('%s', (_, bytes, expected) => {
    expect(samplesOf(bytes)).toEqual(expected)
  })

  it('what is written is read back to within half a step of 16 bits', () => {
    const sound = speechLike(0.5, { rate: 22_050, peak: 1 })
    const back = readWav(writeWav(sound))
    if ('refused' in back) throw new Error(back.refused)
    expect(back.sampleRate).toBe(22_050)
    const errors = back.samples.map((x, i) => Math.abs(x - (sound.samples[i] as number)))
    expect(errors.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(1 / 32_768)
  })
})

describe('any sound file', () => {
  const cut = (bytes: Uint8Array, by: number) => bytes.subarray(0, bytes.length - by)
  const id3 = new TextEncoder().encode('ID3\x04\0\0\0\0\0\x0aTIT2abcdef')
  const tagged = new Uint8Array(Buffer.concat([id3, mono, new TextEncoder().encode(`TAG${'x'.repeat(125)}`)]))
  const claimsTag = new Uint8Array(Buffer.concat([new TextEncoder().encode('ID3\x04\0\0\x7f\x7f\x7f\x7f'), mono]))

  it.each([
    // file                                        bytes                                   outcome
    ['WAVE', writeWav(sine(1_000, 0.5, { dbfs: -6 })), '0.50 s at 48000, peak -6 dB'],
    ['mono MP3 of 22,050', mono, '0.57 s at 22050, peak -6 dB'],
    ['stereo MP3 of 44,100', stereo, '0.34 s at 44100, peak -6 dB'],
    ['MP3 between tags', tagged, '0.57 s at 22050, peak -6 dB'],
    ['MP3 cut in its last frame', cut(mono, 40), 'sound.truncated'],
    ['MP3 tag longer than the file', claimsTag, 'sound.truncated'],
    ['WAVE cut short', cut(writeWav(sine(1_000, 0.5)), 2), 'sound.truncated'],
    [
      'AAC in ADTS',
      Uint8Array.from({ length: 400 }, (_, i) => [0xff, 0xf1, 0x50, 0x80, 0x03, 0x1f, 0xfc][i % 25] ?? 0),
      'sound.formatUnknown',
    ],
    [
      'MPEG layer II',
      Uint8Array.from({ length: 400 }, (_, i) => [0xff, 0xfd, 0x14, 0x00][i % 144] ?? 0),
      'sound.formatUnknown',
    ],
    ['FLAC', new TextEncoder().encode('fLaC\0\0\0\x22'), 'sound.formatUnknown'],
    ['nothing', new Uint8Array(), 'sound.formatUnknown'],
    ['a microphone that was off', writeWav(sine(1_000, 1, { dbfs: -70 })), 'sound.silent'],
    ['a WAVE of no length', writeWav(sine(1_000, 0)), 'sound.silent'],
    [
      'half an hour and a second',
      writeWav({ samples: new Float32Array(1_801 * 4_000).fill(0.1), sampleRate: 4_000 }),
      'sound.tooLong',
    ],
  ])('%s', async (_, bytes, outcome) => {
    const sound = await decodeSound(bytes)
    const told =
      'refused' in sound
        ? sound.refused
        : `${(sound.samples.length / sound.sampleRate).toFixed(2)} s at ${sound.sampleRate}, peak ${Math.round(measureLoudness(sound).samplePeakDbfs)} dB`
    expect(told).toBe(outcome)
  })

  it('of the kinds accepted, Ogg Opus too', async () => {
    expect(await decodeSound(await encodeOggOpus(speechLike(0.3)))).toHaveProperty('sampleRate', 48_000)
  })

  it('MP3 frames that would last longer than half an hour are counted before any is decoded', async () => {
    const frame = new Uint8Array(72 * 8) // 8 kb/s at 8 kHz: 72 bytes last 72 ms
    for (let at = 0; at < frame.length; at += 72) frame.set([0xff, 0xe3, 0x18, 0xc0], at)
    const long = new Uint8Array(72 * 25_100)
    for (let at = 0; at < long.length; at += 72) long.set(frame.subarray(0, 72), at)
    expect(await decodeSound(long)).toEqual({ refused: 'sound.tooLong' })
    expect(await decodeSound(long.subarray(0, 72 * 100))).toEqual({ refused: 'sound.silent' })
  })
})

describe('a sound file from a stranger', async () => {
  const files = [mono, stereo, await encodeOggOpus(speechLike(0.5)), writeWav(sine(1_000, 0.1))]
  /** A sound that keeps its promises, or one of the four refusals; never an exception. */
  const isSound = async (bytes: Uint8Array) => {
    const sound = await decodeSound(bytes)
    if ('refused' in sound) return /^sound\.(formatUnknown|truncated|tooLong|silent)$/.test(sound.refused)
    return sound.sampleRate > 0 && sound.samples.length > 0 && sound.samples.every((x) => Math.abs(x) <= 1)
  }
  const beginnings = fc.constantFrom(
    '',
    'OggS\0\x02',
    'RIFF\0\0\0\0WAVEfmt ',
    'ID3\x04\0\0',
    '\xff\xfb\x90\x04',
    '\xff\xf3\x40\xc4',
  )

  it('any bytes are a sound or are refused', async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, fc.uint8Array({ maxLength: 600 }), async (start, rest) =>
        isSound(new Uint8Array(Buffer.concat([Buffer.from(start, 'latin1'), rest]))),
      ),
      { numRuns: 600 },
    )
  })

  it('a sound file with any bytes changed, and cut anywhere, is a sound or is refused', async () => {
    const changes = fc.array(fc.record({ at: fc.nat(6_000), byte: fc.nat(255) }), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, fc.nat(6_000), async (file, changed, end) => {
        const bytes = file.slice(0, Math.max(8, end))
        for (const { at, byte } of changed) bytes[at % bytes.length] = byte
        return isSound(bytes)
      }),
      { numRuns: 400 },
    )
  })
})
