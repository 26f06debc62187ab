import type { HeardByPeople, MobileNumbers } from '../../api/hearing.ts'
import { useWords } from '../../i18n/index.tsx'
import { lampOf } from '../../ui/heard-word.tsx'
import { Lamp } from '../../ui/lamp.tsx'

type Props = { people: HeardByPeople; mobile: MobileNumbers }

const answered = ({ clear, unclear, none }: HeardByPeople): number => clear + unclear + none

/** What people said and what was done, in one line of a list; nothing where nobody said or did anything. */
export const PeopleLine = ({ people, mobile }: Props) => {
  const w = useWords().hearing.people
  const parts = [
    answered(people) > 0 ? w.line(people.clear, people.unclear, people.none) : '',
    mobile.done > 0 ? w.mobile(mobile.done, mobile.listeners) : '',
    mobile.waiting > 0 ? w.waiting(mobile.waiting) : '',
  ].filter(Boolean)
  return parts.length === 0 ? null : <p className="small">{parts.join(' ')}</p>
}

/** What people say of an airing: three numbers of their own beside those of the devices. */
export const PeopleNumbers = ({ people, mobile }: Props) => {
  const w = useWords()
  const words = w.hearing.people
  return (
    <>
      {answered(people) > 0 && (
        <dl className="three">
          {(['clear', 'unclear', 'none'] as const).map((word) => (
            <div key={word}>
              <dd>{w.number(people[word])}</dd>
              <dt>
                <Lamp state={lampOf[word]} />
                {words[word]}
              </dt>
            </div>
          ))}
        </dl>
      )}
      <p className="small soft">
        {people.villagesAsked === 0 ? words.nobodyAsked : words.asked(people.villagesAsked)}{' '}
        {people.villagesAsked > 0 && answered(people) === 0 && words.nobodyYet}{' '}
        {mobile.done > 0 && words.mobile(mobile.done, mobile.listeners)}{' '}
        {mobile.waiting > 0 && words.waiting(mobile.waiting)}
      </p>
      <p className="small soft">{words.never}</p>
    </>
  )
}
