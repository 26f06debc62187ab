import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JournalRecord } from '../kernel/memory.ts'
import type { Journal } from '../ports.ts'
import { isAbsent, isNoSpace, replaceFile, syncFolder } from './files.ts'

/** The part of a file handle that the journal uses. */
export type JournalDisk = {
  write(bytes: Uint8Array, position: number): Promise<void>
  sync(): Promise<void>
  truncate(bytes: number): Promise<void>
  close(): Promise<void>
}

export type JournalFileOptions = {
  readonly path: string
  /** Opens the file for writing; handed in so that a disk that is full can be shown. */
  readonly openDisk?: (path: string) => Promise<JournalDisk>
  /** The journal is compacted when it is larger than this and than twice what it held after the last time. */
  readonly compactBytes?: number
  /** Bodies of messages, which a fleet's members have in common, are written once and then named by number. */
  readonly shareBodies?: boolean
}

/** One file for one player, or for a fleet in one process, whose members then share each fsync. */
export type JournalFile = { of(member: string): Journal }

type Line = { readonly m: string; readonly r: JournalRecord & { readonly b?: number } }
type BodyLine = { readonly b: number; readonly body: string }

/** Lines of members whose records have bodies in common: the first time a body gets a number, from then on that stands for it. */
class Bodies {
  readonly #numbers = new Map<string, number>()

  textOf(member: string, record: JournalRecord): string {
    const line = (r: object): string => `${JSON.stringify({ m: member, r })}\n`
    if (!('body' in record)) return line(record)
    const { body, ...rest } = record
    const known = this.#numbers.get(body)
    const b = known ?? this.#numbers.size + 1
    this.#numbers.set(body, b)
    const first = known === undefined ? `${JSON.stringify({ b, body } satisfies BodyLine)}\n` : ''
    return `${first}${line({ ...rest, b })}`
  }

  learn({ b, body }: BodyLine): void {
    this.#numbers.set(body, b)
  }
}
type Waiting = {
  readonly member: string
  readonly record: JournalRecord
  readonly sync: boolean
  readonly done: (kept: Kept) => void
}
type Kept = Awaited<ReturnType<Journal['append']>>

const compactBytesDefault = 512 * 1024

const openOnDisk = async (path: string): Promise<JournalDisk> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'a+', 0o600)
  await handle.close()
  const file = await open(path, 'r+')
  await syncFolder(dirname(path))
  return {
    async write(bytes, position) {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, position + at)
        at += bytesWritten
      }
    },
    sync: () => file.datasync(),
    truncate: (bytes) => file.truncate(bytes),
    close: () => file.close(),
  }
}

/** Every whole line. What a power cut left of a last one is not a record: it was never promised to anyone. */
const readLines = async (path: string, bodies: Bodies): Promise<{ lines: Line[]; bytes: number }> => {
  let text = ''
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
  const lines: Line[] = []
  const numbered = new Map<number, string>()
  let bytes = 0
  for (const line of text.split('\n').slice(0, -1)) {
    try {
      const read = JSON.parse(line) as Line | BodyLine
      if ('body' in read) {
        numbered.set(read.b, read.body)
        bodies.learn(read)
      } else if (read.r.b === undefined) lines.push(read)
      else {
        const { b, ...rest } = read.r
        lines.push({ m: read.m, r: { ...rest, body: numbered.get(b) } as JournalRecord })
      }
    } catch {
      break
    }
    bytes += Buffer.byteLength(line) + 1
  }
  return { lines, bytes }
}

class File implements JournalFile {
  readonly #options: Required<JournalFileOptions>
  /** How each member that is running sums itself up. */
  readonly #snapshots = new Map<string, () => readonly JournalRecord[]>()
  /** What belongs to members that are not running: it is carried on as it is. */
  readonly #dormant = new Map<string, readonly JournalRecord[]>()
  #opened: Promise<void> | undefined
  #disk: JournalDisk | undefined
  #bytes = 0
  #compactAt: number
  #waiting: Waiting[] = []
  /** Lines the disk had no room for: written before anything else once it has. */
  #unwritten: string[] = []
  #flushing: Promise<void> | undefined
  #bodies = new Bodies()

  constructor(options: JournalFileOptions) {
    this.#options = { openDisk: openOnDisk, compactBytes: compactBytesDefault, shareBodies: false, ...options }
    this.#compactAt = this.#options.compactBytes
  }

  of(member: string): Journal {
    return {
      open: async (snapshot) => {
        this.#opened ??= this.#open()
        await this.#opened
        const records = this.#dormant.get(member) ?? []
        // Until its records are in its memory, it cannot sum itself up; that is before anything else can happen here.
        this.#dormant.delete(member)
        this.#snapshots.set(member, snapshot)
        return records
      },
      append: (record, { sync = false } = {}) =>
        new Promise((done) => {
          this.#waiting.push({ member, record, sync, done })
          this.#flushing ??= this.#flush()
        }),
      close: async () => {
        await this.#flushing
        const snapshot = this.#snapshots.get(member)
        if (snapshot === undefined) return
        this.#dormant.set(member, snapshot())
        this.#snapshots.delete(member)
        if (this.#snapshots.size > 0) return
        await this.#disk?.close()
        this.#disk = undefined
        this.#opened = undefined
        this.#dormant.clear()
      },
    }
  }

  #textOf(member: string, record: JournalRecord, bodies: Bodies): string {
    if (this.#options.shareBodies) return bodies.textOf(member, record)
    return `${JSON.stringify({ m: member, r: record } satisfies Line)}\n`
  }

  async #open(): Promise<void> {
    this.#bodies = new Bodies()
    const { lines, bytes } = await readLines(this.#options.path, this.#bodies)
    this.#disk = await this.#options.openDisk(this.#options.path)
    await this.#disk.truncate(bytes)
    this.#bytes = bytes
    for (const [member, own] of Map.groupBy(lines, ({ m }) => m)) {
      this.#dormant.set(
        member,
        own.map(({ r }) => r),
      )
    }
  }

  /** Writes what waits, all of it with one fsync, until nothing waits. */
  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      // A fleet that is told the same at the same moment writes it with one fsync, not the first one alone.
      await new Promise((resolve) => setImmediate(resolve))
      const batch = this.#waiting
      this.#waiting = []
      for (const { member, record } of batch) this.#unwritten.push(this.#textOf(member, record, this.#bodies))
      const kept = await this.#write(batch.some(({ sync }) => sync))
      for (const { done } of batch) done(kept)
      // Nothing waits: what the members remember is exactly what stands in the file.
      if (this.#waiting.length === 0 && this.#bytes > this.#compactAt && kept === 'kept') await this.#compact()
    }
    this.#flushing = undefined
  }

  async #write(sync: boolean): Promise<Kept> {
    if (this.#disk === undefined) throw new Error('the journal is not open')
    const bytes = Buffer.from(this.#unwritten.join(''))
    try {
      await this.#disk.write(bytes, this.#bytes)
      if (sync) await this.#disk.sync()
    } catch (error) {
      // Half a line must not stand between two whole ones. Where even that fails, reading stops at the half line.
      await this.#disk.truncate(this.#bytes).catch(() => undefined)
      return { refused: isNoSpace(error) ? 'disk.full' : 'disk.failed' }
    }
    this.#bytes += bytes.length
    this.#unwritten = []
    return 'kept'
  }

  async #compact(): Promise<void> {
    const members = [...this.#dormant, ...[...this.#snapshots].map(([m, snapshot]) => [m, snapshot()] as const)]
    const bodies = new Bodies()
    const text = members.flatMap(([m, records]) => records.map((r) => this.#textOf(m, r, bodies))).join('')
    try {
      await replaceFile(this.#options.path, text)
    } catch (error) {
      if (!isNoSpace(error)) throw error
      // The old journal still holds everything; it is tried again when that has grown further.
      this.#compactAt = 2 * this.#bytes
      return
    }
    this.#bodies = bodies
    await this.#disk?.close()
    this.#disk = await this.#options.openDisk(this.#options.path)
    this.#bytes = Buffer.byteLength(text)
    this.#compactAt = Math.max(this.#options.compactBytes, 2 * this.#bytes)
  }
}

/** An append-only file of JSON lines: a record that was acknowledged is found again after a power cut. */
export const openJournalFile = (options: JournalFileOptions): JournalFile => new File(options)

/** A journal that forgets with the process: for simulated players whose past does not matter. */
export const createMemoryJournal = (): Journal => {
  const records: JournalRecord[] = []
  return {
    open: async () => [...records],
    append: async (record) => {
      records.push(record)
      return 'kept'
    },
    close: async () => {},
  }
}
