import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences, placesChanged } from './diff.ts'

/** A difference in one line: `[-struck out-]`, `[+put in+]`. */
const shown = (before: string, after: string): string =>
  differences(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text.trim()}+]` : `[-${text.trim()}-]`))
    .join('')

describe('the difference between two revisions of a notice', () => {
  it.each([
    // before                    after                          shown                                       places
    ['từ 7 giờ đến 11 giờ', 'từ 7 giờ đến 11 giờ', 'từ 7 giờ đến 11 giờ', 0],
    ['từ 7 giờ đến trưa', 'từ 8 giờ đến trưa', 'từ [-7-][+8+]giờ đến trưa', 1],
    ['Mời bà con.', 'Mời bà con. Gọi 0255 000 118.', 'Mời bà con. [+Gọi 0255 000 118.+]', 1],
    ['Mời bà con đến họp', 'Mời đến họp', 'Mời [-bà con-]đến họp', 1],
    ['sáng ở thôn 1', 'chiều ở thôn 2', '[-sáng-][+chiều+]ở thôn [-1-][+2+]', 2],
    ['', 'Tin mới', '[+Tin mới+]', 1],
    ['Tin cũ', '', '[-Tin cũ-]', 1],
    ['', '', '', 0],
    ['một  hai', 'một hai', 'một hai', 0],
  ] as const)('of “%s” and “%s” is shown as “%s”', (before, after, expected, places) => {
    expect(shown(before, after)).toBe(expected)
    expect(placesChanged(differences(before, after))).toBe(places)
  })

  it('always gives the new text back when what was struck out is left out', () => {
    const text = fc.array(fc.constantFrom('bà', 'con', 'thôn', '1', 'họp', '\n')).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = differences(before, after)
        const now = pieces.filter(({ kind }) => kind !== 'removed').map((piece) => piece.text)
        expect(now.join('').split(/\s+/).filter(Boolean)).toEqual(after.split(/\s+/).filter(Boolean))
        const old = pieces.filter(({ kind }) => kind !== 'added').map((piece) => piece.text)
        expect(old.join(' ').split(/\s+/).filter(Boolean)).toEqual(before.split(/\s+/).filter(Boolean))
      }),
    )
  })
})
