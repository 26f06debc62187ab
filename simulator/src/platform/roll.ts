import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { random, type StoredIdentity } from '@loa/player'

type Line = { readonly kind: string; readonly identity: StoredIdentity }

/** Identities of simulated devices from run to run, one line each: a folder for each of ten thousand would be slow. */
export class Roll {
  readonly #path: string
  #lines: Line[] = []
  #unwritten: string[] = []

  constructor(path: string) {
    this.#path = path
  }

  async open(): Promise<this> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    const text = await readFile(this.#path, 'utf8').catch(() => '')
    for (const line of text.split('\n').slice(0, -1)) {
      const { kind, identity } = JSON.parse(line) as Line
      // Where the journal is gone, numbers of receipts that were used already must not come again.
      const countFrom = 1_000_000_000 + Buffer.from(random(4)).readUInt32BE()
      this.#lines.push({ kind, identity: { ...identity, countFrom } })
    }
    return this
  }

  add(kind: string, identity: StoredIdentity): void {
    this.#lines.push({ kind, identity })
    this.#unwritten.push(`${JSON.stringify({ kind, identity } satisfies Line)}\n`)
  }

  /** Leaves out, for this run, devices the server no longer knows. */
  keepOnly(isKnown: (device: string) => boolean): void {
    this.#lines = this.#lines.filter(({ identity }) => isKnown(identity.enrolled.device))
  }

  of(kind: string): readonly StoredIdentity[] {
    return this.#lines.filter((line) => line.kind === kind).map(({ identity }) => identity)
  }

  async flush(): Promise<void> {
    const text = this.#unwritten.join('')
    this.#unwritten = []
    if (text !== '') await appendFile(this.#path, text, { mode: 0o600 })
  }
}
