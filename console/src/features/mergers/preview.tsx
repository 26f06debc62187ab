import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { MergerAsked, Preview as Seen } from '../../api/mergers.ts'
import { addDays } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Unfold } from '../../ui/unfold.tsx'
import { isOrganisation } from './tree.ts'

const Part = ({ title, mark = false, children }: { title: string; mark?: boolean; children: ReactNode }) => (
  <section className="preview-part">
    <h3>
      {mark && <Icon name="mark" size={18} />}
      {title}
    </h3>
    {children}
  </section>
)

type Props = { readonly seen: Seen }

const Units = ({ seen }: Props) => {
  const w = useWords()
  const below = seen.units.filter(({ kind }) => kind !== 'commune')
  const count = (is: (kind: Seen['units'][number]['kind']) => boolean): number =>
    below.filter(({ kind }) => is(kind)).length
  const what = w.mergersPage.units(
    count((kind) => kind === 'village'),
    count((kind) => kind === 'station'),
    count(isOrganisation),
  )
  return (
    <Part title={w.mergersPage.unitsTitle}>
      <p>{w.mergersPage.unitsMove(what, seen.to.name)}</p>
      {below.length > 0 && (
        <Unfold summary={w.mergersPage.seeAll} summaryClass="link">
          <ul className="preview-list in-columns">
            {below.map(({ id, name, was }) => (
              <li key={id}>
                {name} <span className="small soft">{was}</span>
              </li>
            ))}
          </ul>
        </Unfold>
      )}
      {seen.nameClashes.length > 0 && (
        <ul className="preview-list">
          {seen.nameClashes.map(({ name, in: places }) => (
            <li key={name}>
              <Icon name="mark" size={16} /> {w.mergersPage.clash(name, places)}
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

const People = ({ seen }: Props) => {
  const w = useWords()
  const going = seen.people.filter(({ becomes }) => becomes !== 'ends').length
  return (
    <Part title={w.mergersPage.peopleTitle}>
      {seen.people.length === 0 ? (
        <p>{w.mergersPage.peopleNone}</p>
      ) : (
        <>
          <p>{w.mergersPage.peopleMove(going, seen.to.name)}</p>
          <ul className="preview-list in-columns">
            {seen.people.map(({ person, name, role, title, was, becomes }) => (
              <li key={`${person} ${role} ${was}`}>
                {w.mergersPage.person(name, title, was)}
                {becomes === 'ends' && <span className="small soft"> ({w.mergersPage.personEnds})</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  )
}

const Sessions = ({ seen }: Props) => {
  const w = useWords()
  return (
    <Part title={w.mergersPage.sessionsTitle}>
      {seen.sessions.length === 0 ? (
        <p>{w.mergersPage.sessionsNone}</p>
      ) : (
        <ul className="preview-list">
          {seen.sessions.map(({ id, name, from, to, was, becomes }) => (
            <li key={id}>
              {w.mergersPage.session(name, from, to, was)}: <b>{w.mergersPage.sessionFates[becomes]}</b>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}

const Notices = ({ seen }: Props) => {
  const w = useWords()
  if (seen.notices.length === 0) {
    return (
      <Part title={w.mergersPage.noticesTitle}>
        <p>{w.mergersPage.noticesNone}</p>
      </Part>
    )
  }
  return (
    <Part title={w.mergersPage.noticesTitle} mark>
      <p>{w.mergersPage.noticesWhy}</p>
      <ul className="preview-list">
        {seen.notices.map(({ id, release, title, first, times, standing }) => {
          const line = standing
            ? w.mergersPage.standing(w.standing.roles[standing.role] ?? standing.role, title, w.date(standing.to))
            : w.mergersPage.notice(title, first ? w.at(first) : '', times)
          return (
            <li key={release}>
              {id === null ? (
                line
              ) : (
                <Link to="/tin/$notice" params={{ notice: id }}>
                  {line}
                </Link>
              )}
            </li>
          )
        })}
      </ul>
    </Part>
  )
}

const Know = ({ seen }: Props) => {
  const w = useWords()
  return (
    <Part title={w.mergersPage.knowTitle}>
      <ul className="preview-list">
        {seen.warnings.map((code) => (
          <li key={code}>
            <Icon name="mark" size={16} /> {w.mergersPage.warnings[code] ?? code}
          </li>
        ))}
        <li>{w.mergersPage.drafts}</li>
        <li>{w.mergersPage.settings}</li>
      </ul>
    </Part>
  )
}

/** Everything that will happen, in words. */
export const Preview = ({ seen, asked, children }: Props & { asked: MergerAsked; children: ReactNode }) => {
  const w = useWords()
  const gone = seen.units.filter(({ kind, id }) => kind === 'commune' && id !== seen.to.id).map(({ name }) => name)
  const date = w.date(asked.effectiveOn)
  const { clusters, behindGateway, listensChange } = seen.devices
  return (
    <section className="card stack" aria-labelledby="preview-title">
      <h2 id="preview-title" tabIndex={-1}>
        {seen.to.id === null
          ? w.mergersPage.what(gone, seen.to.name, date)
          : w.mergersPage.whatInto(gone, seen.to.name, date)}
      </h2>
      <p>{w.mergersPage.until(w.date(addDays(asked.effectiveOn, -1)))}</p>
      <Part title={w.mergersPage.devicesTitle}>
        <p>{w.mergersPage.devices(listensChange, clusters, behindGateway)}</p>
      </Part>
      <Units seen={seen} />
      <People seen={seen} />
      <Sessions seen={seen} />
      <Notices seen={seen} />
      <Know seen={seen} />
      {children}
    </section>
  )
}
