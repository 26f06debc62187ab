import './hearing.css'
import { useEffect, useRef } from 'react'
import type { NewHearingLink } from '../../api/hearing.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Field } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Qr } from '../../ui/qr.tsx'

export type MadeLink = NewHearingLink & { name: string; villageName: string; phone: string | null }

/** The address as telephones reach this server: the one in the address bar. */
const addressOf = ({ token }: NewHearingLink): string => `${location.origin}/nghe/${token}`

const digits = (phone: string): string => phone.replace(/[^+\d]/g, '')

/** A link that was just made, shown once: to be scanned, copied or sent. */
export const LinkNew = ({ link, onClose }: { link: MadeLink; onClose: () => void }) => {
  const w = useWords().hearing.links
  const announce = useAnnounce()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const url = addressOf(link)
  const message = w.message(link.name, url)
  const copy = async (text: string) => {
    // without HTTPS a browser has no clipboard to offer
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(() => false)
    announce(isCopied ? w.copied : w.notCopied)
  }
  return (
    <section className="link-new" aria-labelledby="new-link-title">
      <Qr text={url} label={w.qr(link.name)} />
      <div className="stack">
        <h3 id="new-link-title" ref={heading} tabIndex={-1}>
          {w.for(link.name, link.villageName)}
        </h3>
        <p className="small">{w.once}</p>
        <Field label={w.url}>
          {(id) => (
            <input id={id} className="in" readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
          )}
        </Field>
        <div className="row wrap">
          <button type="button" className="b main" onClick={() => void copy(message)}>
            <Icon name="file" />
            {w.copyMessage}
          </button>
          <button type="button" className="b line" onClick={() => void copy(url)}>
            {w.copy}
          </button>
          {link.phone && (
            <a className="b line" href={`sms:${digits(link.phone)}?body=${encodeURIComponent(message)}`}>
              {w.sms}
            </a>
          )}
          <button type="button" className="b" onClick={onClose}>
            {w.finish}
          </button>
        </div>
      </div>
    </section>
  )
}
