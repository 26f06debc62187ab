/** What a person pasted, made clean or refused. */
import { legacyFontOf } from './legacy-fonts.ts'

/** About two hours of speech; longer texts are pasted by mistake. */
export const TEXT_CHARS_MAX = 100_000

export type CheckedText =
  | { readonly text: string }
  | {
      readonly refused: 'text.tooLong' | 'text.legacyFont' | 'text.control'
      readonly detail?: Readonly<Record<string, string | number>>
    }

const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g
/** Control characters, halves of pairs, non-characters and the sign of a broken decoding. */
const CONTROL = /(?![\t\n])[\p{Cc}\p{Cs}\p{Cn}\ufffd]/u
/** More marks on one letter are decoration, and sorting them would take quadratic time. */
const MARK_STACK = /(\p{M}{4})\p{M}+/gu

/**
 * Checks a text for reading: at most 100 000 UTF-16 units, no control characters, no old font.
 * Returns it in NFC with line ends as \n and without invisible marks.
 */
export const checkText = (source: string): CheckedText => {
  if (source.length > TEXT_CHARS_MAX) {
    return { refused: 'text.tooLong', detail: { length: source.length, max: TEXT_CHARS_MAX } }
  }
  const lines = source.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
  const control = CONTROL.exec(lines)
  if (control !== null) {
    return { refused: 'text.control', detail: { at: control.index, code: control[0].codePointAt(0) ?? 0 } }
  }
  // The soft hyphen is a letter of TCVN3, so the font is looked for before it goes.
  const font = legacyFontOf(lines.replace(MARK_STACK, '$1').normalize('NFC'))
  if (font !== undefined) return { refused: 'text.legacyFont', detail: { font } }
  const text = lines.replace(INVISIBLE, '').replace(MARK_STACK, '$1').normalize('NFC').replaceAll('\u00a0', ' ')
  return { text }
}
