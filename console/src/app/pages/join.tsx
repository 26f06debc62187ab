import './pages.css'
import '../../features/devices/devices.css'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addressOf, codeIn, commandFor } from '../../features/devices/enrolment.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Page } from '../../ui/page.tsx'

/** What to do with the code at the machine, in the order in which it is done. */
const Steps = ({ code }: { code: string }) => {
  const w = useWords()
  const announce = useAnnounce()
  const address = addressOf({ code }, location.origin)
  const command = commandFor(address)
  const copy = () => void navigator.clipboard?.writeText(command).then(() => announce(w.enrolment.pageCopied))
  return (
    <>
      <p>
        <span className="small soft">{w.network.code}</span>
        <br />
        <output className="join-code">{code}</output>
      </p>
      <ol className="stack join-steps">
        <li>{w.enrolment.pageMachine}</li>
        <li>
          {w.enrolment.pageCommand}
          <code className="small command">{command}</code>
          {navigator.clipboard && (
            <button type="button" className="b line" onClick={copy}>
              {w.enrolment.pageCopy}
            </button>
          )}
        </li>
        <li>
          {w.enrolment.pageOther} <span className="address">{address}</span>
        </li>
        <li>
          {w.enrolment.pageThen} <Link to="/mang-luoi">{w.enrolment.pageNetwork}</Link>
        </li>
      </ol>
      <p className="small soft">{w.enrolment.pageKeep}</p>
    </>
  )
}

/** Where the QR of a label leads on a telephone, signed in or not: what the code is for, and what to do with it. */
export const JoinPage = () => {
  const w = useWords()
  const [code] = useState(() => codeIn(location.hash))
  return (
    <Page title={w.enrolment.pageTitle}>
      <section className="card stack narrow">
        <p>{code === undefined ? w.enrolment.pageNone : w.enrolment.pageLead}</p>
        {code && <Steps code={code} />}
      </section>
    </Page>
  )
}
