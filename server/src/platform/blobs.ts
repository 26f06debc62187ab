import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs } from './context.ts'
import { sha256HexAside } from './crypto.ts'

/** The disk has no room. The HTTP edge turns it into the refusal `system.diskFull`. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull'
}

/** Stored bytes no longer match their hash: the disk is failing or somebody edited the file. */
export class BlobDamaged extends Error {
  override readonly name = 'BlobDamaged'
}

const HASH = /^[0-9a-f]{64}$/
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT'])

const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

/** Windows cannot open a folder to fsync it; NTFS journals the rename itself. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const writeSynced = async (file: string, bytes: Uint8Array): Promise<void> => {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  )

/** Halves of writes that a crash left behind are swept when the store opens: nobody else writes here then. */
const sweep = async (incoming: string): Promise<void> => {
  for (const name of await readdir(incoming)) await rm(join(incoming, name), { force: true })
}

/**
 * Files named by the SHA-256 of what they hold, `folder/ab/cd…`. A blob appears whole or not at all: written aside,
 * fsynced, renamed, and its folder fsynced before `put` resolves.
 */
export const openBlobs = async (folder: string): Promise<Blobs> => {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await sweep(incoming)
  const place = (hash: string) => ({
    shelf: join(folder, hash.slice(0, 2)),
    file: join(folder, hash.slice(0, 2), hash.slice(2)),
  })

  const store = async (hash: string, bytes: Uint8Array): Promise<void> => {
    const { shelf, file } = place(hash)
    const aside = join(incoming, `${hash.slice(0, 16)}-${randomBytes(6).toString('hex')}`)
    try {
      if ((await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(folder)
      await writeSynced(aside, bytes)
      await rename(aside, file)
      await syncFolder(shelf)
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined)
      if (FULL_CODES.has(errorCode(error) ?? '')) throw new DiskFull('no room for a sound file', { cause: error })
      throw error
    }
  }

  return {
    put: async (bytes) => {
      const hash = await sha256HexAside(bytes)
      if (!(await exists(place(hash).file))) await store(hash, bytes)
      return hash
    },
    get: async (hash) => {
      if (!HASH.test(hash)) return undefined
      try {
        const bytes = await readFile(place(hash).file)
        if ((await sha256HexAside(bytes)) !== hash) throw new BlobDamaged(`blob ${hash} no longer matches its hash`)
        return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return undefined
        throw error
      }
    },
    has: async (hash) => HASH.test(hash) && (await exists(place(hash).file)),
  }
}
