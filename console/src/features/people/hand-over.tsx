import { useEffect, useRef } from 'react'
import type { HandedOver } from '../../api/people.ts'
import { useWords } from '../../i18n/index.tsx'

type Props = { name: string; handedOver: HandedOver; onDone: () => void }

/** A password to be read out or copied, once: nobody can see it again, neither here nor on the server. */
export const HandOver = ({ name, handedOver, onDone }: Props) => {
  const w = useWords()
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <section className="hand-over stack tight" aria-label={w.people.handOver(name)} tabIndex={-1} ref={box}>
      <h3>{w.people.handOver(name)}</h3>
      <dl>
        <dt>{w.signIn.username}</dt>
        <dd>{handedOver.username}</dd>
        <dt>{w.people.oneTime}</dt>
        <dd>{handedOver.password}</dd>
      </dl>
      <p className="small">{w.people.handOverHow}</p>
      <div>
        <button type="button" className="b main" onClick={onDone}>
          {w.people.handedOver}
        </button>
      </div>
    </section>
  )
}
