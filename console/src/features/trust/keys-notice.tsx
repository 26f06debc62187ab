import { useTrust } from '../../api/queries.ts'
import { useWords } from '../../i18n/index.tsx'
import { Icon } from '../../ui/icon.tsx'

/** Says plainly who holds the signing keys for now. */
export const KeysNotice = () => {
  const w = useWords()
  const trust = useTrust()
  if (trust.data?.keysHeldBy !== 'server') return null
  return (
    <details className="keys-notice small">
      <summary>
        <Icon name="key" />
        {w.approve.keysTitle}
      </summary>
      <p>{w.code === 'vi' && trust.data.words ? trust.data.words : w.approve.keys}</p>
    </details>
  )
}
