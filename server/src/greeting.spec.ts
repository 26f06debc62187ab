import { expect, test } from 'vitest'
import { greeting } from './greeting.ts'

const url = 'http://127.0.0.1:8080'

test('a newcomer is told where to go, whom to sign in as, and what to do first', () => {
  const words = greeting({ url, demo: true }).join('\n')
  for (const wanted of [url, 'hanh', 'tam', 'mật khẩu', 'Việc nên làm đầu tiên']) expect(words).toContain(wanted)
})

test('without the demonstration no password stands on the screen', () => {
  const words = greeting({ url, demo: false }).join('\n')
  expect(words).toContain(url)
  expect(words).not.toContain('mật khẩu')
})
