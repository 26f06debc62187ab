import type { Instant, Telemetry } from '@loa/protocol'
import { chanceOf } from './chance.ts'

/** Something that is wrong with a simulated device, so that a demonstration has something to be mended. */
export const memberFaults = ['away', 'lowPower', 'weakSignal'] as const
/** `away`: enrolled and never switched on. `lowPower`: mains gone, the battery nearly empty. `weakSignal`: at the edge of the cell. */
export type MemberFault = (typeof memberFaults)[number]

const HOUR_MS = 3_600_000
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** What a simulated board measures at an instant: the same for the same name, instant and fault. */
export const measuresOf = (name: string, now: Instant, fault?: MemberFault): Telemetry => {
  const own = chanceOf('measures', name)
  const [signal, volts, warmth, phase] = [own(), own(), own(), own()]
  // a link wavers from quarter to quarter of an hour, a box grows warm with the day
  const waver = chanceOf('waver', name, Math.floor(now / (HOUR_MS / 4)))() * 8 - 4
  const day = Math.sin(((now / HOUR_MS + 1) / 24 + phase * 0.05) * 2 * Math.PI)
  return {
    signalDbm: Math.round((fault === 'weakSignal' ? -108 : -62 - signal * 24) + waver),
    powerVolts: rounded(fault === 'lowPower' ? 10.9 + waver / 40 : 12.6 + volts * 0.9 + waver / 40, 2),
    onMains: fault !== 'lowPower',
    temperatureC: rounded(38 + warmth * 8 + day * 5, 1),
  }
}
