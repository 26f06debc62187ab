import type { Heard } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { Lamp } from '../../ui/lamp.tsx'

/** Reported, behind a gateway that reported, unknown: side by side, never added together. */
export const ThreeNumbers = ({ heard }: { heard: Heard }) => {
  const w = useWords()
  const { devices, behindGateway } = heard.clusters
  const unknown = devices.unknown + behindGateway.unknown
  const silent = devices.silent + behindGateway.silent
  return (
    <dl className="three">
      <div>
        <dd>{w.heard.of(devices.reported, devices.total)}</dd>
        <dt>
          <Lamp state="reported" />
          {w.heard.devices}
        </dt>
      </div>
      {behindGateway.total > 0 && (
        <div>
          <dd>{w.heard.of(behindGateway.gatewayReported, behindGateway.total)}</dd>
          <dt>
            <Lamp state="behindGateway" />
            {w.heard.behind}
          </dt>
        </div>
      )}
      <div>
        <dd>{w.number(unknown)}</dd>
        <dt>
          <Lamp state="unknown" />
          {w.heard.unknown}
        </dt>
      </div>
      {silent > 0 && (
        <div>
          <dd>{w.number(silent)}</dd>
          <dt>
            <Lamp state="silent" />
            {w.heard.silent}
          </dt>
        </div>
      )}
    </dl>
  )
}
