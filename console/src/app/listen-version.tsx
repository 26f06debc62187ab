import type { Version } from '../api/types.ts'
import { ListenAlong } from '../features/voicing/listen-along.tsx'
import { useWords } from '../i18n/index.tsx'

/** A version's whole airing to listen to; its reading alone while it was not submitted; or the word that there is no sound. */
export const ListenVersion = ({ version }: { version: Version }) => {
  const w = useWords()
  const sound = version.sound ?? version.voicing?.sound
  if (!sound) return <p className="soft">{w.approve.noSound}</p>
  return (
    <ListenAlong sound={sound} label={w.languages[version.language] ?? version.language} voicing={version.voicing} />
  )
}
