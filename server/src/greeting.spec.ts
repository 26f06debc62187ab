import { expect, test } from 'vitest'
import { greeting } from './greeting.ts'

const url = 'http://127.0.0.1:8080'
const at = (time: string) => Date.parse(`2026-11-22T${time}:00+07:00`)

test('a newcomer is told where to go, whom to sign in as, and what to do first', () => {
  const words = greeting({ url, demo: true, now: at('08:00') }).join('\n')
  for (const wanted of [url, 'hanh', 'tam', 'mật khẩu', 'Việc nên làm đầu tiên']) expect(words).toContain(wanted)
})

test('without the demonstration no password stands on the screen', () => {
  const words = greeting({ url, demo: false, now: at('08:00') }).join('\n')
  expect(words).toContain(url)
  expect(words).not.toContain('mật khẩu')
})

test.each([
  ['20:59', false],
  ['21:00', true],
  ['04:59', true],
  ['05:00', false],
])('at %s it says that the loudspeakers keep quiet: %s', (time, said) => {
  expect(greeting({ url, demo: true, now: at(time) }).some((line) => line.includes('giờ yên tĩnh'))).toBe(said)
})
