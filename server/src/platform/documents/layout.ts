/** A piece of text on a page: its lower left corner, width and height of its letters, in points; y grows upwards. */
export type Item = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Line = { text: string; readonly y: number; end: number }
type Cell = { readonly x: number; readonly lines: Line[] }

/** Raised and lowered letters, as in m³, stand within this share of a letter's height; a next line does not. */
const SAME_LINE_SHARE = 0.6
/** A gap this many letters high parts the cells of a row; the blanks of a justified line are narrower. */
const GAP_SHARE = 1.1
/** Where a row begins further left than its last cell by this many points, it is another row. */
const BACK_POINTS = 5
/** A letterhead and a signature stand in two columns; a schedule has more. */
const TABLE_CELLS_MIN = 3
/** What is longer is no cell of a schedule but a page whose head was drawn last. */
const CELL_LINES_MAX = 8
const CELL_CHARACTERS_MAX = 300

const textOf = ({ lines }: Cell): string => lines.map(({ text }) => text.trim()).join(' ')

const isTable = (cells: readonly Cell[]): boolean =>
  cells.length >= TABLE_CELLS_MIN &&
  cells.every((cell) => cell.lines.length <= CELL_LINES_MAX && textOf(cell).length <= CELL_CHARACTERS_MAX)

/** Cells side by side on one line each are one line of the page; else each is read to its end. */
const linesOf = (cells: readonly Cell[]): readonly string[] => {
  if (cells.length === 0) return []
  if (isTable(cells)) return [cells.map((cell) => textOf(cell).replace(/\s+/gu, ' ')).join('\t')]
  const [first] = cells
  const sameLine = cells.every(({ lines }) => lines.length === 1 && lines[0]?.y === first?.lines[0]?.y)
  return sameLine ? [cells.map(textOf).join(' ')] : cells.flatMap(({ lines }) => lines.map(({ text }) => text))
}

/** Reads items in the order in which they were drawn, cell after cell of a row. */
class Reader {
  readonly done: string[] = []
  #cells: Cell[] = []

  #flush(): void {
    this.done.push(...linesOf(this.#cells))
    this.#cells = []
  }

  /** A cell beside what was read: of lines that stood alone until now, those above are no part of the row. */
  #beside(cell: Cell, above: number): void {
    const [first] = this.#cells
    if (this.#cells.length === 1 && first) {
      const from = first.lines.findIndex(({ y }) => y <= above)
      this.done.push(...first.lines.slice(0, from).map(({ text }) => text))
      this.#cells = [{ x: first.x, lines: first.lines.slice(from) }]
    }
    this.#cells.push(cell)
  }

  #startRow(cell: Cell): void {
    this.#flush()
    this.#cells = [cell]
  }

  read({ text, x, y, width, height }: Item): void {
    const line: Line = { text, y, end: x + width }
    const fresh: Cell = { x, lines: [line] }
    const cell = this.#cells.at(-1)
    const last = cell?.lines.at(-1)
    if (cell === undefined || last === undefined) {
      this.#startRow(fresh)
      return
    }
    const rise = y - last.y
    if (Math.abs(rise) < height * SAME_LINE_SHARE) {
      if (x - last.end > height * GAP_SHARE) this.#beside({ x, lines: [{ ...line, y: last.y }] }, last.y)
      else {
        last.text += text
        last.end = Math.max(last.end, line.end)
      }
    } else if (rise > 0 && x > cell.x + BACK_POINTS) this.#beside(fresh, y + height)
    else if (rise < 0 && (this.#cells.length === 1 || x > cell.x - BACK_POINTS)) cell.lines.push(line)
    else this.#startRow(fresh)
  }

  end(): readonly string[] {
    this.#flush()
    return this.done
  }
}

/**
 * The lines of a page. A row of three cells or more is one line, its cells parted by tabs, however many lines each of them has:
 * which village stands beside which hour is told by that alone.
 */
export const linesOfPage = (items: readonly Item[]): readonly string[] => {
  const reader = new Reader()
  let blank = ''
  for (const item of items) {
    if (item.text.trim() === '') {
      blank = item.text === '' ? blank : ' '
      continue
    }
    reader.read({ ...item, text: blank + item.text })
    blank = ''
  }
  return reader.end().map((line) => line.replace(/ +/g, ' ').trim())
}
