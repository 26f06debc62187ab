import { describe, expect, test } from 'vitest'
import { type Cell, csvOf, dateCell, timeCell } from './csv.ts'

describe('a table for a spreadsheet', () => {
  const cases: [string, Cell, string][] = [
    ['words stay words', 'Họp thôn', 'Họp thôn'],
    ['nothing is an empty cell', null, ''],
    ['a number is written as here', 39.5, '"39,5"'],
    ['a whole number too', 1107, '1107'],
    ['a comma is kept together', 'Thôn 1, xã A', '"Thôn 1, xã A"'],
    ['quotation marks are doubled', 'Tin “khẩn” và "thường"', '"Tin “khẩn” và ""thường"""'],
    ['a line break stays within its cell', 'một\nhai', '"một\nhai"'],
    ['a title is never a formula', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['nor one that begins with a sign', '+84 tin', "'+84 tin"],
    ['nor is one within a title, where semicolons part cells', 'Tin;=HYPERLINK("x")', '"Tin; =HYPERLINK(""x"")"'],
    ['a negative number is a number, not a formula', -18, '-18'],
  ]
  test.each(cases)('%s', (_, cell, expected) => {
    expect(csvOf([[cell]])).toBe(`\uFEFF${expected}\r\n`)
  })

  test('begins with the mark by which spreadsheets know UTF-8, and has one line for each row', () => {
    expect(
      csvOf([
        ['a', 'b'],
        ['c', 1],
      ]),
    ).toBe('\uFEFFa,b\r\nc,1\r\n')
  })

  test('dates and times are written as people here write them', () => {
    const iso = '2026-11-22T17:05:01.250+07:00'
    expect([dateCell(iso), timeCell(iso), dateCell(null), timeCell(null)]).toEqual(['22/11/2026', '17:05:01', '', ''])
  })
})
