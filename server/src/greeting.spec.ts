import { expect, test } from 'vitest'
import { greeting } from './greeting.ts'

const url = 'http://127.0.0.1:8080'

test('a newcomer is told where to go, whom to sign in as, and what to do first', () => {
  const words = greeting({ url, demo: true, empty: false }).join('\n')
  for (const wanted of [url, 'hanh', 'tam', 'mật khẩu', 'Việc nên làm đầu tiên']) expect(words).toContain(wanted)
})

test('without the demonstration no password stands on the screen', () => {
  const words = greeting({ url, demo: false, empty: false }).join('\n')
  expect(words).toContain(url)
  expect(words).not.toContain('mật khẩu')
})

test('where nobody can sign in yet, the command that makes the first person stands on the screen', () => {
  const words = greeting({ url, demo: false, empty: true }).join('\n')
  expect(words).toContain('npm run admin -- first')
  expect(greeting({ url, demo: false, empty: false }).join('\n')).not.toContain('npm run admin')
})
