import type { DotState, NetworkPulse } from '../../api/types.ts'

type Dots = NetworkPulse['communes'][number]['dots']

/** Faults and silence last, so that an eye running along a row meets them where the row changes. */
export const dotOrder: readonly DotState[] = ['reported', 'behindGateway', 'unknown', 'silent', 'fault']

/** One entry a cluster, in drawing order. */
export const eachDot = (dots: Dots): DotState[] =>
  dotOrder.flatMap((state) =>
    dots.filter((dot) => dot.state === state).flatMap((dot) => Array.from({ length: dot.count }, () => state)),
  )

/** How many clusters of each state there are over all communes. States stay apart: no sum of two states is made. */
export const countsOf = (communes: NetworkPulse['communes']): { state: DotState; count: number }[] =>
  dotOrder.map((state) => ({
    state,
    count: communes
      .flatMap((commune) => commune.dots)
      .reduce((sum, dot) => sum + (dot.state === state ? dot.count : 0), 0),
  }))
