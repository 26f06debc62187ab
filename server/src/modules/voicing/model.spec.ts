import { expect, test } from 'vitest'
import { timedWords } from './model.ts'

test('a doubt of the reading is kept with the word that is heard: others than the author decide by it', () => {
  const read = [
    { text: 'Ban Chỉ huy', from: 0, to: 3, rule: 'abbreviation.context', doubtful: ['Ban Chấp hành'] },
    { text: 'xê e lờ', from: 4, to: 7, rule: 'spelled', doubtful: [] },
    { text: 'họp', from: 8, to: 11, rule: 'plain' },
  ]
  const heard = timedWords(read, [{ from: 12, to: 19, word: 1 }], [{ from: 12, to: 14, atMs: 700.4 }])
  expect(heard.map(({ doubtful, atMs }) => [doubtful, atMs])).toEqual([
    [['Ban Chấp hành'], 0],
    [[], 700],
    [undefined, 700],
  ])
})
