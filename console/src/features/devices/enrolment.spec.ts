import { describe, expect, test } from 'vitest'
import { addressOf, codeIn, leftUntil } from './enrolment.ts'

describe('a code for enrolment', () => {
  test('the QR says what the server said, and otherwise this server’s address', () => {
    expect(addressOf({ code: 'A1', url: 'https://loa.vn/ghep#A1' }, 'http://127.0.0.1')).toBe('https://loa.vn/ghep#A1')
    expect(addressOf({ code: 'A1' }, 'http://127.0.0.1:4600')).toBe('http://127.0.0.1:4600/ghep#A1')
  })

  test.each([
    ['#7K3M-9QPX', '7K3M-9QPX'],
    ['#', undefined],
    ['', undefined],
    ['#<script>', undefined],
  ])('behind the address: %s', (hash, code) => {
    expect(codeIn(hash)).toBe(code)
  })

  const now = Date.parse('2026-11-22T08:00:00+07:00')
  test.each([
    ['2026-11-22T07:59:59+07:00', { is: 'over' }],
    ['2026-11-22T08:00:30+07:00', { is: 'minutes', count: 0 }],
    ['2026-11-22T09:30:00+07:00', { is: 'minutes', count: 90 }],
    ['2026-11-23T07:59:00+07:00', { is: 'hours', count: 23 }],
  ])('until %s', (expiresAt, left) => {
    expect(leftUntil(expiresAt, now)).toEqual(left)
  })
})
