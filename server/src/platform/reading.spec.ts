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

test('while a long text is read, the event loop goes on', async () => {
  const order: string[] = []
  const reading = readAloud('A-'.repeat(4500)).then(() => order.push('read'))
  await new Promise((done) => setImmediate(done))
  order.push('an approval')
  await reading
  expect(order).toEqual(['an approval', 'read'])
})
