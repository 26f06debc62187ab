import type { Audience, Plan, Revision } from '../../api/types.ts'
import { dateRuns } from '../../i18n/format.ts'
import { useWords, type Words } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Lamp } from '../../ui/lamp.tsx'
import type { PlannedSession } from './plan.ts'
import { usePlanSessions } from './use-plan.ts'

type Props = { revision: Revision; unit: string; audience: Audience | undefined; topic?: string | undefined }

const planWritten = (plan: Plan, sessions: readonly PlannedSession[], w: Words): string => {
  const named = (ids: readonly string[]): string =>
    w.list(ids.flatMap((id) => sessions.find((session) => session.id === id)?.name ?? []).map(w.plan.session))
  switch (plan.when) {
    case 'now':
      return w.compose.now
    case 'times':
      return `${plan.time}, ${dateRuns(plan.dates).join(', ')}`
    case 'sessions':
      return `${w.plan.inSessions(named(plan.sessions))}, ${dateRuns(plan.dates).join(', ')}`
    case 'standing':
      return [w.standing.roles[plan.role], named(plan.sessions), w.standing.period(w.date(plan.from), w.date(plan.to))]
        .filter(Boolean)
        .join(', ')
  }
}

const When = ({ revision, unit }: { revision: Revision; unit: string }) => {
  const w = useWords()
  const { plan } = revision
  const sessions = usePlanSessions(unit, plan)
  const repeats = revision.repeats > 1 ? `, ${w.compose.repeats.toLowerCase()}: ${revision.repeats}` : ''
  const long = revision.durationMs > 0 ? w.duration(revision.durationMs) : ''
  return (
    <div>
      <dt>
        <Icon name="calendar" />
        {w.approve.when}
      </dt>
      <dd>
        {planWritten(plan, sessions, w)}
        <small>
          {long}
          {repeats}
        </small>
      </dd>
    </div>
  )
}

const Behalf = ({ behalf }: { behalf: Revision['onBehalfOf'] }) => {
  const w = useWords()
  if (!behalf) return null
  return (
    <div>
      <dt>
        <Icon name="people" />
        {w.plan.behalf}
      </dt>
      <dd>
        {behalf.name}
        <small>{w.purposes[behalf.purpose] ?? behalf.purpose}</small>
      </dd>
    </div>
  )
}

/** Where, to whom, when. Clusters that answer for themselves and clusters behind gateways stand on lines of their own. */
export const Facts = ({ revision, unit, audience, topic }: Props) => {
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
      <When revision={revision} unit={unit} />
      <Behalf behalf={revision.onBehalfOf} />
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
