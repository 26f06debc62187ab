import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { FetchSound, SoundBytes, SoundCache, SoundRefusal } from '../ports.ts'
import { isAbsent, isNoSpace, syncFolder } from './files.ts'

export type SoundFolderOptions = {
  readonly folder: string
  /** Bytes of sound kept at most. Default 2 GB: 14 days of a busy commune are about 200 MB. */
  readonly bytesMax?: number
}

/** No sound is larger: the same bound stands in what people sign. */
const soundBytesMax = 64_000_000
const bytesMaxDefault = 2_000_000_000

type Entry = { bytes: number; usedAt: number }

async function* inPieces(source: SoundBytes): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield source
  else yield* source
}

class SoundFolder implements SoundCache {
  readonly #folder: string
  readonly #bytesMax: number
  readonly #entries: Map<string, Entry>
  readonly #needs = new Map<string, ReadonlySet<string>>()
  readonly #fetching = new Map<string, Promise<'kept' | SoundRefusal>>()
  /** Rises with every use: the order of use, which needs no clock. */
  #uses: number

  constructor(options: SoundFolderOptions, entries: Map<string, Entry>) {
    this.#folder = options.folder
    this.#bytesMax = options.bytesMax ?? bytesMaxDefault
    this.#entries = entries
    this.#uses = Math.max(0, ...[...entries.values()].map(({ usedAt }) => usedAt))
  }

  has(hash: string): boolean {
    return this.#entries.has(hash)
  }

  count(): number {
    return this.#entries.size
  }

  need(owner: string, hashes: readonly string[]): void {
    if (hashes.length === 0) this.#needs.delete(owner)
    else this.#needs.set(owner, new Set(hashes))
  }

  ensure(hash: string, fetch: FetchSound): Promise<'kept' | SoundRefusal> {
    if (this.has(hash)) return Promise.resolve('kept')
    const underWay = this.#fetching.get(hash)
    if (underWay !== undefined) return underWay
    const fetching = this.#fetch(hash, fetch).finally(() => this.#fetching.delete(hash))
    this.#fetching.set(hash, fetching)
    return fetching
  }

  async read(hash: string): Promise<Uint8Array | undefined> {
    const entry = this.#entries.get(hash)
    if (entry === undefined) return undefined
    try {
      const bytes = await readFile(this.#path(hash))
      if (createHash('sha256').update(bytes).digest('hex') === hash) {
        this.#uses += 1
        entry.usedAt = this.#uses
        await utimes(this.#path(hash), this.#uses, this.#uses)
        return bytes
      }
    } catch (error) {
      if (!isAbsent(error)) throw error
    }
    await this.#drop(hash)
    return undefined
  }

  #path(hash: string): string {
    return join(this.#folder, `${hash}.opus`)
  }

  async #fetch(hash: string, fetch: FetchSound): Promise<'kept' | SoundRefusal> {
    const source = await fetch(hash)
    if ('refused' in source) return { refused: 'sound.missing' }
    const temporary = join(this.#folder, `${hash}.part`)
    try {
      const kept = await this.#receive(hash, temporary, source)
      if (kept === 'kept') return kept
      await rm(temporary, { force: true })
      return kept
    } catch (error) {
      await rm(temporary, { force: true })
      return { refused: isNoSpace(error) ? 'disk.full' : 'sound.missing' }
    }
  }

  async #receive(hash: string, temporary: string, source: SoundBytes): Promise<'kept' | SoundRefusal> {
    const file = await open(temporary, 'w', 0o600)
    let received: { bytes: number; hash: string } | SoundRefusal
    try {
      received = await this.#stream(file, source)
    } finally {
      await file.close()
    }
    if ('refused' in received) return received
    if (received.hash !== hash) return { refused: 'sound.wrongHash' }
    if (!(await this.#makeRoom(received.bytes))) return { refused: 'disk.full' }
    this.#uses += 1
    await utimes(temporary, this.#uses, this.#uses)
    await rename(temporary, this.#path(hash))
    await syncFolder(this.#folder)
    this.#entries.set(hash, { bytes: received.bytes, usedAt: this.#uses })
    return 'kept'
  }

  async #stream(file: FileHandle, source: SoundBytes): Promise<{ bytes: number; hash: string } | SoundRefusal> {
    const digest = createHash('sha256')
    let bytes = 0
    for await (const piece of inPieces(source)) {
      bytes += piece.length
      if (bytes > soundBytesMax) return { refused: 'sound.tooLarge' }
      digest.update(piece)
      await this.#writeAll(file, piece)
    }
    await file.sync()
    return { bytes, hash: digest.digest('hex') }
  }

  /** A full disk gives up sounds nobody needs before it refuses one that is. */
  async #writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; ) {
      try {
        at += (await file.write(piece, at)).bytesWritten
      } catch (error) {
        if (!isNoSpace(error) || !(await this.#evictOne())) throw error
      }
    }
  }

  async #makeRoom(bytes: number): Promise<boolean> {
    const held = (): number => [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)
    while (held() + bytes > this.#bytesMax) if (!(await this.#evictOne())) return false
    return true
  }

  /** Drops the sound used longest ago among those nobody needs. */
  async #evictOne(): Promise<boolean> {
    const needed = (hash: string): boolean => [...this.#needs.values()].some((hashes) => hashes.has(hash))
    const [oldest] = [...this.#entries].filter(([hash]) => !needed(hash)).sort(([, a], [, b]) => a.usedAt - b.usedAt)
    if (oldest === undefined) return false
    await this.#drop(oldest[0])
    return true
  }

  async #drop(hash: string): Promise<void> {
    this.#entries.delete(hash)
    await rm(this.#path(hash), { force: true })
  }
}

/** Sounds in a folder, one file per hash. What a power cut left half fetched is removed. */
export const openSoundFolder = async (options: SoundFolderOptions): Promise<SoundCache> => {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const entries = new Map<string, Entry>()
  for (const name of await readdir(options.folder)) {
    const path = join(options.folder, name)
    if (name.endsWith('.part')) await rm(path, { force: true })
    const hash = /^([0-9a-f]{64})\.opus$/.exec(name)?.[1]
    if (hash === undefined) continue
    const { size, mtimeMs } = await stat(path)
    // The time of the file is the number of its last use, not an hour of any day.
    entries.set(hash, { bytes: size, usedAt: Math.round(mtimeMs / 1000) })
  }
  return new SoundFolder(options, entries)
}
