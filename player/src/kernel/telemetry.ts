import { type Telemetry, telemetrySchema } from '@loa/protocol'

/** What the files of a Linux board hold, as text; absent where there is no such file. */
export type BoardFiles = {
  /** `/proc/net/wireless`. */
  readonly wireless?: string
  /** Each folder of `/sys/class/power_supply`. */
  readonly supplies: readonly {
    readonly type?: string
    readonly online?: string
    readonly status?: string
    readonly microvolts?: string
  }[]
  /** `/sys/class/thermal/thermal_zone0/temp`, thousandths of a degree. */
  readonly millidegrees?: string
}

const numberIn = (text: string | undefined): number | undefined => {
  const trimmed = text?.trim() ?? ''
  return /^-?\d+(\.\d*)?$/.test(trimmed) ? Number(trimmed) : undefined
}

/** The level of the first interface that is up. Older drivers give dBm as an unsigned byte (wireless extensions, `iwlib.h`). */
const signalIn = (text: string | undefined): number | undefined => {
  for (const line of (text ?? '').split('\n')) {
    const found = /^\s*[\w.-]+:\s+\S+\s+\S+\s+(-?\d+)\.?\s/.exec(line)
    const level = numberIn(found?.[1])
    if (level !== undefined && level !== 0) return level > 63 ? level - 256 : level
  }
  return undefined
}

const isOutside = (type: string | undefined): boolean => type === 'Mains' || type === 'USB'

/** Running from outside: some supply from outside says so. From a battery: none does, or the battery is being emptied. */
const mainsIn = (supplies: BoardFiles['supplies']): boolean | undefined => {
  const outside = supplies.filter(({ type, online }) => isOutside(type) && online !== undefined)
  if (outside.some(({ online }) => online?.trim() === '1')) return true
  if (outside.length > 0) return false
  const batteries = supplies.filter(({ type }) => type === 'Battery' || type === 'UPS')
  if (batteries.length === 0) return undefined
  return !batteries.some(({ status }) => status?.trim() === 'Discharging')
}

const voltsIn = (supplies: BoardFiles['supplies']): number | undefined => {
  const byUse = [...supplies].sort((a, b) => Number(isOutside(a.type)) - Number(isOutside(b.type)))
  const microvolts = byUse.map((supply) => numberIn(supply.microvolts)).find((each) => each !== undefined && each > 0)
  return microvolts === undefined ? undefined : Math.round(microvolts / 10_000) / 100
}

const read = (files: BoardFiles): Readonly<Record<string, number | boolean | undefined>> => {
  const millidegrees = numberIn(files.millidegrees)
  return {
    signalDbm: signalIn(files.wireless),
    powerVolts: voltsIn(files.supplies),
    onMains: mainsIn(files.supplies),
    temperatureC: millidegrees === undefined ? undefined : Math.round(millidegrees / 100) / 10,
  }
}

/** What a board measures of itself. A value no hardware can have is left out, so that one broken sensor spoils nothing else. */
export const telemetryOf = (files: BoardFiles): Telemetry =>
  Object.fromEntries(
    Object.entries(read(files)).filter(
      ([name, value]) => value !== undefined && telemetrySchema.safeParse({ [name]: value }).success,
    ),
  )
