import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { canonicalName } from './model.ts'

/** NIST SP 800-63B §5.1.1.2: length counts, not kinds of characters. */
export const PASSWORD_LEAST = 8
/** Fewer different characters than these are a key held down or a rhythm, not a password. */
const DIFFERENT_LEAST = 5

/** A password that somebody else has seen is good for three days: a note lost in a drawer opens nothing. */
export const ONE_TIME_MS = 72 * 3_600_000

const RUNS = ['01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl']

/** Why a password may not be chosen; `undefined` where it may. The name it must not contain is the one that is typed beside it. */
export const passwordFault = (password: string, username: string): Refusal | undefined => {
  const letters = [...password.normalize('NFC')]
  if (letters.length < PASSWORD_LEAST) return refuse('access.passwordTooShort', { least: PASSWORD_LEAST })
  const small = password.normalize('NFC').toLowerCase()
  const name = canonicalName(username)
  const easy =
    new Set(letters).size < DIFFERENT_LEAST ||
    RUNS.some((run) => run.includes(small)) ||
    (name.length >= 3 && small.includes(name)) ||
    /^(mat ?khau|mật ?khẩu|password|xin ?chao|xin ?chào)\W*\d*\W*$/.test(small)
  return easy ? refuse('access.passwordTooSimple') : undefined
}

/** Letters and digits that cannot be taken for each other when they are read out or copied from paper. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 3
const GROUP_LENGTH = 4
export const ONE_TIME_BYTES = 24

/** A password to be read out once, `k7mq-3fxt-9wpz`: twelve letters of thirty-one, some 59 bits. `random`: 24 fresh bytes. */
export const oneTimePassword = (random: Uint8Array): string => {
  const letters = Array.from({ length: GROUPS * GROUP_LENGTH }, (_, place) => {
    // two bytes a letter: the few that 31 does not divide evenly weigh nothing
    const drawn = (random[2 * place] ?? 0) * 256 + (random[2 * place + 1] ?? 0)
    return CLEAR[drawn % CLEAR.length] ?? ''
  })
  const group = (nth: number): string => letters.slice(nth * GROUP_LENGTH, (nth + 1) * GROUP_LENGTH).join('')
  return Array.from({ length: GROUPS }, (_, nth) => group(nth)).join('-')
}
