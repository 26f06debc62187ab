import { expect, test } from 'vitest'
import { soundAnswer, stretchOf } from './sound-file.ts'

// biome-ignore format: a table
const stretches: [string | undefined, ReturnType<typeof stretchOf>][] = [
  [undefined,              undefined],
  ['bytes=0-99',           { first: 0, last: 99 }],
  ['bytes=0-0',            { first: 0, last: 0 }],
  ['bytes=990-',           { first: 990, last: 999 }],
  ['bytes=990-5000',       { first: 990, last: 999 }],
  ['bytes=-10',            { first: 990, last: 999 }],
  ['bytes=-5000',          { first: 0, last: 999 }],
  ['bytes=1000-',          'unsatisfiable'],
  ['bytes=-0',             'unsatisfiable'],
  ['bytes=99-0',           undefined],
  ['bytes=-',              undefined],
  ['bytes=0-1,5-6',        undefined],
  ['seconds=0-1',          undefined],
  ['bytes=zero-one',       undefined],
  ['bytes=0-99999999999999999999', undefined],
]

test.each(stretches)('of a thousand bytes, the range %j is %j', (range, stretch) => {
  expect(stretchOf(range, 1000)).toEqual(stretch)
})

const bytes = new Uint8Array([1, 2, 3, 4])

test('a stretch of a sound is answered with where it stands, the whole with its full length', async () => {
  const part = soundAnswer('ab', bytes, { range: 'bytes=1-2', known: undefined })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 1-2/4'])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(new Uint8Array([2, 3]))
  const whole = soundAnswer('ab', bytes, { range: undefined, known: undefined })
  expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, 4])
})

test('a sound that is there already is not sent again', () => {
  expect(soundAnswer('ab', bytes, { range: undefined, known: '"ab"' }).status).toBe(304)
})
