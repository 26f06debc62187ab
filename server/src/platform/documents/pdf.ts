import { extractText, getDocumentProxy } from 'unpdf'
import type { Read } from './read.ts'
import { unwrapped } from './unwrap.ts'

const PAGES_MAX = 50

export const isPdf = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')

/** The text of a PDF file. A scan holds pictures and no text: whoever has one types or pastes what it says. */
export const textOfPdf = async (bytes: Uint8Array): Promise<Read> => {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  if (pdf.numPages > PAGES_MAX) return { refused: 'document.tooLong' }
  const { text: pages } = await extractText(pdf, { mergePages: false })
  const text = unwrapped(pages.join('\n'))
  return text.trim() === '' ? { refused: 'document.noText' } : { text }
}
