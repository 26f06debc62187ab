import { record as en } from './en-record.ts'
import { useLanguage } from './index.tsx'
import { record as vi } from './vi-record.ts'

/** The words of recording, which are not in the first file: they come with the pages on which one records. */
export const useRecordWords = (): typeof vi => (useLanguage().lang === 'en' ? en : vi)
