import { expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { oneTimePassword, passwordFault } from './new-password.ts'

test.each([
  ['bảy ký', 'access.passwordTooShort'],
  ['aaaaaaaaaa', 'access.passwordTooSimple'],
  ['12345678', 'access.passwordTooSimple'],
  ['qwertyuiop', 'access.passwordTooSimple'],
  ['Mật khẩu 123', 'access.passwordTooSimple'],
  ['password2026', 'access.passwordTooSimple'],
  ['Hanh.TT-2026', 'access.passwordTooSimple'],
])('%s is not taken as a password of hanh.tt', (password, code) => {
  expect(passwordFault(password, ' hanh.tt')).toMatchObject({ refused: code })
})

test.each(['ao cá sau nhà', 'k7mq-3fxt-9wpz', 'Trời mưa ở Bình Chương', 'tám chữ 8'])('%s is taken', (password) => {
  expect(isRefusal(passwordFault(password, 'hanh.tt'))).toBe(false)
})

test('a one-time password has no two letters that look alike, and is another with other chance', () => {
  const first = oneTimePassword(Uint8Array.from({ length: 24 }, (_, place) => place * 37))
  expect(first).toMatch(/^([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}$/)
  expect(oneTimePassword(Uint8Array.from({ length: 24 }, (_, place) => place * 41))).not.toBe(first)
  expect(oneTimePassword(new Uint8Array(24))).toBe('aaaa-aaaa-aaaa')
})
