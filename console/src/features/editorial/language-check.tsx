import { useState } from 'react'
import { isRefused, post, type Refused } from '../../api/client.ts'
import { useRenewNotices } from '../../api/queries.ts'
import type { NoticeWithHistory, Version } from '../../api/types.ts'
import { useWords } from '../../i18n/index.tsx'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Trouble } from '../../ui/trouble.tsx'

type Props = { notice: NoticeWithHistory; version: Version; understands: boolean }

/** A minority-language version is broadcast only after somebody who understands it has listened and said so. */
export const LanguageCheck = ({ notice, version, understands }: Props) => {
  const w = useWords()
  const announce = useAnnounce()
  const renew = useRenewNotices()
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const name = w.within(w.languages[version.language] ?? version.language)
  const check = async () => {
    setBusy(true)
    const answer = await post(`/api/notices/${notice.id}/check`, {
      revision: notice.current.number,
      language: version.language,
    })
    setBusy(false)
    if (isRefused(answer)) return setRefusal(answer)
    await renew()
    announce(w.approve.checked)
  }
  if (version.checkedBy) {
    return (
      <p>
        <span className="tag ok">
          <Icon name="check" size={14} />
          {w.approve.checkBy(version.checkedBy.name, version.checkedAt ? w.at(version.checkedAt) : '')}
        </span>
      </p>
    )
  }
  if (!version.needsCheck) return null
  return (
    <div className="stack tight">
      {refusal && <Trouble problem={refusal} onClose={() => setRefusal(undefined)} />}
      {notice.may.check && understands ? (
        <button type="button" className="b line" disabled={busy} onClick={() => void check()}>
          <Icon name="ear" />
          {w.approve.check(name)}
        </button>
      ) : (
        <p className="callout">
          <Icon name="ear" />
          <span>{w.approve.checkWanted(name)}</span>
        </p>
      )}
    </div>
  )
}
