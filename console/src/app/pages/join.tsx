import './pages.css'
import { useState } from 'react'
import { codeIn } from '../../features/devices/enrolment.ts'
import { useWords } from '../../i18n/index.tsx'
import { Page } from '../../ui/page.tsx'

/** Where the QR of a label leads on a telephone: it says what the code is for. */
export const JoinPage = () => {
  const w = useWords()
  const [code] = useState(() => codeIn(location.hash))
  return (
    <Page title={w.enrolment.pageTitle}>
      <section className="card stack narrow">
        <p>{code === undefined ? w.enrolment.pageNone : w.enrolment.pageLead}</p>
        {code && (
          <p>
            <span className="small soft">{w.network.code}</span>
            <br />
            <output className="join-code">{code}</output>
          </p>
        )}
      </section>
    </Page>
  )
}
