/** Sample-rate conversion: one polyphase filter, a sinc under a Kaiser window. */
import type { Pcm } from './pcm.ts'
import { PIECE_SAMPLES, roomFor, type Stage } from './stream.ts'

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

type Ratio = { filter: Filter; up: number; down: number }

/**
 * Output samples `up` apart use the same row of the table on sound `down` apart: four of them are made together, so
 * that each coefficient is fetched once for four products. Makes `groups` times 4 × `up` samples from the sound at
 * `base` on.
 */
function fourAtOnce(
  { filter, up, down }: Ratio,
  sound: Float64Array,
  { base, groups, out, at }: { base: number; groups: number; out: Float32Array; at: number },
): void {
  const { table, taps } = filter
  const past = at + groups * 4 * up
  for (let first = at, start = base; first < past; first += 4 * up, start += 4 * down) {
    for (let n = 0; n < up; n++) {
      const from = start + Math.floor((n * down) / up)
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
}

/** Output sample `n`; where the table has fewer rows than `up`, between two of them. */
function oneAt({ filter, up, down }: Ratio, sound: Float64Array, { from, n }: { from: number; n: number }): number {
  const position = (((n * down) % up) * filter.phases) / up
  const row = Math.floor(position)
  const weight = position - row
  const low = dot(sound, from, filter, row)
  return weight === 0 ? low : low + (dot(sound, from, filter, row + 1) - low) * weight
}

/** Output samples out of `count` input samples: the ratio, rounded. */
export const resampledLength = (count: number, from: number, to: number): number => Math.round((count * to) / from)

const asItIs: Stage = { push: (piece) => piece, end: () => new Float32Array() }

/**
 * The same sound at another rate (both positive whole numbers of hertz). Length is the input's length times the ratio,
 * rounded. Images and aliases lie 90 dB or more below the sound; it is flat up to three quarters of the lower Nyquist
 * frequency (8 kHz for speech made at 22,050 Hz).
 */
export function resampleStage(fromRate: number, toRate: number): Stage {
  if (fromRate === toRate) return asItIs
  const common = gcd(toRate, fromRate)
  const up = toRate / common
  const down = fromRate / common
  const filter = filterFor(up, down)
  const ratio: Ratio = { filter, up, down }
  const group = filter.phases === up ? 4 * up : 1
  const groupSpan = group === 1 ? filter.taps : 3 * down + Math.floor(((up - 1) * down) / up) + filter.taps
  /** What is still needed of the sound; it begins with half a filter of silence. */
  const sound = new Float64Array(PIECE_SAMPLES + 4 * (down + filter.taps))
  let fill = filter.taps / 2 - 1
  /** Where `sound` begins, counted from the beginning of that silence. */
  let origin = 0
  let taken = 0
  let made = 0
  let own = new Float32Array()
  const place = () => Math.floor((made * down) / up) - origin
  /** Makes whole groups as far as the sound reaches, `total` samples in all at most. Answers how many it made. */
  const make = (out: Float32Array, total: number): number => {
    let at = 0
    if (group === 1) {
      for (let from = place(); from + filter.taps <= fill && made < total; from = place()) {
        out[at++] = oneAt(ratio, sound, { from, n: made++ })
      }
      return at
    }
    const reach = Math.floor((fill - groupSpan - place()) / (4 * down)) + 1
    const groups = Math.max(0, Math.min(reach, Math.floor((total - made) / group)))
    fourAtOnce(ratio, sound, { base: place(), groups, out, at })
    made += groups * group
    return groups * group
  }
  const forget = () => {
    const done = Math.min(fill, place())
    sound.copyWithin(0, done, fill)
    fill -= done
    origin += done
  }
  const push = (piece: Float32Array): Float32Array => {
    own = roomFor(own, Math.ceil(((fill + piece.length) * up) / down) + group)
    let at = 0
    for (let from = 0; from < piece.length; from += PIECE_SAMPLES) {
      const part = piece.subarray(from, from + PIECE_SAMPLES)
      sound.set(part, fill)
      fill += part.length
      taken += part.length
      at += make(own.subarray(at), Number.POSITIVE_INFINITY)
      forget()
    }
    return own.subarray(0, at)
  }
  const end = (): Float32Array => {
    const total = resampledLength(taken, fromRate, toRate)
    const out = new Float32Array(total - made)
    sound.fill(0, fill)
    fill = sound.length
    let at = make(out, total)
    for (; made < total; made++, at++) out[at] = oneAt(ratio, sound, { from: place(), n: made })
    return out
  }
  return { push, end }
}

/** The same sound at `sampleRate`, as `resampleStage` says. */
export function resample(pcm: Pcm, sampleRate: number): Pcm {
  if (sampleRate === pcm.sampleRate || pcm.samples.length === 0) return { samples: pcm.samples, sampleRate }
  const stage = resampleStage(pcm.sampleRate, sampleRate)
  const samples = new Float32Array(resampledLength(pcm.samples.length, pcm.sampleRate, sampleRate))
  let at = 0
  for (let from = 0; from < pcm.samples.length; from += PIECE_SAMPLES) {
    const made = stage.push(pcm.samples.subarray(from, from + PIECE_SAMPLES))
    samples.set(made, at)
    at += made.length
  }
  samples.set(stage.end(), at)
  return { samples, sampleRate }
}
