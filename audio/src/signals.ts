/** Sounds for specifications: everything here is made by arithmetic and the same every time. */
import { BROADCAST_RATE, type Pcm } from './pcm.ts'

/** A sine of `seconds`, its peak at `dbfs`; `phase` in degrees. */
export function sine(
  hertz: number,
  seconds: number,
  options: { dbfs?: number; rate?: number; phase?: number } = {},
): Pcm {
  const { dbfs = 0, rate = BROADCAST_RATE, phase = 0 } = options
  const amplitude = 10 ** (dbfs / 20)
  const samples = new Float32Array(Math.round(seconds * rate))
  for (let i = 0; i < samples.length; i++) {
    samples[i] = amplitude * Math.sin((2 * Math.PI * hertz * i) / rate + (phase * Math.PI) / 180)
  }
  return { samples, sampleRate: rate }
}

/** Sounds of one rate, one after the other. */
export function inSequence(...parts: Pcm[]): Pcm {
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.samples.length, 0))
  let at = 0
  for (const part of parts) {
    samples.set(part.samples, at)
    at += part.samples.length
  }
  return { samples, sampleRate: parts[0]?.sampleRate ?? BROADCAST_RATE }
}

/** A repeatable stream of numbers 0 … 1 (linear congruential; not for secrets). */
export function chances(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** White noise with a peak of `amplitude`. */
export function noise(seconds: number, amplitude: number, seed = 1): Pcm {
  const chance = chances(seed)
  const samples = new Float32Array(Math.round(seconds * BROADCAST_RATE)).map(() => (chance() * 2 - 1) * amplitude)
  return { samples, sampleRate: BROADCAST_RATE }
}

/**
 * Something with the shape of speech: syllables of glottal pulses through two formants, at changing pitch and
 * strength, with pauses and hissing consonants between them.
 */
export function speechLike(seconds: number, options: { rate?: number; pitch?: number; peak?: number } = {}): Pcm {
  const { rate = BROADCAST_RATE, pitch = 115, peak = 0.5 } = options
  const chance = chances(7)
  const samples = new Float32Array(Math.round(seconds * rate))
  const resonances = [
    { hertz: 620, width: 90, y1: 0, y2: 0 },
    { hertz: 1_450, width: 140, y1: 0, y2: 0 },
  ]
  let phase = 0
  for (let i = 0; i < samples.length; i++) {
    const t = i / rate
    const syllable = (t / 0.24) % 1
    const phrase = (t / 2.6) % 1
    const voiced = phrase < 0.85 && syllable > 0.15 ? Math.sin(Math.PI * Math.min(1, (syllable - 0.15) / 0.85)) : 0
    phase += (pitch * (1 + 0.15 * Math.sin(2 * Math.PI * t * 0.7) + 0.05 * Math.sin(t * 40))) / rate
    const pulse = phase >= 1 ? 1 : 0
    phase -= pulse
    const hiss = phrase < 0.85 && syllable < 0.12 ? (chance() - 0.5) * 0.06 : 0
    let value = 0
    for (const r of resonances) {
      const radius = Math.exp((-Math.PI * r.width) / rate)
      const y =
        pulse * (0.6 + 0.4 * Math.sin(t * 3)) +
        2 * radius * Math.cos((2 * Math.PI * r.hertz) / rate) * r.y1 -
        radius ** 2 * r.y2
      r.y2 = r.y1
      r.y1 = y
      value += y
    }
    samples[i] = value * voiced * 0.1 + hiss
  }
  const highest = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)
  return { samples: samples.map((sample) => (sample * peak) / highest), sampleRate: rate }
}
