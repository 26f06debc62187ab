import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMeter, createShaper, FADE_SAMPLES } from './pcm.ts'

const ones = (length: number): Float32Array => new Float32Array(length).fill(1)
const shaped = (volume: number, ...pieces: readonly Float32Array[]): Float32Array => {
  const out = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  const shaper = createShaper(volume)
  let at = 0
  for (const piece of pieces) {
    shaper.shape(piece, out, at)
    at += piece.length
  }
  return out
}

describe('[F10] volume and fades', () => {
  it.each([
    [100, 1],
    [80, 0.8],
    [0, 0],
    [-5, 0],
    [250, 1],
  ])('a volume of %i percent is an amplitude of %f', (volume, amplitude) => {
    expect(shaped(volume, ones(4_000)).at(-1)).toBeCloseTo(amplitude, 6)
  })

  it('sound begins from nothing and rises for 20 ms', () => {
    const out = shaped(100, ones(2 * FADE_SAMPLES))
    expect([out[0], out[FADE_SAMPLES / 2], out[FADE_SAMPLES]]).toEqual([0, 0.5, 1])
  })

  it('does not matter how the sound is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 6 }), (lengths) => {
        const whole = shaped(70, ones(lengths.reduce((a, b) => a + b, 0)))
        expect(shaped(70, ...lengths.map(ones))).toEqual(whole)
      }),
    )
  })

  it('what is cut off falls to nothing in 20 ms', () => {
    const tail = createShaper(50).fadeOut(ones(4_800))
    expect([tail.length, tail.at(-1)]).toEqual([FADE_SAMPLES, 0])
    expect(tail[0]).toBeCloseTo(0.5, 2)
  })
})

describe('[F13] the level of what was written', () => {
  it.each([
    ['a square wave at full scale', () => ones(480), 0],
    ['half the amplitude', () => ones(480).fill(0.5), -6],
    ['a sine', () => Float32Array.from({ length: 48_000 }, (_, i) => Math.sin((i * Math.PI) / 24)), -3],
    ['digital silence', () => new Float32Array(480), -200],
  ])('%s is %s dBFS', (_, samples, level) => {
    const meter = createMeter()
    meter.add(samples())
    expect(meter.levelDbfs()).toBeCloseTo(level, 0)
  })

  it('there is none where nothing was written', () => {
    expect(createMeter().levelDbfs()).toBeNull()
  })
})
