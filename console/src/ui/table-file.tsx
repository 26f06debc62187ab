import { useState } from 'react'
import { fetchFile, isRefused, type Refused } from '../api/client.ts'
import { useWords } from '../i18n/index.tsx'
import { saveFile } from '../platform/save-file.ts'
import { useAnnounce } from './announcer.tsx'
import { Icon } from './icon.tsx'
import { Trouble } from './trouble.tsx'

/** Fetches a table for a spreadsheet and gives it to the browser to be kept. */
export const TableFile = ({ path, label }: { path: string; label: string }) => {
  const w = useWords().hearing.table
  const announce = useAnnounce()
  const [refusal, setRefusal] = useState<Refused | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const fetchIt = async () => {
    setBusy(true)
    setRefusal(undefined)
    const file = await fetchFile(path)
    setBusy(false)
    if (isRefused(file)) return setRefusal(file)
    saveFile(file)
    announce(w.saved(file.name))
  }
  return (
    <>
      <button type="button" className="b line" disabled={busy} onClick={() => void fetchIt()}>
        <Icon name="file" />
        {label}
      </button>
      {refusal && <Trouble problem={refusal} title={w.failed} onClose={() => setRefusal(undefined)} />}
    </>
  )
}
