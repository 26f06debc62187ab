import { join } from 'node:path'
import { distributionOf } from '../figures.ts'
import { Installation } from '../installation.ts'
import type { Place } from '../place.ts'
import { besideOf, type Measured } from '../report.ts'

const BUDGET_S = 5

const startedIn = async (installation: Installation): Promise<number> => {
  const began = performance.now()
  installation.launchAsUser()
  await installation.untilWell(10)
  return (performance.now() - began) / 1000
}

/** A start on a home that has been started before, until /healthz answers 200. */
export const warmStart = async (place: Place): Promise<Measured> => {
  const runs = place.quick ? 3 : 5
  const installation = await Installation.in(join(place.folder, 'warm-start'))
  const first = await startedIn(installation)
  await installation.stop()
  const seconds: number[] = []
  for (let run = 0; run < runs; run++) {
    seconds.push(await startedIn(installation))
    await installation.stop()
  }
  const startS = distributionOf(seconds)
  return {
    rows: [
      { what: 'second start → /healthz 200, p50', ours: startS.p50, unit: 's', beside: besideOf(BUDGET_S) },
      { what: 'second start → /healthz 200, longest', ours: startS.max, unit: 's', beside: besideOf(BUDGET_S) },
      { what: 'first start on an empty home, the console built if need be', ours: first, unit: 's' },
    ],
    notes: [`${runs} starts by tools/start.mjs, each after an orderly stop; the demonstration is in the database`],
    distribution: { startS },
  }
}
