import { argon2, timingSafeEqual } from 'node:crypto'

/** argon2id, OWASP's smallest recommended setting: 19 MiB, two passes, one lane (RFC 9106; OWASP Password Storage). */
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const HASH_BYTES = 32
export const SALT_BYTES = 16

/** Each takes a core for some 30 ms and 19 MiB: more at once would only make everybody wait longer. */
const AT_ONCE_MAX = 4
/** Beyond this queue (about two seconds) the caller is told to come back. */
const WAITING_MAX = 200

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number }
const cost: Cost = { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES }

let running = 0
const waiting: (() => void)[] = []

const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result | 'busy'> => {
  if (running >= AT_ONCE_MAX) {
    if (waiting.length >= WAITING_MAX) return 'busy'
    await new Promise<void>((go) => waiting.push(go)) // the one who ends hands its place on
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

const derive = (password: string, salt: Uint8Array, { memory, passes, parallelism }: Cost): Promise<Buffer | 'busy'> =>
  inTurn(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        const message = Buffer.from(password.normalize('NFC'), 'utf8')
        argon2(
          'argon2id',
          { message, nonce: salt, memory, passes, parallelism, tagLength: HASH_BYTES },
          (error, derived) => (error === null ? resolve(derived) : reject(error)),
        )
      }),
  )

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

const phcOf = (salt: Uint8Array, hash: Uint8Array): string =>
  `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(salt)}$${unpadded(hash)}`

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$/

/** A PHC string with the cost of a real one, which no password matches: what unknown names are checked against. */
export const nobodysPassword = phcOf(new Uint8Array(SALT_BYTES), new Uint8Array(HASH_BYTES))

/** The PHC string to store for a password. `salt` is 16 fresh random bytes. */
export const hashPassword = async (password: string, salt: Uint8Array): Promise<string> => {
  const hash = await derive(password, salt, cost)
  if (hash === 'busy') throw new Error('too many passwords are being hashed')
  return phcOf(salt, hash)
}

/** Whether the password is the one of the PHC string; `'busy'` where too many others wait. Throws on a string that is none of ours. */
export const checkPassword = async (password: string, phc: string): Promise<boolean | 'busy'> => {
  const parts = PHC.exec(phc)
  if (parts === null) throw new Error('the stored password is no argon2id PHC string')
  const [, memory, passes, parallelism, salt = '', hash = ''] = parts
  const derived = await derive(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return derived === 'busy' ? 'busy' : timingSafeEqual(derived, Buffer.from(hash, 'base64'))
}
