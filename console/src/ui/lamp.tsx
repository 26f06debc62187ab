import type { DotState } from '../api/types.ts'

/** The shape of a state on a 12 × 12 ground: disc, ring with a point in it, hollow circle, diamond, dashed circle. Shape and word carry the meaning, colour only helps. */
export const DotShape = ({ state, x = 0, y = 0 }: { state: DotState; x?: number; y?: number }) => {
  const at = `translate(${x} ${y})`
  switch (state) {
    case 'reported':
      return <circle className="dot-reported" transform={at} cx={6} cy={6} r={4.8} />
    case 'behindGateway':
      return (
        <g transform={at}>
          <circle className="dot-behind" cx={6} cy={6} r={4.3} />
          <circle className="dot-reported" cx={6} cy={6} r={1.7} />
        </g>
      )
    case 'silent':
      return <circle className="dot-silent" transform={at} cx={6} cy={6} r={4.3} />
    case 'fault':
      return <path className="dot-fault" transform={at} d="M6 .2 11.8 6 6 11.8.2 6z" />
    case 'unknown':
      return <circle className="dot-unknown" transform={at} cx={6} cy={6} r={4.3} />
  }
}

/** One sign for a legend or a list. */
export const Lamp = ({ state, size = 14 }: { state: DotState; size?: number }) => (
  <svg className="lamp" width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
    <DotShape state={state} />
  </svg>
)
