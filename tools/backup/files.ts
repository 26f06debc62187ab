import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What a file was when it was copied: its bytes' SHA-256 in hex, and their number. */
export type Copied = { readonly sha256: string; readonly bytes: number }

/** `path` is relative, with forward slashes. */
export type Listed = Copied & { readonly path: string }

const CHUNK_BYTES = 1 << 20
/** Files copied at once: enough to keep a disk busy with fsyncs, few enough for a small board. */
const COPIES_AT_ONCE = 8

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** What `task` gives, or `undefined` where the file it reads is not there (any more). */
const unlessMissing = async <Result>(task: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await task
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const readAll = async (from: FileHandle, to: FileHandle | undefined): Promise<Copied> => {
  const sum = createHash('sha256')
  const chunk = Buffer.alloc(CHUNK_BYTES)
  for (let bytes = 0; ; ) {
    const { bytesRead } = await from.read(chunk, 0, CHUNK_BYTES, bytes)
    if (bytesRead === 0) return { sha256: sum.digest('hex'), bytes }
    const part = chunk.subarray(0, bytesRead)
    sum.update(part)
    await to?.writeFile(part)
    bytes += bytesRead
  }
}

/** Who a copied file belongs to; `undefined`: to us. */
export type Owner = { readonly uid: number; readonly gid: number } | undefined

/** Copies a file, readable by its owner only, down to the disk. `undefined` where it vanished before it could be opened. */
export const copyFile = async (from: string, to: string, owner?: Owner): Promise<Copied | undefined> => {
  const source = await unlessMissing(open(from, 'r'))
  if (source === undefined) return undefined
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      const copied = await readAll(source, target)
      if (owner !== undefined) await target.chown(owner.uid, owner.gid)
      await target.sync()
      return copied
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** As `copyFile`, but seen under its name only once it is whole. */
export const copyWhole = async (from: string, to: string): Promise<Copied | undefined> => {
  await rm(`${to}.new`, { force: true })
  const copied = await copyFile(from, `${to}.new`)
  if (copied !== undefined) await rename(`${to}.new`, to)
  return copied
}

/** SHA-256 and length of a file; `undefined` where there is none. */
export const sumOf = async (file: string): Promise<Copied | undefined> => {
  const source = await unlessMissing(open(file, 'r'))
  try {
    return source === undefined ? undefined : await readAll(source, undefined)
  } finally {
    await source?.close()
  }
}

export const writeSynced = async (file: string, text: string): Promise<void> => {
  const target = await open(file, 'wx', 0o600)
  try {
    await target.writeFile(text)
    await target.sync()
  } finally {
    await target.close()
  }
}

/** Windows cannot open a folder to fsync it; NTFS journals names itself. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Runs `work` over all items, several at once; the first error ends it once what runs has ended. */
export const each = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const left = [...items].reverse()
  const errors: unknown[] = []
  const worker = async () => {
    for (let item = left.pop(); item !== undefined && errors.length === 0; item = left.pop()) {
      await work(item).catch((error: unknown) => errors.push(error))
    }
  }
  await Promise.all(Array.from({ length: COPIES_AT_ONCE }, worker))
  if (errors.length > 0) throw errors[0]
}

/** All files and folders below a folder; paths relative, with forward slashes; folders before what is in them. */
export type Tree = { readonly files: readonly string[]; readonly folders: readonly string[] }

const kindOf = async (folder: string, entry: Dirent): Promise<'file' | 'folder' | 'other'> => {
  if (entry.isDirectory()) return 'folder'
  if (entry.isFile()) return 'file'
  if (!entry.isSymbolicLink()) return 'other'
  // the sounds or the WAL may lie on another disk behind a link
  const target = await unlessMissing(stat(join(folder, entry.name)))
  return target?.isDirectory() ? 'folder' : target?.isFile() ? 'file' : 'other'
}

/** Walks a folder. `skip` says which relative paths are left out, with all below them. Missing: nothing. */
export const walk = async (folder: string, skip: (path: string) => boolean = () => false): Promise<Tree> => {
  const files: string[] = []
  const folders: string[] = []
  const go = async (below: string): Promise<void> => {
    const place = join(folder, below)
    for (const entry of (await unlessMissing(readdir(place, { withFileTypes: true }))) ?? []) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (skip(path)) continue
      const kind = await kindOf(place, entry)
      if (kind === 'file') files.push(path)
      if (kind === 'folder') {
        folders.push(path)
        await go(path)
      }
    }
  }
  await go('')
  return { files, folders }
}

/** fsyncs a folder and every folder below it. */
export const syncTree = async (folder: string): Promise<void> => {
  for (const path of (await walk(folder)).folders.toReversed()) await syncFolder(join(folder, path))
  await syncFolder(folder)
}

/** Makes the folders of a tree, open to their owner only. */
export const makeFolders = async (to: string, folders: readonly string[]): Promise<void> => {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const path of folders) await mkdir(join(to, path), { recursive: true, mode: 0o700 })
}

/** Copies what `tree` lists; what vanishes meanwhile is left out. */
export const copyTree = async (from: string, to: string, tree: Tree): Promise<readonly Listed[]> => {
  await makeFolders(to, [...tree.folders, ...new Set(tree.files.map((path) => dirname(path)))])
  const copies: Listed[] = []
  await each(tree.files, async (path) => {
    const copied = await copyFile(join(from, path), join(to, path))
    if (copied !== undefined) copies.push({ path, ...copied })
  })
  return copies
}
