import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Listed } from './files.ts'
import type { Remembered } from './inspect.ts'

/** The file that says what a backup is. Written last: a folder without it is no backup. */
export const RECORD = 'LOA-BACKUP.json'
/** One line per file, as `sha256sum` writes and checks it. */
export const MANIFEST = 'MANIFEST.sha256'
/** Sounds, by hash, beside the backups of a folder and for all of them. */
export const SOUNDS = 'blobs'
const FORMAT = 1

export type DatabaseRecord =
  /** `end`: the place in the write-ahead log up to which the copy goes. */
  | { readonly kind: 'embedded'; readonly version: string; readonly end: string }
  /** A server of its own, which has its own means; not in the backup. */
  | { readonly kind: 'outside' }

export type BackupRecord = {
  readonly loaBackup: typeof FORMAT
  /** Of the Loa that made it. */
  readonly version: string
  /** ISO 8601, UTC. All that was acknowledged before is in the backup. */
  readonly asOf: string
  readonly system: { readonly platform: string; readonly arch: string }
  readonly database: DatabaseRecord
  readonly remembered: Remembered
  readonly blobs: number
  readonly files: number
  readonly bytes: number
  /** Folders that must be there even where no file is in them, below `home/`. */
  readonly folders: readonly string[]
  /** SHA-256 of MANIFEST.sha256. */
  readonly manifest: string
}

export const newRecord = (about: Omit<BackupRecord, 'loaBackup' | 'version' | 'system'>): BackupRecord => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string
  }
  return { loaBackup: FORMAT, version, system: { platform: process.platform, arch: process.arch }, ...about }
}

/** The major version of PostgreSQL, which must be the same where a data folder is opened again. */
export const majorOf = (version: string): number => Number.parseInt(version, 10)

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

export const manifestText = (files: readonly Listed[]): string =>
  files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ sha256, path }) => `${sha256}  ${path}\n`)
    .join('')

const LINE = /^([0-9a-f]{64}) {2}((?:home|\.\.\/blobs)\/.+)$/
const climbs = (path: string): boolean =>
  path
    .replace(/^\.\.\//, '')
    .split('/')
    .includes('..')

export type Expected = { readonly sha256: string; readonly path: string }

/** The lines of a manifest; `undefined` where one is not as we write them. */
export const readManifest = (text: string): readonly Expected[] | undefined => {
  const files: Expected[] = []
  for (const line of text.split('\n').slice(0, -1)) {
    const [, sha256, path] = LINE.exec(line) ?? []
    if (sha256 === undefined || path === undefined || climbs(path)) return undefined
    files.push({ sha256, path })
  }
  return files
}

/** The backup that a folder is or, of a folder of backups, the newest in it; `undefined` where there is none. */
export const findBackup = (folder: string): string | undefined => {
  if (existsSync(join(folder, RECORD))) return folder
  if (!existsSync(folder)) return undefined
  const names = readdirSync(folder).filter((name) => name.startsWith('loa-') && existsSync(join(folder, name, RECORD)))
  const newest = names.sort().at(-1)
  return newest === undefined ? undefined : join(folder, newest)
}

export type Opened = { readonly record: BackupRecord; readonly files: readonly Expected[] }

/** Reads what a backup says of itself. `'newer'`: made by a later Loa; `'damaged'`: not as it was written. */
export const openRecord = (backup: string): Opened | 'newer' | 'damaged' => {
  try {
    const record = JSON.parse(readFileSync(join(backup, RECORD), 'utf8')) as BackupRecord
    if (record.loaBackup > FORMAT) return 'newer'
    const text = readFileSync(join(backup, MANIFEST), 'utf8')
    const files = sha256Of(text) === record.manifest ? readManifest(text) : undefined
    const whole = files?.length === record.files && !record.folders.some(climbs)
    return files !== undefined && whole ? { record, files } : 'damaged'
  } catch {
    return 'damaged'
  }
}
