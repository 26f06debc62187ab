import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { readKept, writeKept } from '../home.ts'
import { type Account, accountFor } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'

/** Everything that is fixed about the embedded database of one home. */
export type Cluster = {
  readonly dataFolder: string
  readonly logFile: string
  readonly password: string
  readonly account: Account
  readonly binaries: Binaries
}

export const SUPERUSER = 'loa'

/** The log of PostgreSQL is set aside at a start when it has grown beyond this. */
const LOG_FILE_MAX_BYTES = 10_000_000

/**
 * The data folder as PostgreSQL is told it. As root, PostgreSQL runs as another user, who may be unable to walk down
 * to the home (/root is closed to all others). Its working folder is set while we still are root, and
 * /proc/self/cwd names that folder without walking.
 */
export const dataFolderArgument = ({ account, dataFolder }: Pick<Cluster, 'account' | 'dataFolder'>): string =>
  account === undefined ? dataFolder : '/proc/self/cwd'

export const openLogFile = (file: string): number => {
  if (existsSync(file) && statSync(file).size > LOG_FILE_MAX_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

/** The last lines of a log, for the words of an error. */
export const logTail = (file: string): string =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n') : ''

const localeArguments = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8']

/** The password goes in by an already open file, so that the other user needs no way into the home. */
const passwordInput = (password: string, folder: string, account: Account): { fd: number; argument: string } => {
  const file = join(folder, '.password.new')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  if (account === undefined) return { fd: openSync(file, 'r'), argument: file }
  chownSync(file, account.uid, account.gid)
  return { fd: openSync(file, 'r'), argument: '/proc/self/fd/0' }
}

type MakeOptions = Pick<Cluster, 'binaries' | 'account' | 'logFile' | 'password'>

const runInitdb = async (folder: string, making: string, options: MakeOptions): Promise<void> => {
  const input = passwordInput(options.password, folder, options.account)
  const output = openLogFile(options.logFile)
  const place = dataFolderArgument({ account: options.account, dataFolder: making })
  const rules = ['--auth-local=reject', '--auth-host=scram-sha-256', '--data-checksums', '--no-instructions']
  try {
    const initdb = spawn(
      options.binaries.initdb,
      ['-D', place, '-U', SUPERUSER, `--pwfile=${input.argument}`, ...localeArguments, ...rules],
      {
        cwd: making,
        stdio: [input.fd, output, output],
        windowsHide: true,
        env: childEnvironment(),
        ...options.account,
      },
    )
    const code = await new Promise((resolve, reject) => initdb.once('error', reject).once('exit', resolve))
    if (code !== 0) throw new Error(`initdb ended with ${code}\n${logTail(options.logFile)}`)
  } finally {
    closeSync(input.fd)
    closeSync(output)
    rmSync(join(folder, '.password.new'), { force: true })
  }
}

/** No PG* variable of the caller may reach the programs, and their messages stay readable by our own log reader. */
export const childEnvironment = (): NodeJS.ProcessEnv =>
  process.platform === 'win32'
    ? { LC_MESSAGES: 'C', ...(platformPath() as NodeJS.ProcessEnv) }
    : { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Windows programs need SystemRoot to start at all; it is the platform's, not a setting of ours. */
const platformPath = (): Record<string, string> => ({ SystemRoot: 'C:\\Windows', TEMP: 'C:\\Windows\\Temp' })

/**
 * The cluster of a home, made by initdb on first use. It is made aside and renamed, so a crash half-way leaves nothing
 * that looks whole.
 */
export const openCluster = async (home: string): Promise<Cluster> => {
  const folder = join(home, 'postgres')
  const dataFolder = join(folder, 'data')
  const logFile = join(home, 'log', 'postgres.log')
  for (const each of [folder, join(home, 'log')]) mkdirSync(each, { recursive: true, mode: 0o700 })
  const account = accountFor(dataFolder)
  const binaries = findBinaries(account)
  const kept = readKept(home, 'postgres.password')
  const password = kept ?? randomBytes(24).toString('base64url')
  if (kept === undefined) writeKept(home, 'postgres.password', password)
  if (!existsSync(join(dataFolder, 'PG_VERSION'))) {
    const making = join(folder, 'data.new')
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making, { mode: 0o700 })
    if (account !== undefined) chownSync(making, account.uid, account.gid)
    await runInitdb(folder, making, { binaries, account, logFile, password })
    renameSync(making, dataFolder)
  }
  return { dataFolder, logFile, password, account, binaries }
}
