import { existsSync, realpathSync, statSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Clock } from '@loa/protocol'
import { openInstallation } from '../trace/installation.ts'
import { copyDatabase } from './database.ts'
import {
  copyTree,
  copyWhole,
  each,
  type Listed,
  makeFolders,
  syncFolder,
  syncTree,
  walk,
  writeSynced,
} from './files.ts'
import { type Remembered, remember } from './inspect.ts'
import {
  type BackupRecord,
  type DatabaseRecord,
  MANIFEST,
  manifestText,
  newRecord,
  RECORD,
  SOUNDS,
  sha256Of,
} from './record.ts'

export type BackupRefusal = { readonly refused: 'noHome' | 'notOwner' | 'insideHome' | 'noDatabase' }

export type Made = {
  readonly folder: string
  readonly record: BackupRecord
  /** Sounds whose file in the home is damaged already: left out. */
  readonly damagedSounds: readonly string[]
}

type Options = {
  readonly home: string
  readonly to: string
  readonly databaseUrl: string | undefined
  readonly clock: Clock
}

/** Left out of the home's other files: what is copied in its own way, what belongs to one run, and logs. */
const OTHERWISE = /^(postgres|blobs|log|server\.pid|.*\.new)$/

/** What an operator writes beside a voice: its `voice.json`, a token. Models are up to 600 MB, the same every night, and can be fetched. */
const VOICE_FILE_BYTES_MAX = 65_536

const isOfAModel = (home: string, path: string): boolean => {
  const [top, , name] = path.split('/')
  if (top !== 'voices' || name === undefined) return false
  const stats = statSync(join(home, path), { throwIfNoEntry: false })
  return stats === undefined || !stats.isFile() || stats.size > VOICE_FILE_BYTES_MAX
}

const isWithin = (inner: string, outer: string): boolean => {
  const path = relative(outer, inner)
  return path === '' || !(path.startsWith('..') || resolve(path) === path)
}

/** Where a folder really lies, also one that does not exist yet. */
const realPath = (folder: string): string =>
  existsSync(folder)
    ? realpathSync(folder)
    : join(realPath(resolve(folder, '..')), relative(resolve(folder, '..'), folder))

const refusalOf = ({ home, to }: Options): BackupRefusal | undefined => {
  if (!existsSync(home)) return { refused: 'noHome' }
  // what another user wrote into the home could not be read by the server afterwards
  if (process.platform !== 'win32' && statSync(home).uid !== process.getuid?.()) return { refused: 'notOwner' }
  return isWithin(realPath(resolve(to)), realpathSync(home)) ? { refused: 'insideHome' } : undefined
}

type Sounds = { readonly files: readonly Listed[]; readonly damaged: readonly string[] }

/** Copies the sounds that the folder of backups has not got. One whose bytes are not what its name says is left out. */
const copySounds = async (home: string, store: string): Promise<Sounds> => {
  const from = join(home, 'blobs')
  const tree = await walk(from, (path) => path === 'incoming')
  const files: Listed[] = []
  const damaged: string[] = []
  await makeFolders(store, tree.folders)
  await each(tree.files, async (path) => {
    const sha256 = path.replace('/', '')
    const { size } = await stat(join(from, path))
    const kept = await stat(join(store, path)).catch(() => undefined)
    if (kept?.size !== size) {
      const copied = await copyWhole(join(from, path), join(store, path))
      if (copied?.sha256 !== sha256) {
        await rm(join(store, path), { force: true })
        damaged.push(path)
        return
      }
    }
    files.push({ path: `../${SOUNDS}/${path}`, sha256, bytes: size })
  })
  await syncTree(store)
  return { files, damaged }
}

const below = (folder: string, files: readonly Listed[]): readonly Listed[] =>
  files.map((file) => ({ ...file, path: `${folder}/${file.path}` }))

type DatabasePart = {
  readonly files: readonly Listed[]
  readonly database: DatabaseRecord
  readonly remembered: Remembered
  readonly asOf: string
}

/** The database, copied while it runs; one that is a server of its own is only looked at. */
const copyDatabasePart = async (options: Options, making: string): Promise<DatabasePart | BackupRefusal> => {
  const { home, databaseUrl, clock } = options
  const installation = await openInstallation({ home, databaseUrl })
  if (installation === undefined) return { refused: 'noDatabase' }
  try {
    const { db, url } = installation.database
    const look = async () => {
      const asOf = new Date(clock.now()).toISOString()
      return { asOf, remembered: await remember(db) }
    }
    if (databaseUrl !== undefined) return { files: [], database: { kind: 'outside' }, ...(await look()) }
    let seen = await look()
    const beforeEnd = async () => {
      seen = await look()
    }
    const to = join(making, 'home', 'postgres', 'data')
    const { files, version, end } = await copyDatabase({
      url,
      dataFolder: join(home, 'postgres', 'data'),
      to,
      beforeEnd,
    })
    return { files: below('home/postgres/data', files), database: { kind: 'embedded', version, end }, ...seen }
  } finally {
    await installation.close()
  }
}

/** Copies everything into `making`; the database first, so that every sound and key it knows of is there to be copied. */
const fill = async (options: Options, making: string): Promise<Made | BackupRefusal> => {
  const { home, to } = options
  const part = await copyDatabasePart(options, making)
  if ('refused' in part) return part
  const sounds = await copySounds(home, join(to, SOUNDS))
  const isLeftOut = (path: string) => OTHERWISE.test(path) || path.endsWith('.new') || isOfAModel(home, path)
  const others = await walk(home, isLeftOut)
  const rest = below('home', await copyTree(home, join(making, 'home'), others))
  const files = [...part.files, ...rest, ...sounds.files]
  const manifest = manifestText(files)
  const { database, remembered, asOf } = part
  const record = newRecord({
    ...{ asOf, database, remembered },
    blobs: sounds.files.length,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    folders: (await walk(join(making, 'home'))).folders,
    manifest: sha256Of(manifest),
  })
  await writeSynced(join(making, MANIFEST), manifest)
  await writeSynced(join(making, RECORD), `${JSON.stringify(record, undefined, 2)}\n`)
  await syncTree(making)
  const folder = join(to, `loa-${asOf.replace(/[-:]/g, '')}`)
  await rename(making, folder)
  await syncFolder(to)
  return { folder, record, damagedSounds: sounds.damaged }
}

/**
 * Backs up a home, running or not, into a new folder below `to`; sounds go into `to`/blobs once for all backups. Until it is
 * whole and on the disk it has another name.
 */
export const makeBackup = async (options: Options): Promise<Made | BackupRefusal> => {
  const refused = refusalOf(options)
  if (refused !== undefined) return refused
  await mkdir(options.to, { recursive: true, mode: 0o700 })
  const making = join(options.to, `.unfinished-${options.clock.now()}-${process.pid}`)
  await mkdir(making, { mode: 0o700 })
  try {
    return await fill(options, making)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}
