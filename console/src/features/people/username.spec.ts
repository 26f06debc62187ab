import { expect, test } from 'vitest'
import { suggestedUsername, USERNAME } from './username.ts'

test.each([
  ['Trần Thị Hạnh', 'hanhtt'],
  ['Đỗ Ẩn', 'and'],
  ['  Hồ  Văn Biên ', 'bienhv'],
  ['K’Bang', 'kbang'],
])('for %s the user name %s is offered', (name, username) => {
  expect(suggestedUsername(name)).toBe(username)
  expect(username).toMatch(USERNAME)
})

test('nothing is offered before a name is written', () => {
  expect(suggestedUsername('')).toBe('')
})
