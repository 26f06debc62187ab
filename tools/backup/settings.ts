import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, environment, parseConfig } from '../../server/src/config.ts'
import { say } from './words.ts'

const text = { type: 'string' } as const
const options = {
  to: text,
  from: text,
  home: text,
  'database-url': text,
  rehearse: { type: 'boolean' },
  'skip-damaged-sounds': { type: 'boolean' },
} as const

/** What was asked for on the command line; home and database also from the environment, as the server reads them. */
export type Asked = Pick<Config, 'home' | 'databaseUrl'> & {
  readonly to: string | undefined
  readonly from: string | undefined
  /** Whether the home was named on the command line. */
  readonly homeNamed: boolean
  readonly rehearse: boolean
  readonly skipDamagedSounds: boolean
}

const folder = (given: string | undefined): string | undefined =>
  given === undefined || given === '' ? undefined : resolve(given)

/** Reads the command line, or says in words what is wrong with it. */
export const readAsked = (argv: readonly string[]): Asked | { readonly fault: string } => {
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ args: [...argv], options }).values
  } catch (error) {
    return { fault: say('badOption', { words: error instanceof Error ? error.message : String(error) }) }
  }
  const settings = (['home', 'database-url'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}`, values[name]],
  )
  const { LOA_HOME, DATABASE_URL } = environment()
  const config = parseConfig(settings, { LOA_HOME, DATABASE_URL })
  if ('faults' in config) return { fault: config.faults.join('\n') }
  return {
    home: config.home,
    databaseUrl: config.databaseUrl,
    to: folder(values.to),
    from: folder(values.from),
    homeNamed: folder(values.home) !== undefined,
    rehearse: values.rehearse ?? false,
    skipDamagedSounds: values['skip-damaged-sounds'] ?? false,
  }
}

export const print = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** 0: done and all of it holds. 1: something does not hold or failed. 2: refused before anything was done. */
export const EXIT = { holds: 0, fails: 1, refused: 2 } as const
