import { expect, it } from 'vitest'
import { countsOf, eachDot } from './dots.ts'

const commune = (dots: Parameters<typeof eachDot>[0]) => ({ unit: 'x', name: 'x', dots, clusters: 0, horns: 0 })

it('there is one dot a cluster, and what needs a look comes last', () =>
  expect(
    eachDot([
      { state: 'fault', count: 1 },
      { state: 'reported', count: 2 },
      { state: 'behindGateway', count: 1 },
      { state: 'silent', count: 1 },
    ]),
  ).toEqual(['reported', 'reported', 'behindGateway', 'silent', 'fault']))

it('clusters behind a gateway and unknown ones are counted apart, never among those that can be heard', () => {
  const counts = countsOf([
    commune([
      { state: 'reported', count: 12 },
      { state: 'behindGateway', count: 26 },
    ]),
    commune([
      { state: 'reported', count: 3 },
      { state: 'unknown', count: 4 },
    ]),
  ])
  expect(Object.fromEntries(counts.map(({ state, count }) => [state, count]))).toEqual({
    reported: 15,
    behindGateway: 26,
    unknown: 4,
    silent: 0,
    fault: 0,
  })
})
