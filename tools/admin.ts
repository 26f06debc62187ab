import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Config, environment, parseConfig } from '../server/src/config.ts'
import type { Role } from '../server/src/kernel/actor.ts'
import type { Technology } from '../server/src/modules/org/index.ts'
import type { Context } from '../server/src/platform/context.ts'
import { HomeInUse } from '../server/src/platform/home.ts'
import { StartFailed } from '../server/src/platform/start-failed.ts'
import { addPersonWithAccount, addUnit, changePassword, type Done, first, listUnits } from './admin/commands.ts'
import { withInstallation } from './admin/installation.ts'
import { readPassword } from './admin/password.ts'
import { say } from './admin/words.ts'

const text = { type: 'string' } as const
const options = {
  home: text,
  'database-url': text,
  unit: text,
  name: text,
  username: text,
  parent: text,
  kind: text,
  id: text,
  population: text,
  technology: text,
  villages: text,
  role: text,
  title: text,
  'password-stdin': { type: 'boolean' },
} as const
type Given = Partial<Record<Exclude<keyof typeof options, 'password-stdin'>, string>> & { 'password-stdin'?: boolean }

type Refused = { readonly refused: string }
/** What is to be done once the installation is open. */
type Work = (ctx: Context) => Promise<Done>

/** The value of an option that must be there. Spaces around it and composed letters are the keyboard's affair. */
const need = (given: Given, name: Exclude<keyof typeof options, 'password-stdin'>): string => {
  const value = given[name]?.normalize('NFC').trim()
  if (value === undefined || value === '') throw new Missing(say('missing', { name }))
  return value
}

class Missing extends Error {}

const isOneOf = <Value extends string>(list: readonly Value[], value: string): value is Value =>
  (list as readonly string[]).includes(value)

const usernameOf = (given: Given): string => {
  const username = need(given, 'username')
  if (/\s/.test(username) || username.length > 64) throw new Missing(say('badUsername'))
  return username
}

const forFirst = async (given: Given): Promise<Work | Refused> => {
  const asked = { unit: need(given, 'unit'), name: need(given, 'name'), username: usernameOf(given) }
  const read = await readPassword(asked.name, given['password-stdin'] ?? false)
  return 'refused' in read ? read : (ctx) => first(ctx, { ...asked, ...read })
}

const KINDS = ['commune', 'village', 'station'] as const
const TECHNOLOGIES: readonly Technology[] = ['ip', 'wireless', 'wired', 'mixed']

const forUnit = (given: Given): Work | Refused => {
  const kind = need(given, 'kind')
  if (!isOneOf(KINDS, kind)) return { refused: say('badKind', { kinds: KINDS.join(', ') }) }
  const { id, population, technology, villages } = given
  if (population !== undefined && !/^\d{1,9}$/.test(population)) return { refused: say('badPopulation') }
  if (technology !== undefined && !isOneOf(TECHNOLOGIES, technology)) return { refused: say('badTechnology') }
  const order = {
    parent: need(given, 'parent'),
    kind,
    name: need(given, 'name'),
    id,
    technology,
    population: population === undefined ? undefined : Number(population),
    villages: villages?.split(',').map((village) => village.trim()),
  }
  return (ctx) => addUnit(ctx, order)
}

const ROLES: readonly Role[] = ['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator']

const forPerson = async (given: Given): Promise<Work | Refused> => {
  const role = need(given, 'role')
  if (!isOneOf(ROLES, role)) return { refused: say('badRole') }
  const title = given.title?.normalize('NFC').trim() || say(`role.${role}`)
  const asked = { unit: need(given, 'unit'), role, title, name: need(given, 'name'), username: usernameOf(given) }
  const read = await readPassword(asked.name, given['password-stdin'] ?? false)
  return 'refused' in read ? read : (ctx) => addPersonWithAccount(ctx, { ...asked, ...read })
}

const forPassword = async (given: Given): Promise<Work | Refused> => {
  const username = usernameOf(given)
  const read = await readPassword(username, given['password-stdin'] ?? false)
  return 'refused' in read ? read : (ctx) => changePassword(ctx, { username, ...read })
}

const commands: Readonly<Record<string, (given: Given) => Promise<Work | Refused> | Work | Refused>> = {
  first: forFirst,
  'unit add': forUnit,
  'unit list': () => listUnits,
  'person add': forPerson,
  password: forPassword,
}

const configFor = (given: Given): Config | Refused => {
  const settings = (['home', 'database-url'] as const).flatMap((name) =>
    given[name] === undefined ? [] : [`--${name}`, given[name]],
  )
  const { LOA_HOME, DATABASE_URL } = environment()
  const config = parseConfig(settings, { LOA_HOME, DATABASE_URL })
  return 'faults' in config ? { refused: config.faults.join('\n') } : config
}

const run = async (argv: readonly string[]): Promise<Done> => {
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
  const name = positionals.join(' ')
  const command = commands[name]
  if (command === undefined) return { refused: say('usage') }
  const config = configFor(values as Given)
  if ('refused' in config) return config
  if (name !== 'first' && config.databaseUrl === undefined && !existsSync(config.home))
    return { refused: say('noHome', { home: config.home }) }
  const work = await command(values as Given)
  return 'refused' in work ? work : withInstallation(config, work)
}

const wordsOf = (error: unknown): string | undefined => {
  if (error instanceof Missing || error instanceof HomeInUse || error instanceof StartFailed) return error.message
  const isOption = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return isOption ? `${say('unknownOption', { what: error.message })}\n${say('usage')}` : undefined
}

try {
  const outcome = await run(process.argv.slice(2))
  const lines = 'done' in outcome ? outcome.done : [outcome.refused]
  process['done' in outcome ? 'stdout' : 'stderr'].write(`${lines.join('\n')}\n`)
  process.exitCode = 'done' in outcome ? 0 : 2
} catch (error) {
  const words = wordsOf(error)
  if (words === undefined) throw error
  process.stderr.write(`${words}\n`)
  process.exitCode = 2
}
