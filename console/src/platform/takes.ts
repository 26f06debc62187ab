/**
 * Recordings that the server does not have yet, kept in this browser (IndexedDB) second by second: a closed tab, a flat battery or a
 * lost line costs none of them. A full or forbidden store is no error: the recording then only lives as long as the page.
 */
import { joined } from './samples.ts'

/** What is known of a recording beside its samples. */
export type TakeFacts = {
  readonly id: string
  readonly person: string
  readonly unit: string
  readonly language: string
  /** The notice it is for; null until that has been saved for the first time. */
  readonly notice: string | null
  readonly title: string
  readonly sampleRate: number
  /** When it was begun, the server's time. */
  readonly at: number
  readonly cut: { readonly fromMs: number; readonly toMs: number } | null
  readonly gate: boolean
  /** What of it is on its way: what the sound is, and the server's name for it. */
  readonly upload: { readonly sha256: string; readonly id: string } | null
  /** The server has made the sound of it; it is only kept so that it can be cut anew. */
  readonly sent: boolean
}

export type KeptTake = { readonly facts: TakeFacts; readonly samples: Int16Array }

const NAME = 'loa.recordings'
const FACTS = 'takes'
const PIECES = 'pieces'
type Piece = { take: string; index: number; samples: Int16Array }

export const newTakeId = (): string => crypto.randomUUID()

let opening: Promise<IDBDatabase | undefined> | undefined

const open = (): Promise<IDBDatabase | undefined> => {
  opening ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(FACTS, { keyPath: 'id' })
        request.result.createObjectStore(PIECES, { keyPath: ['take', 'index'] })
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  })
  return opening
}

/** One task on both stores, all of it or nothing; `undefined` where the browser keeps nothing. */
const within = async <T>(
  mode: IDBTransactionMode,
  task: (facts: IDBObjectStore, pieces: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> => {
  const database = await open()
  if (!database) return undefined
  return new Promise((resolve) => {
    try {
      const transaction = database.transaction([FACTS, PIECES], mode)
      const request = task(transaction.objectStore(FACTS), transaction.objectStore(PIECES))
      transaction.oncomplete = () => resolve(request?.result)
      transaction.onerror = () => resolve(undefined)
      transaction.onabort = () => resolve(undefined)
    } catch {
      resolve(undefined)
    }
  })
}

const piecesOf = (take: string): IDBKeyRange => IDBKeyRange.bound([take, 0], [take, Number.POSITIVE_INFINITY])

/** Changes what is known of a take; one that is not there any more stays forgotten. */
export const changeTake = async (id: string, change: Partial<TakeFacts>): Promise<void> => {
  await within('readwrite', (facts) => {
    const asked = facts.get(id) as IDBRequest<TakeFacts | undefined>
    asked.onsuccess = () => asked.result && facts.put({ ...asked.result, ...change })
    return undefined
  })
}

export const keepTake = async (take: TakeFacts): Promise<void> => {
  // asked once by the browser, if at all: what is kept is not cleared away when the disk gets full
  void navigator.storage?.persist?.().catch(() => undefined)
  await within('readwrite', (facts) => facts.put(take))
}

export const keepPiece = async (take: string, index: number, samples: Int16Array): Promise<void> => {
  await within('readwrite', (_, pieces) => pieces.put({ take, index, samples } satisfies Piece))
}

/** What is kept of this person's, newest first. What the server has had for longer than since `sentSince` is let go. */
export const takesOf = async (person: string, sentSince: number): Promise<TakeFacts[]> => {
  const all = await within<TakeFacts[]>('readonly', (facts) => facts.getAll())
  const own = (all ?? []).filter((take) => take.person === person)
  const isOver = (take: TakeFacts): boolean => take.sent && take.at < sentSince
  for (const { id } of own.filter(isOver)) await forgetTake(id)
  return own.filter((take) => !isOver(take)).sort((one, other) => other.at - one.at)
}

export const takeById = async (id: string): Promise<KeptTake | undefined> => {
  const facts = await within<TakeFacts | undefined>('readonly', (all) => all.get(id))
  const pieces = await within<Piece[]>('readonly', (_, all) => all.getAll(piecesOf(id)))
  if (!facts || !pieces || pieces.length === 0) return undefined
  return { facts, samples: joined(pieces.map(({ samples }) => samples)) }
}

export const forgetTake = async (id: string): Promise<void> => {
  await within('readwrite', (facts, pieces) => {
    pieces.delete(piecesOf(id))
    facts.delete(id)
    return undefined
  })
}
