/** A cell as a spreadsheet shows it; null is empty. */
export type Cell = string | number | null

/** Without it spreadsheets take UTF-8 for an old code page, and Vietnamese falls apart. */
const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet would run as a formula: somebody else's title must not. */
const FORMULA = /^[=+\-@\t\r]/

/** Where semicolons part cells, as Vietnamese spreadsheets may have it, a title could begin one of its own; a blank makes it words. */
const AFTER_SEMICOLON = /;(?=[=+\-@\t])/g

const written = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell).replace('.', ',')
  return (FORMULA.test(cell) ? `'${cell}` : cell).replace(AFTER_SEMICOLON, '; ')
}

const quoted = (text: string): string => (/[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as CSV (RFC 4180): comma, CRLF, decimal comma within quotes, UTF-8 with its mark. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map((cell) => quoted(written(cell))).join(',')}\r\n`).join('')

/** `22/11/2026` of a local text like `2026-11-22T17:05:00.000+07:00`; empty where there is none. */
export const dateCell = (iso: string | null): string =>
  iso === null ? '' : `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`

/** `17:05:01` of the same. */
export const timeCell = (iso: string | null): string => (iso === null ? '' : iso.slice(11, 19))
