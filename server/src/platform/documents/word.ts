import { unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import type { Read } from './read.ts'

const DOCUMENT = 'word/document.xml'
/** A document of fifty pages has about two megabytes; a small file that grows beyond this was made to do so. */
const XML_MAX_BYTES = 20_000_000

/** A line that shows its sign already. */
const SIGNED = /^\s*(?:[-–+•*]|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}[.)]|[a-zđ][.)])\s/u

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03

/** The columns of a letterhead and of the signatures; a schedule with cells of several lines has more. */
const COLUMNS_OF_HEAD = 2

/** The lines of a row: its cells side by side, as in a schedule; those of a letterhead, of several lines each, one after another. */
const linesOfRow = (cells: readonly (readonly string[])[]): readonly string[] => {
  const written = cells.map((lines) => lines.filter((line) => line.trim() !== ''))
  const isRow = cells.length > COLUMNS_OF_HEAD || written.every((lines) => lines.length <= 1)
  return isRow ? [written.map((lines) => lines.map((line) => line.trim()).join(' ')).join('\t')] : cells.flat()
}

/** What is being read: lines, and the row of the table that they stand in. A table within a cell is read as its lines. */
class Lines {
  readonly done: string[] = []
  #cells: string[][] | undefined
  #depth = 0

  add(line: string): void {
    const cell = this.#cells?.at(-1)
    if (cell === undefined) this.done.push(line)
    else cell.push(line)
  }

  open(name: string): void {
    if (name === 'w:tbl') this.#depth += 1
    if (this.#depth !== 1) return
    if (name === 'w:tr') this.#cells = []
    if (name === 'w:tc') this.#cells?.push([])
  }

  close(name: string): void {
    if (name === 'w:tr' && this.#depth === 1) {
      this.done.push(...linesOfRow(this.#cells ?? []))
      this.#cells = undefined
    }
    if (name === 'w:tbl') this.#depth -= 1
  }
}

/**
 * Word numbers lists by itself: the signs are not in the text. An item gets a dash, one within an item a plus, as people write them.
 */
class ListSign {
  #level: number | undefined

  open(name: string, value: string): void {
    if (name === 'w:p') this.#level = undefined
    if (name === 'w:ilvl') this.#level = Number(value)
    if (name === 'w:numId') this.#level = value === '0' ? undefined : (this.#level ?? 0)
  }

  before(line: string): string {
    if (this.#level === undefined || line.trim() === '' || SIGNED.test(line)) return line
    return `${this.#level === 0 ? '-' : '+'} ${line}`
  }
}

/** Lines of a WordprocessingML document (ECMA-376): a paragraph is a line, and so is a row of a table. */
export const linesOfWord = (xml: string): string => {
  const lines = new Lines()
  const sign = new ListSign()
  let line = ''
  let inText = false
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    lines.open(name)
    sign.open(name, String(attributes['w:val'] ?? ''))
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
    lines.close(name)
    if (name !== 'w:p') return
    lines.add(sign.before(line))
    line = ''
  })
  parser.on('doctype', () => {
    throw new Error('a Word document has no document type')
  })
  parser.write(xml).close()
  return lines.done.join('\n')
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
