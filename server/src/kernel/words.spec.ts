import { expect, test } from 'vitest'
import { wantedOf } from './words.ts'

test.each([
  ['Xơ Đăng', "'xo' & 'dang':*", "'xơ' & 'đăng':*"],
  ['xo dang', "'xo' & 'dang':*", "'xo' & 'dang':*"],
  ['H’re', "'hre':*", "'hre':*"],
  ['  thôn 12a,  ', "'thon' & '12a':*", "'thôn' & '12a':*"],
  ["a' | 'b' & !c:* \\", "'a' & 'b' & 'c':*", "'a' & 'b' & 'c':*"],
])('%s is asked for as %s', (line, folded, exact) => {
  expect(wantedOf(line, 5)).toEqual({ folded, exact, most: 5 })
  expect(wantedOf(line.normalize('NFD'), 5)).toEqual({ folded, exact, most: 5 })
})

test.each(['', '   ', '!!!', '’', '\u0000', '中文'])('a line without a word of ours asks for nothing: “%s”', (line) => {
  expect(wantedOf(line, 5)).toBeUndefined()
})

test('a pasted page is cut to a line of eight words', () => {
  expect(wantedOf('mot hai ba bon nam sau bay tam chin muoi', 5)?.folded).toBe(
    "'mot' & 'hai' & 'ba' & 'bon' & 'nam' & 'sau' & 'bay' & 'tam':*",
  )
  expect(wantedOf('a'.repeat(1_000_000), 5)?.folded.length).toBe(104)
})
