import { type Candidate, type Outcome, type Reason, type Receipt, receiptSchema, signingBytes } from '@loa/protocol'
import type { OwnKey } from '../../platform/keys.ts'
import type { Sounding } from '../../platform/speaker.ts'
import {
  countPlay,
  type Due,
  decide,
  due,
  interrupts,
  isStopped,
  type Knowledge,
  lastOver,
  learn,
  nextDue,
  nothingKnown,
  settle,
} from './knowledge.ts'
import { type Anchors, openRelease, type Verify, verified } from './messages.ts'

/** What the page's cluster is doing, for the words on the screen. */
export type Doing =
  | { is: 'connecting' | 'listening' | 'closed' | 'unsupported' }
  | { is: 'waiting'; title: string; at: number }
  | { is: 'fetching' | 'finished' | 'stopped'; title: string }
  | { is: 'playing'; title: string; by: string }
  | { is: 'refused'; title: string; reason: string }

export type Ports = {
  verify: Verify
  key: OwnKey
  now(): number
  /** Runs a task after `ms`; returns what cancels it. */
  after(ms: number, task: () => void): () => void
  send(message: unknown): void
  /** Fetches a sound, checks its SHA-256, decodes it. */
  sound(hash: string): Promise<AudioBuffer | 'sound.missing' | 'sound.wrongHash' | 'sound.broken'>
  play(sounds: readonly AudioBuffer[], volume: number): Sounding
  onDoing(doing: Doing, note: 'log' | 'quiet'): void
  onIgnored(): void
  onReplay(title: string | undefined): void
}

export type Greeting = {
  device: string
  anchors: Anchors
  listens: { unit: string; from: number; to: number | null }[]
}

type OnAir = {
  due: Due
  candidate: Candidate
  sounding: Sounding
  startedAt: number
  volume: number
  unit: string
  cut: Cut | undefined
}
type Cut = { outcome: 'stopped' | 'preempted'; reason: Reason }
type Ending = {
  outcome: Outcome
  reason: Reason | null
  startedAt: number | null
  seconds: number
  levelDbfs: number | null
  volume: number
  unit: string
}

const WAKE_MAX_MS = 60_000
const SETTLE_MS = 1500

/** What outlives a lost connection and a switch turned off and on: nothing is played twice, no receipt number used twice. */
export type Memory = { done: ReadonlySet<string>; plays: ReadonlyMap<string, number>; counter: number }

export const freshMemory = (): Memory => ({ done: new Set(), plays: new Map(), counter: 0 })

/** The page as one more device: it believes nobody, plays what was signed, and accounts for it. */
export class PageCluster {
  #known: Knowledge
  #onAir: OnAir | undefined
  #epoch: number | undefined
  #cancelWake: (() => void) | undefined
  #work: Promise<void> = Promise.resolve()
  #closed = false
  #since = 0
  readonly #greeting: Greeting
  readonly #ports: Ports
  readonly #memory: Memory

  constructor(greeting: Greeting, ports: Ports, memory: Memory) {
    this.#greeting = greeting
    this.#ports = ports
    this.#memory = memory
    this.#known = { ...nothingKnown, done: memory.done, plays: memory.plays }
  }

  /** Says who signs this page's receipts, and begins. */
  start(): void {
    this.#since = this.#ports.now()
    this.#ports.send({ key: this.#ports.key.key })
    this.#ports.onDoing({ is: 'listening' }, 'quiet')
    this.#wake(SETTLE_MS)
  }

  registered(epoch: number): void {
    this.#epoch = epoch
  }

  /** A message from the wire. One after another: a stop is never overtaken by the order before it. */
  receive(topic: string, payload: string): void {
    this.#work = this.#work.then(() => this.#take(topic, payload))
  }

  /** Ends everything at once. */
  close(): void {
    this.#closed = true
    this.#cancelWake?.()
    this.#onAir?.sounding.silence()
  }

  /** Plays the last item of today again: checked in the same way, for this listener only, without a receipt. */
  async replay(): Promise<void> {
    const last = lastOver(this.#known, this.#ports.now())
    if (!last?.release || this.#onAir) return
    const opened = await openRelease(last.release, this.#known.rosters, this.#ports.verify)
    if (!opened) return
    const title = opened.candidate.title
    if (opened.signers.length === 0) return this.#say({ is: 'refused', title, reason: 'candidate.tooFewSigners' })
    const sounds = await this.#sounds(opened.candidate)
    if (typeof sounds === 'string') return this.#say({ is: 'refused', title, reason: sounds })
    this.#say({ is: 'playing', title, by: '' })
    await this.#ports.play(sounds, 80).ended
    this.#rest()
  }

  async #take(topic: string, payload: string): Promise<void> {
    const { verify, now } = this.#ports
    const message = await verified(topic, payload, {
      anchors: this.#greeting.anchors,
      rosters: this.#known.rosters,
      now: now(),
      verify,
    })
    if (!message) return this.#ports.onIgnored()
    this.#known = learn(this.#known, message)
    const { kind } = message
    if (kind === 'stop' && this.#onAir && isStopped(this.#known, this.#onAir.due.airing)) {
      this.#cut({ outcome: 'stopped', reason: 'airing.stopped' })
    }
    this.#wake(kind === 'order' ? 0 : SETTLE_MS)
  }

  #wake(ms: number): void {
    this.#cancelWake?.()
    if (this.#closed) return
    this.#cancelWake = this.#ports.after(ms, () => {
      this.#work = this.#work.then(() => this.#look())
    })
  }

  /** Deals with everything that is due, then sleeps until the next thing is. */
  async #look(): Promise<void> {
    if (this.#closed) return
    for (const item of due(this.#known, this.#ports.now())) await this.#consider(item)
    const now = this.#ports.now()
    const next = nextDue(this.#known, now)
    if (!this.#onAir) this.#rest()
    this.#wake(Math.min(WAKE_MAX_MS, next ? Math.max(0, next.airing.at - now) : WAKE_MAX_MS))
  }

  async #consider(item: Due): Promise<void> {
    if (!item.release) return
    const opened = await openRelease(item.release, this.#known.rosters, this.#ports.verify)
    if (!opened) return this.#settle(item)
    const { candidate } = opened
    const now = this.#ports.now()
    const listens = this.#greeting.listens
      .filter(({ from, to }) => from <= now && (to === null || now < to))
      .map(({ unit }) => unit)
    const decision = decide(this.#known, item, opened, { listens, now, since: this.#since })
    if (!decision.play) {
      this.#settle(item)
      if ('tooLate' in decision || decision.reason === 'airing.stopped') return
      this.#say({ is: 'refused', title: candidate.title, reason: decision.reason })
      return this.#account(item, candidate, silent(decision.reason, decision.unit))
    }
    if (this.#onAir) {
      // Equal classes wait for each other; the end of what is sounding looks again.
      if (!interrupts(candidate, this.#onAir.candidate)) return
      this.#cut({ outcome: 'preempted', reason: 'higherClass' })
    }
    this.#settle(item)
    await this.#begin(item, candidate, decision)
  }

  #settle(item: Due): void {
    this.#known = settle(this.#known, item.airing.id)
    this.#memory.done = this.#known.done
  }

  async #sounds(candidate: Candidate): Promise<AudioBuffer[] | Reason> {
    this.#say({ is: 'fetching', title: candidate.title })
    const sounds: AudioBuffer[] = []
    for (const version of candidate.versions) {
      const sound = await this.#ports.sound(version.sound)
      if (typeof sound === 'string') return sound
      sounds.push(sound)
    }
    return sounds
  }

  async #begin(item: Due, candidate: Candidate, { unit, volume }: { unit: string; volume: number }): Promise<void> {
    const sounds = await this.#sounds(candidate)
    if (this.#closed) return
    if (typeof sounds === 'string') {
      this.#say({ is: 'refused', title: candidate.title, reason: sounds })
      return this.#account(item, candidate, silent(sounds, unit))
    }
    const startedAt = this.#ports.now()
    const sounding = this.#ports.play(sounds, volume)
    const onAir: OnAir = { due: item, candidate, sounding, startedAt, volume, unit, cut: undefined }
    this.#onAir = onAir
    this.#known = countPlay(this.#known, candidate.release)
    this.#memory.plays = this.#known.plays
    this.#say({ is: 'playing', title: candidate.title, by: '' })
    void sounding.ended.then((how) => this.#ended(onAir, how))
  }

  #cut(cut: Cut): void {
    if (!this.#onAir) return
    this.#onAir.cut = cut
    this.#onAir.sounding.silence()
  }

  async #ended(onAir: OnAir, how: 'completed' | 'silenced'): Promise<void> {
    if (this.#onAir === onAir) this.#onAir = undefined
    const { cut, candidate, due: item, startedAt, sounding, volume, unit } = onAir
    const outcome: Outcome = cut?.outcome ?? (how === 'completed' ? 'completed' : 'interrupted')
    this.#say({ is: outcome === 'completed' ? 'finished' : 'stopped', title: candidate.title })
    await this.#account(item, candidate, {
      outcome,
      reason: cut?.reason ?? null,
      startedAt,
      seconds: sounding.secondsWritten(),
      levelDbfs: sounding.levelDbfs,
      volume,
      unit,
    })
    this.#wake(SETTLE_MS)
  }

  /** Signs and sends a receipt of this page. The server keeps it apart and never counts it among the clusters. */
  async #account({ airing }: Due, candidate: Candidate, ending: Ending): Promise<void> {
    if (this.#epoch === undefined) return
    const counter = ++this.#memory.counter
    const { device } = this.#greeting
    const receipt: Receipt = {
      v: 1,
      id: `${device}.${this.#epoch}.${counter}`,
      device,
      epoch: this.#epoch,
      counter,
      airing: airing.id,
      release: airing.release,
      unit: ending.unit,
      outcome: ending.outcome,
      reason: ending.reason,
      startedAt: ending.startedAt === null ? null : Math.round(ending.startedAt),
      endedAt: Math.round(this.#ports.now()),
      clockTrusted: true,
      secondsWritten: ending.seconds,
      levelDbfs: ending.levelDbfs,
      volume: ending.volume,
      output: 'page',
      sounds: candidate.versions.map((version) => version.sound),
    }
    const body = JSON.stringify(receiptSchema.parse(receipt))
    const value = await this.#ports.key.sign(signingBytes('receipt', body))
    this.#ports.send({ receipt: { body, signatures: [{ key: this.#ports.key.key.id, value }] } })
  }

  #say(doing: Doing): void {
    this.#ports.onDoing(doing, 'log')
  }

  /** What is shown between two items: the next one, or that nothing is planned; and what can be heard again. */
  #rest(): void {
    const now = this.#ports.now()
    const next = nextDue(this.#known, now)
    const title = titleOf(next)
    this.#ports.onDoing(next && title ? { is: 'waiting', title, at: next.airing.at } : { is: 'listening' }, 'quiet')
    this.#ports.onReplay(titleOf(lastOver(this.#known, now)))
  }
}

const silent = (reason: Reason, unit: string): Ending => ({
  outcome: 'silent',
  reason,
  startedAt: null,
  seconds: 0,
  levelDbfs: null,
  volume: 0,
  unit,
})

const titleOf = (item: Due | undefined): string | undefined => {
  try {
    return item?.release ? (JSON.parse(item.release.body) as Partial<Candidate>).title : undefined
  } catch {
    return undefined
  }
}
