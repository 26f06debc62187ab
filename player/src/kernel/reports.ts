import type { Instant } from '@loa/protocol'

/** The same refusal is told once in this time, so that a flood of bad messages does not become a flood of reports. */
const sameCodeMs = 60_000
/** All refusals together, in any minute. */
const perMinuteMax = 10

/** Whether a refusal may be reported now; bounds what an attacker can make a device send. */
export const createReportLimit = (): ((now: Instant, code: string) => boolean) => {
  const lastByCode = new Map<string, Instant>()
  let recent: Instant[] = []
  return (now, code) => {
    const last = lastByCode.get(code)
    if (last !== undefined && now - last < sameCodeMs && now >= last) return false
    recent = recent.filter((at) => now - at < 60_000 && now >= at)
    if (recent.length >= perMinuteMax) return false
    recent.push(now)
    lastByCode.set(code, now)
    return true
  }
}
