import type { Candidate, Outcome, Reason } from '@loa/protocol'
import { createMeter, createShaper, FADE_SAMPLES, SAMPLE_RATE } from './kernel/pcm.ts'
import type { Playback, SoundReader } from './ports.ts'

/** Why what is sounding must end. Set once; seen between two pieces of sound. */
export type Cut = { readonly outcome: Exclude<Outcome, 'silent' | 'completed'>; readonly reason: Reason }

export type Ended = {
  readonly outcome: Exclude<Outcome, 'silent'>
  readonly reason: Reason | null
  readonly seconds: number
  readonly levelDbfs: number | null
}

export type PlayJob = {
  readonly candidate: Candidate
  /** Percent of full scale. */
  readonly volume: number
  /** Seconds of it that were heard before an emergency broke it off. */
  readonly skipSeconds: number
  readonly chunkMs: number
  /** The output looks at no sample: see `Output`. */
  readonly deaf?: boolean
  /** The sound of the first language version, already open: nothing is begun that cannot be read. */
  readonly first: SoundReader
  /** Opens the sounds of the others in turn. */
  readonly openSound: (hash: string) => Promise<SoundReader | { readonly refused: string }>
  readonly onProgress: (seconds: number, levelDbfs: number | null) => void
}

type Piece = Float32Array | { readonly refused: string }

/** A power cut loses at most this much of the account. */
const progressSeconds = 5
/** Longest piece a decoder may give: 120 ms, the longest Opus packet (RFC 6716 §2.1.4). */
const pieceSamplesMax = 5_760

/** The pieces of every version in order, what was heard before left out; a refusal where a sound cannot be read. */
async function* pieces(job: PlayJob): AsyncGenerator<Piece> {
  let skip = Math.round(job.skipSeconds * SAMPLE_RATE)
  for (const [index, version] of job.candidate.versions.entries()) {
    const sound = index === 0 ? job.first : await job.openSound(version.sound)
    if ('refused' in sound) {
      yield sound
      return
    }
    try {
      for (let piece = sound.next(); piece !== undefined; piece = sound.next()) {
        const from = Math.min(skip, piece.length)
        skip -= from
        // the very piece where nothing is skipped: what many players hear is reckoned once by it
        if (from < piece.length) yield from === 0 ? piece : piece.subarray(from)
      }
    } finally {
      sound.close()
    }
  }
}

/** What a deaf output is given: samples nobody looks at, the same for all. */
let unheard = new Float32Array(0)
const unheardOf = (samples: number): Float32Array => {
  if (unheard.length < samples) unheard = new Float32Array(samples)
  return unheard.subarray(0, samples)
}

/** Plays an airing over an open playback, to its end or until it is cut. */
export class Playing {
  /** Resolves once the playback is closed. */
  readonly ended: Promise<Ended>
  readonly #job: PlayJob
  readonly #playback: Playback
  readonly #meter = createMeter()
  readonly #shaper
  readonly #chunk: Float32Array
  #filled = 0
  #progressAt = progressSeconds
  #cut: Cut | undefined

  constructor(job: PlayJob, playback: Playback, cut: Cut | undefined) {
    this.#job = job
    this.#playback = playback
    this.#shaper = createShaper(job.volume)
    this.#chunk = new Float32Array(job.deaf ? 0 : (job.chunkMs * SAMPLE_RATE) / 1000 + pieceSamplesMax)
    this.#cut = cut
    this.ended = this.#run()
  }

  /** Ends it now, with a fade of 20 ms. The first reason holds. */
  cut(by: Cut): void {
    this.#cut ??= by
    this.#playback.release()
  }

  secondsWritten(): number {
    return this.#playback.secondsWritten()
  }

  async #run(): Promise<Ended> {
    for await (const piece of pieces(this.#job)) {
      if (!(piece instanceof Float32Array)) return this.#end({ outcome: 'interrupted', reason: 'sound.broken' })
      if (this.#cut !== undefined) return this.#end(this.#cut, piece)
      const broken = await this.#take(piece)
      if (broken !== undefined) return this.#end(broken)
    }
    const broken = await this.#flush()
    if (broken !== undefined) return this.#end(broken)
    if (this.#cut === undefined) await this.#playback.drain()
    return this.#cut === undefined ? this.#account({ outcome: 'completed', reason: null }) : this.#end(this.#cut)
  }

  async #take(piece: Float32Array): Promise<Cut | undefined> {
    if (this.#job.deaf) this.#meter.addPiece(piece, this.#job.volume / 100)
    else this.#shaper.shape(piece, this.#chunk, this.#filled)
    this.#filled += piece.length
    return this.#filled * 1000 < this.#job.chunkMs * SAMPLE_RATE ? undefined : this.#flush()
  }

  async #flush(): Promise<Cut | undefined> {
    const samples = this.#job.deaf ? unheardOf(this.#filled) : this.#chunk.subarray(0, this.#filled)
    this.#filled = 0
    return this.#write(samples)
  }

  async #write(samples: Float32Array): Promise<Cut | undefined> {
    if (samples.length === 0) return undefined
    if (!this.#job.deaf) this.#meter.add(samples)
    if ((await this.#playback.write(samples)) !== 'written') return { outcome: 'interrupted', reason: 'output.failed' }
    const seconds = this.#playback.secondsWritten()
    if (seconds >= this.#progressAt) {
      this.#progressAt = seconds + progressSeconds
      this.#job.onProgress(seconds, this.#meter.levelDbfs())
    }
    return undefined
  }

  /** `next` is what would have sounded: it fades out instead. */
  async #end(by: Cut, next?: Float32Array): Promise<Ended> {
    const deaf = this.#job.deaf ? unheardOf(FADE_SAMPLES) : undefined
    if (next !== undefined) await this.#write(deaf ?? this.#shaper.fadeOut(next))
    await this.#playback.stop()
    return this.#account(by)
  }

  #account(end: Pick<Ended, 'outcome' | 'reason'>): Ended {
    return { ...end, seconds: this.#playback.secondsWritten(), levelDbfs: this.#meter.levelDbfs() }
  }
}
