import type { Audience, Revision } from '../../api/types.ts'
import { dateRuns } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Lamp } from '../../ui/lamp.tsx'

type Props = { revision: Revision; audience: Audience | undefined; topic?: string | undefined }

const When = ({ revision }: { revision: Revision }) => {
  const w = useWords()
  const { plan } = revision
  const repeats = revision.repeats > 1 ? `, ${w.compose.repeats.toLowerCase()}: ${revision.repeats}` : ''
  const long = revision.durationMs > 0 ? w.duration(revision.durationMs) : ''
  return (
    <div>
      <dt>
        <Icon name="calendar" />
        {w.approve.when}
      </dt>
      <dd>
        {plan.when === 'now' ? w.compose.now : `${plan.time}, ${dateRuns(plan.dates).join(', ')}`}
        <small>
          {long}
          {repeats}
        </small>
      </dd>
    </div>
  )
}

/** Where, to whom, when. Clusters that answer for themselves and clusters behind gateways stand on lines of their own. */
export const Facts = ({ revision, audience, topic }: Props) => {
  const w = useWords()
  return (
    <dl className="facts">
      <div>
        <dt>
          <Icon name="pin" />
          {w.approve.where}
        </dt>
        <dd>
          {audience ? w.places(audience.units.map((unit) => unit.name)) : w.compose.counting}
          {audience && audience.clusters.devices > 0 && (
            <small>
              <Lamp state="reported" /> {w.clusters({ devices: audience.clusters.devices, behindGateway: 0 }, 0)}
            </small>
          )}
          {audience && audience.clusters.behindGateway > 0 && (
            <small>
              <Lamp state="behindGateway" />{' '}
              {w.clusters({ devices: 0, behindGateway: audience.clusters.behindGateway }, audience.gateways)}
            </small>
          )}
          {audience?.wider
            .filter((station) => station.villages.length > 0)
            .map((station) => (
              <small key={station.station}>{w.compose.wider(station.name, w.list(station.villages))}</small>
            ))}
        </dd>
      </div>
      {audience?.people != null && (
        <div>
          <dt>
            <Icon name="people" />
            {w.approve.who}
          </dt>
          <dd>{w.compose.people(audience.people)}</dd>
        </div>
      )}
      <When revision={revision} />
      {topic && (
        <div>
          <dt>
            <Icon name="file" />
            {w.compose.topic}
          </dt>
          <dd>
            {topic}
            <small>{w.classes[revision.class]}</small>
          </dd>
        </div>
      )}
    </dl>
  )
}
