import type { DotState, Heard } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Lamp } from '../../ui/lamp.tsx'

type Line = { number: string; lamp: DotState; words: string; shown: boolean }

/** Heard whole, heard in part, silent, unknown: each apart, of clusters and of clusters behind gateways; never added. */
const linesOf = ({ clusters: { devices, behindGateway } }: Heard, w: ReturnType<typeof useWords>): Line[] => {
  const count = (value: number, lamp: DotState, words: string): Line => ({
    number: w.number(value),
    lamp,
    words,
    shown: value > 0,
  })
  const own: Line[] = [
    { number: w.heard.of(devices.reported, devices.total), lamp: 'reported', words: w.heard.devices, shown: true },
    count(devices.partial ?? 0, 'fault', w.heard.partial),
    count(devices.silent, 'silent', w.heard.silent),
    count(devices.unknown, 'unknown', w.heard.unknown),
  ]
  const behind: Line[] = [
    {
      number: w.heard.of(behindGateway.gatewayReported, behindGateway.total),
      lamp: 'behindGateway',
      words: w.heard.behind,
      shown: true,
    },
    count(behindGateway.partial ?? 0, 'fault', w.heard.partialBehind),
    count(behindGateway.silent, 'silent', w.heard.silentBehind),
    count(behindGateway.unknown, 'unknown', w.heard.unknownBehind),
  ]
  return [...(devices.total > 0 ? own : []), ...(behindGateway.total > 0 ? behind : [])].filter(({ shown }) => shown)
}

export const ThreeNumbers = ({ heard }: { heard: Heard }) => {
  const w = useWords()
  return (
    <dl className="three">
      {linesOf(heard, w).map(({ number, lamp, words }) => (
        <div key={words}>
          <dd>{number}</dd>
          <dt>
            <Lamp state={lamp} />
            {words}
          </dt>
        </div>
      ))}
    </dl>
  )
}
