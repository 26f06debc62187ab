import { expect, it } from 'vitest'
import { sixteenBit } from '../../platform/samples.ts'
import { encodeWav } from './wav.ts'

const wavOf = (samples: readonly number[]) =>
  encodeWav({ samples: sixteenBit(new Float32Array(samples)), sampleRate: 48_000 })

it('a recording becomes a 16-bit mono WAV of its own sample rate', () => {
  const bytes = wavOf([0, 1, -1, 0.5])
  const view = new DataView(bytes.buffer)
  const word = (at: number): string => String.fromCharCode(...bytes.slice(at, at + 4))
  expect([word(0), word(8), word(12), word(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data'])
  expect(bytes.length).toBe(44 + 8)
  expect(view.getUint32(4, true)).toBe(bytes.length - 8)
  expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint16(34, true)]).toEqual([1, 1, 16])
  expect([view.getUint32(24, true), view.getUint32(28, true)]).toEqual([48_000, 96_000])
  expect([0, 2, 4, 6].map((at) => view.getInt16(44 + at, true))).toEqual([0, 32_767, -32_767, 16_384])
})

it('what is louder than full scale is clipped, not wrapped', () => {
  const view = new DataView(wavOf([1.7, -3]).buffer)
  expect([view.getInt16(44, true), view.getInt16(46, true)]).toEqual([32_767, -32_767])
})
