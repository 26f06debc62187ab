import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import type { Read } from './read.ts'

const DOCUMENT = 'word/document.xml'
/** A document of fifty pages has about two megabytes; a small file that grows beyond this was made to do so. */
const XML_MAX_BYTES = 20_000_000

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03

/** Lines of a WordprocessingML document (ECMA-376): a paragraph is a line, a table's cells follow one another. */
export const linesOfWord = (xml: string): string => {
  const lines: string[] = []
  let line = ''
  let inText = false
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    if (name === 'w:t') inText = true
    else if (name === 'w:tab') line += '\t'
    else if (name === 'w:br' || name === 'w:cr') line += '\n'
    else if (name === 'w:noBreakHyphen') line += '-'
  })
  parser.on('text', (text) => {
    if (inText) line += text
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false
    if (name !== 'w:p') return
    lines.push(line)
    line = ''
  })
  parser.on('doctype', () => {
    throw new Error('a Word document has no document type')
  })
  parser.write(xml).close()
  return lines.join('\n')
}

/** The text of a .docx file. A .doc of before 2007 is no zip, and is not read. */
export const textOfWord = (bytes: Uint8Array): Read => {
  let tooLarge = false
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      tooLarge ||= name === DOCUMENT && originalSize > XML_MAX_BYTES
      return name === DOCUMENT && !tooLarge
    },
  })
  if (tooLarge) return { refused: 'document.tooLong' }
  const xml = files[DOCUMENT]
  if (xml === undefined) return { refused: 'document.formatUnknown' }
  const text = linesOfWord(new TextDecoder().decode(xml))
  return text.trim() === '' ? { refused: 'document.noText' } : { text }
}
