import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from '../../server/src/platform/context.ts'
import { openDatabase } from '../../server/src/platform/database.ts'
import { takeHome } from '../../server/src/platform/home.ts'
import { migrationsFolder, readMigrations } from '../../server/src/platform/migrate.ts'
import { accountFor } from '../../server/src/platform/postgres/account.ts'
import { findBinaries } from '../../server/src/platform/postgres/binaries.ts'
import { startPostgres } from '../../server/src/platform/postgres/supervisor.ts'
import { copyFile, each, makeFolders, type Owner, sumOf, syncFolder, syncTree } from './files.ts'
import { compare, type Finding } from './inspect.ts'
import { type BackupRecord, type Expected, findBackup, majorOf, type Opened, openRecord, SOUNDS } from './record.ts'

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export type RestoreRefusal =
  | { readonly refused: 'notEmpty' | 'noBackup' | 'newer' | 'damagedRecord' | 'otherSystem' | 'otherPostgres' }
  | { readonly refused: 'damaged'; readonly files: readonly string[] }

export type Restored = {
  readonly backup: string
  readonly record: BackupRecord
  /** Empty where the database is a server of its own that was not given. */
  readonly findings: readonly Finding[]
  readonly damagedSounds: readonly string[]
}

type Options = {
  /** A backup, or a folder of them: then its newest. */
  readonly from: string
  readonly home: string
  /** Where the database is a server of its own, already restored by its own means. */
  readonly databaseUrl?: string | undefined
  /** Go on without sounds whose file in the backup is damaged or gone. */
  readonly withoutDamagedSounds?: boolean
}

const DATA = 'home/postgres/data'
const isSound = (path: string): boolean => path.startsWith(`../${SOUNDS}/`)
/** Where a file of the manifest goes in a home. */
const placeOf = (path: string): string =>
  isSound(path) ? path.slice(3).replace(SOUNDS, 'blobs') : path.slice('home/'.length)

const embeddedMajor = async (home: string): Promise<number> => {
  const { postgres } = findBinaries(accountFor(join(home, 'postgres', 'data')))
  const { stdout } = await promisify(execFile)(postgres, ['--version'], { windowsHide: true })
  return majorOf(stdout.replace(/^\D*/, ''))
}

const refusalOf = async (home: string, { record }: Opened): Promise<RestoreRefusal | undefined> => {
  if (record.remembered.migration > (readMigrations(migrationsFolder).at(-1)?.number ?? 0)) return { refused: 'newer' }
  if (record.database.kind === 'outside') return undefined
  const { platform, arch } = record.system
  if (platform !== process.platform || arch !== process.arch) return { refused: 'otherSystem' }
  return majorOf(record.database.version) === (await embeddedMajor(home)) ? undefined : { refused: 'otherPostgres' }
}

/** The files that are gone or not what they were. */
const damagedOf = async (backup: string, files: readonly Expected[]): Promise<readonly string[]> => {
  const damaged: string[] = []
  await each(files, async ({ sha256, path }) => {
    const found = await sumOf(join(backup, path)).catch((error: unknown) => {
      // a disk that cannot read one file any more must not hide how many others it cannot
      if (error instanceof Error && 'code' in error && error.code === 'EIO') return undefined
      throw error
    })
    if (found?.sha256 !== sha256) damaged.push(path)
  })
  return damaged.sort()
}

const copyFiles = async (backup: string, home: string, files: readonly Expected[]): Promise<void> => {
  const account: Owner = accountFor(join(home, 'postgres', 'data'))
  const ownerOf = (path: string): Owner => (path.startsWith(`${DATA}/`) ? account : undefined)
  await makeFolders(home, [...new Set(files.map(({ path }) => dirname(placeOf(path))))])
  await each(files, async ({ sha256, path }) => {
    const copied = await copyFile(join(backup, path), join(home, placeOf(path)), ownerOf(path))
    if (copied?.sha256 !== sha256) throw new Error(`${path} changed while it was copied`)
  })
}

/** The folders PostgreSQL wants, and as root, all of its folders given to the user it runs as. */
const finishFolders = async (home: string, folders: readonly string[]): Promise<void> => {
  await makeFolders(home, folders)
  const data = join(home, 'postgres', 'data')
  const account = existsSync(data) ? accountFor(data) : undefined
  if (account === undefined) return
  for (const folder of folders.filter((path) => path === 'postgres/data' || path.startsWith('postgres/data/'))) {
    await chown(join(home, folder), account.uid, account.gid)
  }
}

/** Starts the restored database once, which recovers it, and looks whether all is there. */
const startAndCompare = async (home: string, record: BackupRecord): Promise<readonly Finding[]> => {
  const release = await takeHome(home)
  try {
    const postgres = await startPostgres({ home, log: quiet })
    try {
      return await compareAt(postgres.url, home, record)
    } finally {
      await postgres.stop()
    }
  } finally {
    await release()
  }
}

const compareAt = async (url: string, home: string, record: BackupRecord): Promise<readonly Finding[]> => {
  const { db, close } = openDatabase(url, quiet)
  try {
    return await compare(db, home, record.remembered)
  } finally {
    await close()
  }
}

const look = ({ databaseUrl }: Options, home: string, record: BackupRecord): Promise<readonly Finding[]> => {
  if (record.database.kind === 'embedded') return startAndCompare(home, record)
  return databaseUrl === undefined ? Promise.resolve([]) : compareAt(databaseUrl, home, record)
}

type Source = { readonly backup: string; readonly opened: Opened; readonly damaged: readonly string[] }

const fill = async (options: Options, { backup, opened, damaged }: Source, making: string): Promise<Restored> => {
  const { record, files } = opened
  const lost = new Set(damaged)
  const whole = files.filter(({ path }) => !lost.has(path))
  await copyFiles(backup, making, whole)
  await finishFolders(making, record.folders)
  await syncTree(making)
  const findings = await look(options, making, record)
  if (existsSync(options.home)) await rmdir(options.home)
  await rename(making, options.home)
  await syncFolder(dirname(resolve(options.home)))
  return { backup, record, findings, damagedSounds: damaged }
}

/**
 * Makes a home from a backup: every file checked against the manifest before anything is written, the database started once
 * to recover, and everything compared with what the backup remembers. The home has its name only once that is done.
 */
export const restoreBackup = async (options: Options): Promise<Restored | RestoreRefusal> => {
  const { from, home } = options
  if (existsSync(home) && readdirSync(home).length > 0) return { refused: 'notEmpty' }
  const backup = findBackup(from)
  if (backup === undefined) return { refused: 'noBackup' }
  const opened = openRecord(backup)
  if (opened === 'newer') return { refused: 'newer' }
  if (opened === 'damaged') return { refused: 'damagedRecord' }
  const refused = await refusalOf(home, opened)
  if (refused !== undefined) return refused
  const damaged = await damagedOf(backup, opened.files)
  const acceptable = options.withoutDamagedSounds === true && damaged.every(isSound)
  if (damaged.length > 0 && !acceptable) return { refused: 'damaged', files: damaged }
  await mkdir(dirname(resolve(home)), { recursive: true })
  const making = await mkdtemp(`${resolve(home)}.restoring-`)
  try {
    return await fill(options, { backup, opened, damaged }, making)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}
