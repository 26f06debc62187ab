/** Sample-rate conversion: one polyphase filter, a sinc under a Kaiser window. */
import type { Pcm } from './pcm.ts'

/** Taps each output sample is made of when the rate rises; a falling rate needs proportionally more. */
const TAPS = 48
/** Kaiser β for a stop band at about −100 dB. */
const BETA = 10
/** Width of that filter's transition band in cycles per input sample (Kaiser's formula for 100 dB). */
const TRANSITION = 92 / (14.36 * (TAPS - 1))
/** Above this many phases (rates without a useful common divisor) two neighbouring phases are interpolated instead. */
const PHASES_MAX = 2048

type Filter = { taps: number; phases: number; table: Float64Array }

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** Modified Bessel function of the first kind, order 0 (power series; 40 terms are exact for β ≤ 12). */
function bessel0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

/** `phases + 1` rows of `taps` coefficients, each row of unit sum; `cutoff` as a fraction of the input's sample rate. */
function designFilter(taps: number, phases: number, cutoff: number): Filter {
  const table = new Float64Array((phases + 1) * taps)
  const norm = bessel0(BETA)
  for (let phase = 0; phase <= phases; phase++) {
    const row = new Float64Array(taps)
    let sum = 0
    for (let k = 0; k < taps; k++) {
      const t = k - (taps / 2 - 1) - phase / phases
      const edge = t / (taps / 2)
      const window = Math.abs(edge) >= 1 ? 0 : bessel0(BETA * Math.sqrt(1 - edge * edge)) / norm
      const angle = 2 * Math.PI * cutoff * t
      row[k] = (t === 0 ? 1 : Math.sin(angle) / angle) * window
      sum += row[k] as number
    }
    for (let k = 0; k < taps; k++) table[phase * taps + k] = (row[k] as number) / sum
  }
  return { taps, phases, table }
}

const filters = new Map<string, Filter>()

function filterFor(up: number, down: number): Filter {
  const narrowing = Math.max(1, down / up)
  const taps = 4 * Math.ceil((TAPS * narrowing) / 4)
  const phases = Math.min(up, PHASES_MAX)
  const key = `${taps}/${phases}/${narrowing}`
  const known = filters.get(key)
  if (known) return known
  // The transition band ends at the lower of both Nyquist frequencies.
  const filter = designFilter(taps, phases, (0.5 - TRANSITION / 2) / narrowing)
  if (filters.size > 8) filters.clear()
  filters.set(key, filter)
  return filter
}

/** One output sample: the row's taps against the sound from `from` on. `taps` is a multiple of four. */
function dot(sound: Float64Array, from: number, filter: Filter, row: number): number {
  const { table, taps } = filter
  let a = 0
  let b = 0
  for (let k = 0, i = from, j = row * taps; k < taps; k += 2, i += 2, j += 2) {
    a += (sound[i] as number) * (table[j] as number)
    b += (sound[i + 1] as number) * (table[j + 1] as number)
  }
  return a + b
}

type Job = { sound: Float64Array; out: Float32Array; filter: Filter; up: number; down: number }

/**
 * Output samples `up` apart use the same row of the table on sound `down` apart: four of them are made together, so
 * that each coefficient is fetched once for four products. Answers how many samples were made: whole groups only.
 */
function fourAtOnce({ sound, out, filter, up, down }: Job): number {
  const { table, taps } = filter
  const group = 4 * up
  const made = filter.phases === up ? out.length - (out.length % group) : 0
  for (let first = 0, base = 0; first < made; first += group, base += 4 * down) {
    for (let n = 0; n < up; n++) {
      const from = base + Math.floor((n * down) / up)
      const row = ((n * down) % up) * taps
      let a = 0
      let b = 0
      let c = 0
      let d = 0
      for (let k = 0, i = from; k < taps; k++, i++) {
        const tap = table[row + k] as number
        a += tap * (sound[i] as number)
        b += tap * (sound[i + down] as number)
        c += tap * (sound[i + 2 * down] as number)
        d += tap * (sound[i + 3 * down] as number)
      }
      out[first + n] = a
      out[first + n + up] = b
      out[first + n + 2 * up] = c
      out[first + n + 3 * up] = d
    }
  }
  return made
}

/** The samples from `start` on, one by one; between two rows of the table where it has fewer than `up`. */
function oneByOne({ sound, out, filter, up, down }: Job, start: number): void {
  for (let n = start; n < out.length; n++) {
    const from = Math.floor((n * down) / up)
    const position = (((n * down) % up) * filter.phases) / up
    const row = Math.floor(position)
    const weight = position - row
    const low = dot(sound, from, filter, row)
    out[n] = weight === 0 ? low : low + (dot(sound, from, filter, row + 1) - low) * weight
  }
}

/**
 * The same sound at `sampleRate` (a positive whole number of hertz). Length is the input's length times the ratio,
 * rounded. Images and aliases lie 90 dB or more below the sound; it is flat up to three quarters of the lower Nyquist
 * frequency (8 kHz for speech made at 22,050 Hz).
 */
export function resample(pcm: Pcm, sampleRate: number): Pcm {
  if (sampleRate === pcm.sampleRate || pcm.samples.length === 0) return { samples: pcm.samples, sampleRate }
  const common = gcd(sampleRate, pcm.sampleRate)
  const up = sampleRate / common
  const down = pcm.sampleRate / common
  const filter = filterFor(up, down)
  const sound = new Float64Array(pcm.samples.length + 2 * filter.taps)
  sound.set(pcm.samples, filter.taps / 2 - 1)
  const job = { sound, out: new Float32Array(Math.round((pcm.samples.length * up) / down)), filter, up, down }
  oneByOne(job, fourAtOnce(job))
  return { samples: job.out, sampleRate }
}
