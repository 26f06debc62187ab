import { extractTextItems, getDocumentProxy } from 'unpdf'
import { linesOfPage } from './layout.ts'
import type { Read } from './read.ts'
import { unwrapped } from './unwrap.ts'

const PAGES_MAX = 50

export const isPdf = (bytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-')

/** The text of a PDF file. A scan holds pictures and no text: whoever has one types or pastes what it says. */
export const textOfPdf = async (bytes: Uint8Array): Promise<Read> => {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  if (pdf.numPages > PAGES_MAX) return { refused: 'document.tooLong' }
  const { items: pages } = await extractTextItems(pdf)
  const lines = pages.flatMap((items) => linesOfPage(items.map((item) => ({ ...item, text: item.str }))))
  const text = unwrapped(lines.join('\n'))
  return text.trim() === '' ? { refused: 'document.noText' } : { text }
}
