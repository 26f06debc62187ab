import { timeOf } from '../../i18n/format.ts'
import { useWords } from '../../i18n/index.tsx'
import type { Saving } from './use-draft.ts'

/** “Nháp đã lưu lúc 15:20”. */
export const SavingLine = ({ saving, savedAt }: { saving: Saving; savedAt: string | undefined }) => {
  const w = useWords()
  const words =
    saving.is === 'saved'
      ? w.compose.saved(timeOf(saving.at))
      : saving.is === 'saving'
        ? w.compose.saving
        : saving.is === 'untouched'
          ? savedAt === undefined
            ? w.compose.fresh
            : w.compose.saved(w.at(savedAt))
          : saving.is === 'refused' && saving.refusal.refused === 'notice.classified'
            ? w.compose.notKept
            : w.compose.unsaved
  return <span aria-live="polite">{words}</span>
}
