import fc from 'fast-check'
import { createEncoder } from 'libopus-wasm'
import { describe, expect, it } from 'vitest'
import { oggCrc, readPage, writePage } from './ogg.ts'
import { decodeOggOpus, openOggOpusDecoder, packetSamples } from './opus-read.ts'
import { encodeOggOpus, muxOpus } from './opus-write.ts'
import type { Pcm } from './pcm.ts'
import { chances, sine, speechLike } from './signals.ts'

const decoded = async (bytes: Uint8Array): Promise<Pcm> => {
  const sound = await decodeOggOpus(bytes)
  if ('refused' in sound) throw new Error(sound.refused)
  return sound
}

const refusal = async (bytes: Uint8Array): Promise<string> => {
  const sound = await decodeOggOpus(bytes)
  return 'refused' in sound ? sound.refused : `${sound.samples.length} samples`
}

/** The pages of a file, as written. */
function pagesOf(bytes: Uint8Array) {
  const pages = []
  for (let at = 0; at < bytes.length; ) {
    const page = readPage(bytes, at)
    if (typeof page === 'string') throw new Error(`page at ${at}: ${page}`)
    pages.push({ ...page, at, bytes: bytes.subarray(at, at + page.length) })
    at += page.length
  }
  return pages
}

const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

/** The first page again, its packet changed by `change`, its CRC right. */
function withHead(file: Uint8Array, change: (head: Uint8Array) => Uint8Array | undefined): Uint8Array {
  const [first] = pagesOf(file)
  if (!first) throw new Error('no page')
  const head = file.slice(first.bodyAt, first.length)
  const packet = change(head) ?? head
  const page = writePage({ packets: [packet], granule: 0, serial: first.serial, sequence: 0, first: true })
  return joined(page, file.subarray(first.length))
}

const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)

describe('an Ogg Opus file we write', async () => {
  const sound = speechLike(2.5)
  const file = await encodeOggOpus(sound)
  const pages = pagesOf(file)

  it('has the CRC of RFC 3533 on every page', () => {
    // The empty message and a single one bit, from the definition: no initial value, no final inversion.
    expect(oggCrc(new Uint8Array(4), { from: 0, to: 4 })).toBe(0)
    expect(oggCrc(Uint8Array.of(1), { from: 0, to: 1 })).toBe(0x04c11db7)
    const text = new TextEncoder().encode('123456789')
    expect(oggCrc(text, { from: 0, to: 9 })).toBe(0x89a1897f)
    expect(pages.length).toBe(5)
  })

  it('begins with the identification header alone on its page, then the comments (RFC 7845 §3)', () => {
    const word = (page: number) =>
      new TextDecoder().decode(file.subarray(pages[page]?.bodyAt, (pages[page]?.bodyAt ?? 0) + 8))
    expect([word(0), word(1)]).toEqual(['OpusHead', 'OpusTags'])
    expect(pages.map(({ first, last, granule }) => [first, last, granule > 0])).toEqual([
      [true, false, false],
      [false, false, false],
      [false, false, true],
      [false, false, true],
      [false, true, true],
    ])
  })

  it('numbers its pages, and its last position is pre-skip plus the sound', () => {
    const preSkip = new DataView(file.buffer, file.byteOffset).getUint16((pages[0]?.bodyAt ?? 0) + 10, true)
    expect(pages.map((page) => page.sequence)).toEqual([0, 1, 2, 3, 4])
    expect(preSkip).toBeGreaterThan(0)
    expect(pages.at(-1)?.granule).toBe(preSkip + sound.samples.length)
    expect(pages[2]?.granule).toBe(50 * 960)
  })

  it('costs what was asked: about 32 kb/s, or the rate given', async () => {
    const kbps = (bytes: Uint8Array, seconds: number) => (bytes.length * 8) / seconds / 1000
    expect(kbps(file, 2.5)).toBeLessThan(40)
    expect(kbps(await encodeOggOpus(sound, { bitrate: 16_000 }), 2.5)).toBeLessThan(22)
  })

  it('is the same, byte for byte, for the same sound', async () => {
    expect(await encodeOggOpus(speechLike(2.5))).toEqual(file)
  })

  it('gives the sound back at its place and level', async () => {
    const { samples } = await decoded(file)
    let cross = 0
    for (let i = 0; i < samples.length; i++) cross += (samples[i] as number) * (sound.samples[i] as number)
    const likeness = cross / samples.length / rms(samples) / rms(sound.samples)
    expect(likeness).toBeGreaterThan(0.9)
  })

  it('gives back exactly as many samples as went in, whatever the length and rate', async () => {
    const lengths = fc.integer({ min: 0, max: 5_000 })
    const rates = fc.constantFrom(8_000, 16_000, 22_050, 44_100, 48_000)
    await fc.assert(
      fc.asyncProperty(lengths, rates, async (length, sampleRate) => {
        const bytes = await encodeOggOpus({ samples: new Float32Array(length).fill(0.1), sampleRate })
        expect((await decoded(bytes)).samples.length).toBe(Math.round((length * 48_000) / sampleRate))
      }),
      { numRuns: 40 },
    )
  })
})

describe('a file that is not whole', async () => {
  const file = await encodeOggOpus(speechLike(2.5))
  const pages = pagesOf(file)

  it.each(pages.slice(1).map((page) => page.at))('is refused when it ends at a page boundary (byte %i)', async (at) => {
    expect(await refusal(file.subarray(0, at))).toBe('sound.truncated')
  })

  it('is refused wherever it ends', async () => {
    const chance = chances(3)
    for (let i = 0; i < 200; i++) {
      const end = 5 + Math.floor(chance() * (file.length - 5))
      expect(await refusal(file.subarray(0, end))).toBe('sound.truncated')
    }
  })

  it('is refused when any single byte is another', async () => {
    const chance = chances(5)
    for (let i = 0; i < 300; i++) {
      const damaged = file.slice()
      const at = Math.floor(chance() * file.length)
      damaged[at] = (damaged[at] as number) ^ (1 + Math.floor(chance() * 255))
      expect(await refusal(damaged)).toMatch(/^sound\.(truncated|formatUnknown)$/)
    }
  })

  it.each([
    ['a page is missing', joined(...pages.filter((_, i) => i !== 3).map((page) => page.bytes)), 'sound.truncated'],
    [
      'two pages are exchanged',
      joined(...[0, 1, 3, 2, 4].map((i) => pages[i]?.bytes as Uint8Array)),
      'sound.truncated',
    ],
    ['a second sound follows the first', joined(file, file), 'sound.formatUnknown'],
    ['something follows its end', joined(file, Uint8Array.of(0)), 'sound.formatUnknown'],
    ['it has headers but no sound', joined(...pages.slice(0, 2).map((page) => page.bytes)), 'sound.truncated'],
    ['it is empty', new Uint8Array(), 'sound.truncated'],
    ['it is text', new TextEncoder().encode('Thông báo của Ủy ban nhân dân xã'), 'sound.formatUnknown'],
  ])('is refused when %s', async (_, bytes, code) => {
    expect(await refusal(bytes)).toBe(code)
    expect(await openOggOpusDecoder(bytes)).toEqual({ refused: code })
  })

  it.each([
    ['another codec', (head: Uint8Array) => void head.set(new TextEncoder().encode('Speex   '))],
    ['a later major version', (head: Uint8Array) => void head.fill(16, 8, 9)],
    ['three channels', (head: Uint8Array) => void head.fill(3, 9, 10)],
    ['a channel mapping', (head: Uint8Array) => void head.fill(1, 18, 19)],
    ['a header cut short', (head: Uint8Array) => head.slice(0, 18)],
  ])('is refused when its header names %s', async (_, change) => {
    expect(await refusal(withHead(file, change))).toBe('sound.formatUnknown')
  })
})

describe('files from elsewhere', async () => {
  const file = await encodeOggOpus(sine(440, 1, { dbfs: -12 }))

  it('an output gain in the header is applied (RFC 7845 §5.1)', async () => {
    const quieter = withHead(file, (head) => new DataView(head.buffer).setInt16(16, -6 * 256, true) as undefined)
    const change = 20 * Math.log10(rms((await decoded(quieter)).samples) / rms((await decoded(file)).samples))
    expect(change).toBeCloseTo(-6, 1)
  })

  it('stereo is mixed down to one channel', async () => {
    const encoder = await createEncoder({ channels: 2, bitrate: 64_000 })
    const packets = Array.from({ length: 50 }, (_, frame) =>
      // Left only: half the amplitude remains.
      encoder.encodeFloat(
        new Float32Array(1_920).map((_, i) =>
          i % 2 ? 0 : 0.5 * Math.sin((2 * Math.PI * 440 * (frame * 960 + i / 2)) / 48_000),
        ),
      ),
    )
    encoder.free()
    const stereo = withHead(muxOpus({ packets, preSkip: 312, length: 47_000 }), (head) => void head.fill(2, 9, 10))
    const { samples } = await decoded(stereo)
    expect(samples.length).toBe(47_000)
    expect(rms(samples.subarray(4_800))).toBeCloseTo(0.25 / Math.SQRT2, 2)
  })

  it('frames of 2.5 to 60 ms are accepted, at their own length', async () => {
    for (const frame of [120, 240, 480, 1920, 2880]) {
      const encoder = await createEncoder({ channels: 1, frameSize: frame })
      const packets = Array.from({ length: 20 }, () => encoder.encodeFloat(new Float32Array(frame).fill(0.1)))
      encoder.free()
      const length = 20 * frame - 312
      expect((await decoded(muxOpus({ packets, preSkip: 312, length }))).samples.length).toBe(length)
    }
  })

  it.each([
    // table of contents byte, second byte, samples
    [[0b01111_000], 960],
    [[0b00011_000], 2_880],
    [[0b11111_001], 1_920],
    [[0b10000_011, 48], 5_760],
    [[0b11111_011, 7], 0],
    [[0b11111_011], 0],
    [[], 0],
  ])('the packet that begins %j lasts %i samples (RFC 6716 §3.1)', (bytes, samples) => {
    expect(packetSamples(Uint8Array.from(bytes))).toBe(samples)
  })

  it('a few bytes cannot claim hours: packets count for what they last, and 30 minutes is the most', async () => {
    const packet = Uint8Array.of(0b11111_011, 6) // 120 ms from two bytes
    const packets = Array.from({ length: 16_000 }, () => packet)
    const bytes = muxOpus({ packets, preSkip: 0, length: 16_000 * 5_760 })
    expect(await refusal(bytes)).toBe('sound.tooLong')
    expect(await openOggOpusDecoder(bytes)).toHaveProperty('durationMs', 1_920_000)
  })
})

describe('the reader a player uses', () => {
  it('gives the same sound as decoding the whole file, in pieces of about 20 ms', async () => {
    const file = await encodeOggOpus(speechLike(1.234))
    const reader = await openOggOpusDecoder(file)
    if ('refused' in reader) throw new Error(reader.refused)
    const pieces: Float32Array[] = []
    for (let piece = reader.next(); piece; piece = reader.next()) pieces.push(piece)
    reader.close()
    const whole = new Float32Array(pieces.flatMap((piece) => [...piece]))
    expect(reader.durationMs).toBeCloseTo(1_234, 6)
    expect(Math.max(...pieces.map((piece) => piece.length))).toBe(960)
    expect(Math.min(...pieces.map((piece) => piece.length))).toBeGreaterThan(0)
    expect(whole).toEqual((await decoded(file)).samples)
  })

  it('goes on saying that the sound is over', async () => {
    const reader = await openOggOpusDecoder(await encodeOggOpus(sine(440, 0.01)))
    if ('refused' in reader) throw new Error(reader.refused)
    expect([reader.next()?.length, reader.next(), reader.next()]).toEqual([480, undefined, undefined])
    reader.close()
  })
})
