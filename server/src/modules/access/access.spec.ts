import { describe, expect, test } from 'vitest'
import { addressGroup, addressPace, canonicalName, countTry, isAlive, type NameTries, wrongAnswer } from './model.ts'
import { checkPassword, hashPassword, nobodysPassword } from './password.ts'
import { opensWithoutSignIn } from './policy.ts'

const NOON = Date.parse('2026-11-22T12:00:00+07:00')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const tries = (failed: number, lockedUntil: number | null = null, triedAt = NOON - MINUTE): NameTries => ({
  failed,
  lockedUntil,
  triedAt,
})

describe('a name', () => {
  // biome-ignore format: a table
  const cases: [string, NameTries | undefined, unknown][] = [
    // before this try                          what the try makes of it
    ['never tried',                  undefined,                                { failed: 1, lockedUntil: null }],
    ['wrong three times',            tries(3),                                 { failed: 4, lockedUntil: null }],
    ['wrong four times',             tries(4),                                 { failed: 5, lockedUntil: NOON + 15 * MINUTE }],
    ['locked for 15 more minutes',   tries(5, NOON + 15 * MINUTE),             { refused: 'access.locked', detail: { minutes: 15 } }],
    ['locked for one more second',   tries(5, NOON + 1000),                    { refused: 'access.locked', detail: { minutes: 1 } }],
    ['unlocked this very moment',    tries(5, NOON),                           { failed: 1, lockedUntil: null }],
    ['wrong four times last night',  tries(4, null, NOON - 12 * HOUR),         { failed: 1, lockedUntil: null }],
  ]
  test.each(cases)('%s: the next try counts as it should', (_, before, after) => {
    expect(countTry(before, NOON)).toMatchObject(after as object)
  })

  test('is locked for everybody only by a hundred wrong tries in a row', () => {
    expect(countTry(tries(98), NOON, 100)).toMatchObject({ failed: 99, lockedUntil: null })
    expect(countTry(tries(99), NOON, 100)).toMatchObject({ failed: 100, lockedUntil: NOON + 15 * MINUTE })
  })

  test('a wrong password tells how many tries are left, the fifth how long to wait', () => {
    expect(wrongAnswer(tries(2), NOON)).toEqual({ refused: 'access.wrongNameOrPassword', detail: { triesLeft: 3 } })
    expect(wrongAnswer(tries(5, NOON + 15 * MINUTE), NOON)).toEqual({
      refused: 'access.locked',
      detail: { minutes: 15 },
    })
  })

  test.each([
    ['Hanh', 'hanh'],
    [' hanh ', 'hanh'],
    ['THỦY', 'thủy'],
    ['thủy'.normalize('NFD'), 'thủy'.normalize('NFC')],
  ])('%j is %j', (typed, name) => expect(canonicalName(typed)).toBe(name))
})

describe('an address', () => {
  const everySecond = (count: number) => Array.from({ length: count }, (_, place) => NOON - place * 1_000)
  test.each([
    [29, 'free'],
    [30, 'slow'],
    [299, 'slow'],
    [300, { refused: 'access.tooManyTries', detail: { minutes: 6 } }],
    [600, { refused: 'access.tooManyTries', detail: { minutes: 6 } }],
  ])('with %i failed tries, one each second, is answered as it should', (count, answer) => {
    expect(addressPace(everySecond(count), NOON)).toEqual(answer)
  })

  test('may try again freely once the tries are ten minutes old', () => {
    const all = Array.from({ length: 300 }, () => NOON - 10 * MINUTE)
    expect(addressPace(all, NOON)).toBe('free')
    expect(addressPace(all, NOON - 1)).toMatchObject({ refused: 'access.tooManyTries' })
  })

  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:0:1::5', '2001:db8:0:1::/64'],
    ['2001:DB8:0:1:a:b:c:d', '2001:db8:0:1::/64'],
    ['2001:0db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, group) => expect(addressGroup(address)).toBe(group))
})

describe('a session', () => {
  const made = NOON
  const session = (seenAfter: number) => ({ person: 'hanh', seenAt: made + seenAfter, expiresAt: made + 7 * 24 * HOUR })
  test.each([
    ['at once', 0, 0, true],
    ['after 12 idle hours less a moment', 0, 12 * HOUR - 1, true],
    ['after 12 idle hours', 0, 12 * HOUR, false],
    ['used all along, less a moment than seven days', 7 * 24 * HOUR - 2, 7 * 24 * HOUR - 1, true],
    ['used all along, after seven days', 7 * 24 * HOUR - 1, 7 * 24 * HOUR, false],
  ])('%s: holds = %4$s', (_, seenAfter, after, holds) => expect(isAlive(session(seenAfter), made + after)).toBe(holds))
})

describe('a password', () => {
  const salt = new Uint8Array(16).fill(7)
  test('is kept as argon2id with 19 MiB, two passes, one lane, and found again', async () => {
    const kept = await hashPassword('mật khẩu của Hạnh', salt)
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await checkPassword('mật khẩu của Hạnh', kept)).toBe(true)
    expect(await checkPassword('mật khẩu của Hạnh'.normalize('NFD'), kept)).toBe(true)
    expect(await checkPassword('mật khẩu của hạnh', kept)).toBe(false)
  })

  test('of nobody costs the same and fits nothing', async () => {
    expect(nobodysPassword.slice(0, 30)).toBe((await hashPassword('x', salt)).slice(0, 30))
    expect(await checkPassword('', nobodysPassword)).toBe(false)
  })

  test('many at once wait for each other and each gets its own answer', async () => {
    const kept = await hashPassword('đúng', salt)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, place) => checkPassword(place % 3 === 0 ? 'đúng' : 'sai', kept)),
    )
    expect(answers).toEqual(Array.from({ length: 12 }, (_, place) => place % 3 === 0))
  })
})

describe('without signing in', () => {
  test.each([
    ['POST', '/api/session', true],
    ['DELETE', '/api/session', true],
    ['GET', '/api/session', false],
    ['POST', '/api/enrolments', true],
    ['GET', '/api/device/sounds/abc', true],
    ['GET', '/api/devices', false],
    ['POST', '/api/device/sounds/abc', false],
    ['GET', '/api/me', false],
    ['GET', '/api/notices', false],
    ['POST', '/api/notices', false],
    ['GET', '/api/audit', false],
    ['GET', '/api/openapi.json/../me', false],
    ['GET', '/api/anything-new', false],
  ])('%s %s is open: %s', (method, path, open) => expect(opensWithoutSignIn(method, path)).toBe(open))
})
