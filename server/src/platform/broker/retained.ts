import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { parseTopic } from '@loa/protocol'
import { matches } from '../mqtt.ts'

/** A message as aedes keeps it. */
type Kept = { readonly topic: string; readonly payload: Uint8Array }

/** The part of aedes' memory that is replaced; its package types only the whole, at an address nobody can import. */
type Memory = {
  storeRetained(packet: Kept): Promise<void>
  createRetainedStream(pattern: string): Readable
  createRetainedStreamCombi(patterns: readonly string[]): Readable
}
const MemoryPersistence = createRequire(import.meta.url)('aedes-persistence/asyncPersistence.js') as new () => Memory

/** The part of a topic under which it is found again: all leaves of one unit, or of one device, stand together. */
const shelfOf = (topic: string): string | undefined => {
  const parts = topic.split('/')
  const [root, version, scope, id] = parts
  return parts.length >= 5 && id !== '+' && scope !== '+' ? `${root}/${version}/${scope}/${id}` : undefined
}

/**
 * aedes' own memory, but for retained messages, which it searches from the first to the last for every filter of every
 * subscriber: with ten thousand devices, each with its configuration, a tenth of a second for each that connects. Ours stand on a
 * shelf for each unit and device, and a filter that names one looks at no other.
 */
export class ShelvedPersistence extends MemoryPersistence {
  readonly #shelves = new Map<string, Map<string, Kept>>()
  /** Topics that are none of ours. */
  readonly #others = new Map<string, Kept>()

  override async storeRetained(packet: Kept): Promise<void> {
    const { topic } = packet
    const name = parseTopic(topic) === undefined ? undefined : shelfOf(topic)
    const shelf = name === undefined ? this.#others : (this.#shelves.get(name) ?? new Map<string, Kept>())
    if (packet.payload.length === 0) shelf.delete(topic)
    else shelf.set(topic, { ...packet })
    if (name === undefined) return
    if (shelf.size === 0) this.#shelves.delete(name)
    else this.#shelves.set(name, shelf)
  }

  override createRetainedStream(pattern: string): Readable {
    return this.createRetainedStreamCombi([pattern])
  }

  override createRetainedStreamCombi(patterns: readonly string[]): Readable {
    return Readable.from(patterns.flatMap((pattern) => this.#matching(pattern)))
  }

  #matching(pattern: string): Kept[] {
    const name = shelfOf(pattern)
    const shelf = name === undefined ? undefined : this.#shelves.get(name)
    const shelves = name === undefined ? [...this.#shelves.values()] : shelf === undefined ? [] : [shelf]
    return [...shelves, this.#others].flatMap((each) =>
      [...each].flatMap(([topic, packet]) => (matches(pattern, topic) ? [packet] : [])),
    )
  }
}
