import { BROADCAST_RATE, type Pcm } from './pcm.ts'

/** Two falling tones, a major third apart, inside the band a horn loudspeaker carries best (above 500 Hz). */
const ATTENTION = [
  { atSeconds: 0, hertz: 830.61 },
  { atSeconds: 0.55, hertz: 659.26 },
]
const SECONDS = 1.9
const DECAY_SECONDS = 0.42
const ATTACK_SECONDS = 0.004
/** Strength of the fundamental and its overtones: enough of them to be recognised through a cheap horn. */
const PARTIALS = [1, 0.35, 0.18, 0.06]
const PEAK = 0.5

/** The short two-tone signal before an announcement, 48 kHz, 1.9 s. It fades to silence and never clips. */
export function chime(_kind: 'attention'): Pcm {
  const samples = new Float32Array(Math.round(SECONDS * BROADCAST_RATE))
  const total = PARTIALS.reduce((a, b) => a + b, 0)
  for (const tone of ATTENTION) {
    const start = Math.round(tone.atSeconds * BROADCAST_RATE)
    for (let i = start; i < samples.length; i++) {
      const t = (i - start) / BROADCAST_RATE
      const left = (samples.length - i) / BROADCAST_RATE
      const envelope = Math.min(1, t / ATTACK_SECONDS) * Math.exp(-t / DECAY_SECONDS) * Math.min(1, left / 0.1)
      let value = 0
      for (let p = 0; p < PARTIALS.length; p++) {
        value += (PARTIALS[p] as number) * Math.sin(2 * Math.PI * tone.hertz * (p + 1) * t) * Math.exp(-t * p * 2)
      }
      samples[i] = (samples[i] as number) + (value / total) * envelope * PEAK
    }
  }
  return { samples, sampleRate: BROADCAST_RATE }
}
