import { Link } from '@tanstack/react-router'
import { type TestResult, useTestResults } from '../../api/network.ts'
import { dateOf, timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import { serverNow } from '../../platform/clock.ts'
import { Icon } from '../../ui/icon.tsx'
import { askedOf, namesOf } from './chime.ts'

/** “Đã kêu 49/50 cụm; chưa kêu: Cụm 2 (Thôn 5).” */
export const useChimeWords = (): ((test: TestResult) => string) => {
  const w = useWords()
  const named = (misses: TestResult['notSounded']): string => {
    const { names, more } = namesOf(misses)
    return [names.join(', '), more > 0 ? w.chime.moreNames(more) : ''].filter(Boolean).join(' ')
  }
  return (test) => {
    if (test.state !== 'listed') return w.chime.notYet(timeOf(test.at))
    const parts = [
      askedOf(test) > 0 ? w.chime.sounded(test.sounded, askedOf(test)) : '',
      test.gatewaySounded > 0 ? w.chime.gateways(test.gatewaySounded) : '',
      test.notSounded.length > 0 ? w.chime.notSounded(named(test.notSounded)) : w.chime.allSounded,
      test.unknown > 0 ? w.chime.unknown(test.unknown) : '',
    ].filter(Boolean)
    const text = parts.join('; ')
    return `${text.charAt(0).toLocaleUpperCase('vi')}${text.slice(1)}.`
  }
}

/** Today's daily chime in one line each; nothing where there was none. */
export const ChimeLine = () => {
  const w = useWords()
  const words = useChimeWords()
  const results = useTestResults(dateOf(serverNow()))
  const tests = results.data ?? []
  if (tests.length === 0) return null
  return (
    <section className="card chime-line" aria-labelledby="chime-line">
      <h2 id="chime-line">{w.chime.title}</h2>
      {tests.map((test) => (
        <p key={test.airing} className="small">
          <b>{w.chime.at(test.unitName, timeOf(test.at))}.</b> {words(test)}
        </p>
      ))}
      <Link to="/mang-luoi/chuong" className="link">
        <Icon name="bell" />
        {w.chime.results}
      </Link>
    </section>
  )
}
