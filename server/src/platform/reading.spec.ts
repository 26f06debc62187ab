import { read } from '@loa/speech'
import { expect, test } from 'vitest'
import { readAloud } from './reading.ts'

test.each([
  ['a short text', 'Họp thôn lúc 19 giờ 30.'],
  ['a long one', 'Thông báo số 12/TB-UBND ngày 20/11/2026. '.repeat(100)],
  ['a long hostile one', 'A-'.repeat(4500)],
])('%s is read the same wherever it is read', async (_, text) => {
  expect(await readAloud(text)).toEqual(read(text))
})

const lexicon = Array.from({ length: 2_000 }, (_, i) => ({ written: `Ka ${i}`, spoken: 'A-1 12/3 TP. '.repeat(15) }))

test.each([
  ['a long text is read', 'A-'.repeat(4500), []],
  ['a short text is read by two thousand readings of the unit’s own', 'Họp ở Ka 7.', lexicon],
])('while %s, the event loop goes on', async (_, text, by) => {
  const order: string[] = []
  const reading = readAloud(text, by).then(() => order.push('read'))
  await new Promise((done) => setImmediate(done))
  order.push('an approval')
  await reading
  expect(order).toEqual(['an approval', 'read'])
})
