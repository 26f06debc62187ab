import './hearing.css'
import { Link } from '@tanstack/react-router'
import type { HearingWord, SaidOfAiring } from '../../api/hearing.ts'
import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { HeardWordMark } from '../../ui/heard-word.tsx'

/** What each person said of one airing, with the words they said before. */
export const SaidOfOne = ({ said }: { said: readonly SaidOfAiring[] }) => {
  const w = useWords()
  const words = w.hearing.words
  if (said.length === 0) return null
  return (
    <ul className="said-list">
      {said.map(({ village, villageName, name, word, saidAt, earlier }) => (
        <li key={`${village} ${name} ${saidAt}`}>
          <HeardWordMark word={word} />
          <p className="small soft">
            {villageName}, {name}, {w.at(saidAt)}
            {earlier.length > 0 &&
              `; ${w.hearing.people.earlier(earlier.map((each) => `${words[each.word]} (${timeOf(each.saidAt)})`).join(', '))}`}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** What people said lately, the newest first. */
export const SaidLately = ({ words }: { words: readonly HearingWord[] }) => {
  const w = useWords()
  if (words.length === 0) return <p className="empty">{w.hearing.said.empty}</p>
  return (
    <ul className="said-list">
      {words.map(({ airing, title, village, villageName, name, word, saidAt, earlier }) => (
        <li key={`${airing} ${village} ${name} ${saidAt}`}>
          <HeardWordMark word={word} />
          <p className="small soft">
            {villageName}, {name}, {w.at(saidAt)}
            {earlier > 0 && `; ${w.hearing.people.changed(earlier)}`}
          </p>
          <Link to="/da-phat/$airing" params={{ airing }} className="link">
            {title}
          </Link>
        </li>
      ))}
    </ul>
  )
}
