import { type Chance, chanceOf } from './chance.ts'

/** What may go wrong, all of it decided by the seed: the same seed brings the same faults in the same order. */
export type Faults = {
  readonly seed: number
  /** Share of the pieces of a connection that are lost on their first way, 0 … 1; each is sent again until it arrives. */
  readonly loss: number
  /** Bits per second of each link; 0: as fast as the machine. */
  readonly bitsPerSecond: number
  /** Power cuts of devices per minute, over the whole fleet. */
  readonly rebootsPerMinute: number
  /** Clocks at boot are off by up to this many milliseconds either way. */
  readonly clockErrorMs: number
}

export const noFaults: Faults = { seed: 1, loss: 0, bitsPerSecond: 0, rebootsPerMinute: 0, clockErrorMs: 0 }

/** TCP's least waiting time before a segment is sent again, on Linux; it doubles with every further loss (RFC 6298 §5.5). */
export const retransmitMs = 200
/** Linux gives no segment up before this; by then an MQTT keepalive has long ended the connection. */
const retransmitMsMax = 120_000

/** How long a piece is held back, in milliseconds: 0 for most, then one waiting time, or one and two, and so on. */
export const delayOf = (loss: number, chance: Chance): number => {
  let delay = 0
  for (let wait = retransmitMs; chance() < loss && wait <= retransmitMsMax; wait *= 2) delay += wait
  return delay
}

/** Milliseconds by which the clock of a device is off when it boots. */
export const clockErrorOf = ({ seed, clockErrorMs }: Faults, device: number): number =>
  Math.round((chanceOf(seed, 'clock', device)() * 2 - 1) * clockErrorMs)

/** A device that loses its power at some moment after the beginning, and when it has it again. */
export type Reboot = { readonly device: number; readonly atMs: number; readonly backAtMs: number }

const darkMs = { least: 2_000, spread: 18_000 }

/** The power cuts of a fleet, one after another, without end. */
export function* rebootsOf(faults: Faults, devices: number): Generator<Reboot> {
  const chance = chanceOf(faults.seed, 'reboots')
  let atMs = 0
  while (devices > 0 && faults.rebootsPerMinute > 0) {
    // Exponential waiting times: cuts that know nothing of each other.
    atMs += (-Math.log(1 - chance()) * 60_000) / faults.rebootsPerMinute
    const device = Math.floor(chance() * devices)
    yield { device, atMs: Math.round(atMs), backAtMs: Math.round(atMs + darkMs.least + chance() * darkMs.spread) }
  }
}
