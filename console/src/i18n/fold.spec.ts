import { expect, test } from 'vitest'
import { byGivenName, fold, foundIn } from './fold.ts'

test.each([
  ['Xơ Đăng', 'xo dang'],
  ['ĐẮK LẮK', 'dak lak'],
  ['H’re', 'hre'],
  ["K'Bang", 'kbang'],
  ['Ẵm ậ Ỷ ộ', 'am a y o'],
])('%s folds to %s, composed or not', (written, folded) => {
  expect([fold(written.normalize('NFC')), fold(written.normalize('NFD'))]).toEqual([folded, folded])
})

test.each([
  ['Trần Thị Hạnh', 'hanh', true],
  ['Trần Thị Hạnh', 'Trần h', true],
  ['Trần Thị Hạnh', 'anh', false],
  ['Dừng tất cả', 'dung tat', true],
  ['Dừng tất cả', '', true],
])('in %s the words “%s” are found: %s', (text, query, found) => {
  expect(foundIn(text, query)).toBe(found)
})

test('people are in the order of their given names, as a Vietnamese list is', () => {
  const names = ['Trần Thị Hạnh', 'Đặng Thị Liên', 'Cao Thị Ân', 'Hồ Văn Đức', 'Lê Thị Ân']
  expect(names.sort(byGivenName)).toEqual(['Cao Thị Ân', 'Lê Thị Ân', 'Hồ Văn Đức', 'Trần Thị Hạnh', 'Đặng Thị Liên'])
})
