import {
  closeSync,
  type FSWatcher,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  watch,
} from 'node:fs'
import { join } from 'node:path'
import { repository } from './installation.ts'
import { type Program, startProgram } from './programs.ts'
import { until } from './waiting.ts'

const HEADER_BYTES = 44
const BYTES_PER_SAMPLE = 2
const SAMPLES_PER_MS = 48
/** −40 dBFS as a 16-bit sample. */
const LOUD = 32_767 * 10 ** (-40 / 20)

type Growth = { readonly at: number; readonly samples: number }

const isLoudAt = (pcm: Buffer, sample: number): boolean => Math.abs(pcm.readInt16LE(sample * BYTES_PER_SAMPLE)) > LOUD

/**
 * One WAV file while a player writes it: when which part of it arrived. A piece is written when its first sample is due
 * at the output, so sample k of a piece sounds k/48 ms after the piece arrived.
 */
export class WavHeard {
  readonly name: string
  readonly #path: string
  readonly #growth: Growth[] = []

  constructor(folder: string, name: string) {
    this.name = name
    this.#path = join(folder, name)
  }

  /** The airing that the player names in the file. */
  get airing(): string {
    return this.name
      .replace(/\.wav$/, '')
      .split('-')
      .slice(3)
      .join('-')
  }

  /** The number of the receipt that the player names in the file. */
  get counter(): number {
    return Number(this.name.split('-')[2])
  }

  look(at: number): void {
    const samples = Math.max(0, Math.floor((statSync(this.#path).size - HEADER_BYTES) / BYTES_PER_SAMPLE))
    if (samples > (this.#growth.at(-1)?.samples ?? 0)) this.#growth.push({ at, samples })
  }

  #pcm(): Buffer {
    return readFileSync(this.#path).subarray(HEADER_BYTES)
  }

  #timeOf(sample: number): number {
    const place = this.#growth.findIndex(({ samples }) => samples > sample)
    const piece = this.#growth[place]
    if (piece === undefined) throw new Error(`sample ${sample} of ${this.name} was never seen to arrive`)
    return piece.at + (sample - (this.#growth[place - 1]?.samples ?? 0)) / SAMPLES_PER_MS
  }

  /** When the first sample above −40 dBFS sounded, milliseconds since 1970; undefined while there is none. */
  firstLoudAt(): number | undefined {
    const pcm = this.#pcm()
    const seen = this.#growth.at(-1)?.samples ?? 0
    for (let sample = 0; sample < seen; sample++) if (isLoudAt(pcm, sample)) return this.#timeOf(sample)
    return undefined
  }

  /** When the last sample that is not silence sounded. */
  lastSoundAt(): number {
    const pcm = this.#pcm()
    const seen = this.#growth.at(-1)?.samples ?? 0
    for (let sample = seen - 1; sample >= 0; sample--)
      if (pcm.readInt16LE(sample * 2) !== 0) return this.#timeOf(sample)
    throw new Error(`${this.name} holds no sound`)
  }

  /** The player writes the true length into the header when it closes the file. */
  isClosed(): boolean {
    const head = Buffer.alloc(HEADER_BYTES)
    const file = openSync(this.#path, 'r')
    readSync(file, head, 0, HEADER_BYTES, 0)
    closeSync(file)
    return head.readUInt32LE(40) !== 0xff_ff_ff_ff
  }
}

type PlayerStart = {
  readonly url: string
  readonly code: string
  readonly data: string
  readonly output: 'wav' | 'null'
  /** Where the repository is that the player comes from. */
  readonly from?: string
  /** The program, where it is not that of the repository: the packed one. */
  readonly program?: string
}

/** A real player program with a data folder of its own, and an ear at what it writes. */
export class Listener {
  readonly data: string
  readonly #folder: string
  readonly #heard = new Map<string, WavHeard>()
  readonly #watcher: FSWatcher
  readonly #start: PlayerStart
  program: Program

  constructor(start: PlayerStart) {
    this.#start = start
    this.data = start.data
    this.#folder = join(start.data, 'heard')
    mkdirSync(this.#folder, { recursive: true })
    this.#watcher = watch(this.#folder, (_, name) => name !== null && this.#look(name))
    this.program = this.#launch()
  }

  #launch(): Program {
    const { url, code, data, output, from = repository, program } = this.#start
    const main = program ?? join(from, 'player', 'src', 'main.ts')
    return startProgram(
      process.execPath,
      [main, '--server', url, '--enrol', code, '--data', data, '--output', output],
      { cwd: from, log: join(data, 'player.log') },
    )
  }

  #look(name: string): void {
    const at = performance.timeOrigin + performance.now()
    const wav = this.#heard.get(name) ?? new WavHeard(this.#folder, name)
    this.#heard.set(name, wav)
    wav.look(at)
  }

  /** Files the player has written, by name: local time, number, airing. */
  files(): WavHeard[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.wav'))
      .sort()
      .map((name) => this.#heard.get(name) ?? new WavHeard(this.#folder, name))
  }

  ofAiring(airing: string): WavHeard | undefined {
    return [...this.#heard.values()].find((wav) => wav.airing === airing)
  }

  said(words: string): boolean {
    return readFileSync(join(this.data, 'player.log'), 'utf8').includes(words)
  }

  /** Resolves when the player is connected and knows the time: from then on it may play. */
  untilReady(withinMs = 30_000): Promise<true> {
    return until('the player to be ready', () => this.said('clock.set') || this.said('Time received'), { withinMs })
  }

  soundsKept(): number {
    return readdirSync(join(this.data, 'sounds')).filter((name) => name.endsWith('.opus')).length
  }

  async stop(): Promise<void> {
    this.#watcher.close()
    await this.program.stop(10_000)
  }
}

/** The wall clock with fractions of a millisecond, milliseconds since 1970. */
export const wallNow = (): number => performance.timeOrigin + performance.now()
