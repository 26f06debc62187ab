import { expect, test } from 'vitest'
import { beginsOf, paragraphsOf, placeAt, readAfter, syllablesIn } from './prompt.ts'

const long = `${'Mời bà con dọn vệ sinh đường làng ngõ xóm. '.repeat(6)}Lúc 7.30 sáng mai.`

// biome-ignore format: a table
test.each<[string, string, number]>([
  ['lines are paragraphs, empty ones are none',              'Kính thưa bà con.\n\n  \nMai họp thôn.\n', 2],
  ['a long paragraph is shown sentence by sentence',         long,                                       7],
  ['a number with a point in it does not end a sentence',    'Lúc 7.30 sáng mai.',                       1],
  ['no text is no paragraph',                                ' \n ',                                     0],
])('%s', (_title, text, count) => {
  expect(paragraphsOf(text)).toHaveLength(count)
})

test('no word of the text is lost', () => {
  expect(paragraphsOf(long).join(' ').split(/\s+/)).toEqual(long.trim().split(/\s+/))
})

test('a long paragraph is read for longer, and at the end one stands at the end', () => {
  const paragraphs = ['một hai ba bốn năm sáu bảy', 'tám']
  const begins = beginsOf(paragraphs)
  expect(begins).toEqual([0, 10, 14])
  expect(placeAt(begins, 5)).toEqual({ paragraph: 0, share: 0.5 })
  expect(placeAt(begins, 10)).toEqual({ paragraph: 1, share: 0 })
  expect(placeAt(begins, 99)).toEqual({ paragraph: 1, share: 1 })
  expect(placeAt(beginsOf([]), 3)).toEqual({ paragraph: 0, share: 1 })
})

test('a faster speed is through sooner', () => {
  const minutes = (['slow', 'middle', 'fast'] as const).map((speed) => readAfter(60_000, speed))
  expect(minutes).toEqual([150, 195, 240])
  expect(syllablesIn('  Mời  bà con ')).toBe(3)
})
