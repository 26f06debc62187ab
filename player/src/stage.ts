import type { BulletinClass, Candidate, Reason } from '@loa/protocol'
import type { Core } from './core.ts'
import type { Fetching } from './fetching.ts'
import { type Action, decide } from './kernel/decide.ts'
import type { StartedRecord } from './kernel/memory.ts'
import { isStopped, type Planned, policyOf } from './kernel/programme.ts'
import { receiptOfPlayed, receiptOfPowerCut, receiptOfSilence } from './kernel/receipts.ts'
import type { Outbox } from './outbox.ts'
import { type Cut, type Ended, Playing } from './playing.ts'
import type { Decode, Playback, SoundReader } from './ports.ts'
import { soundsOf, Weighing } from './weighing.ts'

/** The airing on stage, from the decision to start it until its receipt is written. */
type OnStage = {
  readonly planned: Planned
  readonly candidate: Candidate
  readonly unit: string
  readonly volume: number
  /** Seconds of it heard before an emergency broke it off; undefined where it starts for the first time. */
  readonly heard: number | undefined
  playing: Playing | undefined
  cut: Cut | undefined
  brokenBy: BulletinClass | undefined
}

export type StageOptions = { readonly outbox: Outbox; readonly fetching: Fetching; readonly decode: Decode }

/** Does what the kernel decides: one airing sounds at a time, and every one of them is accounted for. */
export class Stage {
  readonly #core: Core
  readonly #outbox: Outbox
  readonly #fetching: Fetching
  readonly #decode: Decode
  readonly #weighing: Weighing
  readonly #saidUntrusted = new Set<string>()
  #current: OnStage | undefined
  #done: Promise<void> = Promise.resolve()
  /** Resolves when the latest receipt is on disk, and with it all before it. */
  #kept: Promise<void> = Promise.resolve()
  #cancelWake = (): void => {}

  constructor(core: Core, { outbox, fetching, decode }: StageOptions) {
    this.#core = core
    this.#outbox = outbox
    this.#fetching = fetching
    this.#decode = decode
    this.#weighing = new Weighing(core, fetching)
  }

  /** What sounds, or is about to. */
  playing(): string | null {
    return this.#current?.planned.airing.id ?? null
  }

  /** Looks at the situation and does what it asks for. Called whenever anything may have changed. */
  look(): void {
    if (!this.#core.running) return
    const { memory, sense } = this.#core
    const current = this.#current
    const sounding = current?.playing?.secondsWritten() ?? 0
    const { actions, wakeAt } = decide({
      now: this.#core.now(),
      clockTrusted: sense.trusted,
      current: current && {
        airing: current.planned.airing.id,
        class: current.candidate.class,
        stopped: isStopped(memory, current.planned),
      },
      pending: this.#weighing.pending(),
      weigh: (planned) => this.#weighing.weigh(planned, sounding),
      saidUntrusted: (airing) => this.#saidUntrusted.has(airing),
    })
    for (const action of actions) this.#perform(action)
    this.#cancelWake()
    this.#cancelWake = wakeAt === undefined ? () => {} : this.#core.at(wakeAt, () => this.look())
    // With something on stage now, those that wait behind it are looked at once more.
    if (actions.some((action) => action.do === 'start')) this.look()
  }

  /** Writes the receipts of what a power cut broke off. */
  async recover(): Promise<void> {
    for (const started of [...this.#core.memory.open.values()]) {
      const receipt = receiptOfPowerCut(this.#core.account, started)
      this.#core.report('power.lost', started.airing)
      await this.#core.keep(
        {
          t: 'receipt',
          id: receipt.id,
          counter: started.counter,
          airing: started.airing,
          payload: this.#outbox.sign(receipt),
          at: started.lastAt,
          seconds: started.seconds,
          settles: true,
        },
        { sync: true },
      )
    }
  }

  /** Ends what sounds and waits until its receipt is on disk. */
  async stop(): Promise<void> {
    this.#cancelWake()
    this.#end({ outcome: 'interrupted', reason: 'power.lost' }, undefined)
    await this.#done
    await this.#kept
  }

  #perform(action: Action): void {
    if (action.do === 'start') this.#start(action)
    else if (action.do === 'end') this.#end({ outcome: action.outcome, reason: action.reason }, action.by)
    else if (action.do === 'silent') this.#keepSilent(action)
    else {
      this.#weighing.lacking.set(action.planned.airing.id, 'sound.missing')
      this.#fetching.hurry(soundsOf(action.candidate).filter((hash) => !this.#core.ports.sounds.has(hash)))
    }
  }

  #start({ weighed, unit, volume }: Extract<Action, { do: 'start' }>): void {
    const { planned, candidate } = weighed
    const heard = this.#weighing.interrupted.get(planned.airing.id)
    const on: OnStage = {
      planned,
      candidate,
      unit,
      volume,
      heard,
      playing: undefined,
      cut: undefined,
      brokenBy: undefined,
    }
    this.#current = on
    this.#done = this.#present(on).then(() => {
      this.#current = undefined
      this.#outbox.status(null)
      this.look()
    })
  }

  #end(cut: Cut, by: BulletinClass | undefined): void {
    const on = this.#current
    if (on === undefined || on.cut !== undefined) return
    on.cut = cut
    on.brokenBy = by
    on.playing?.cut(cut)
  }

  /** Sound, output, record on disk, first sample: in this order, so that nothing sounds unaccounted for. */
  async #present(on: OnStage): Promise<void> {
    const { airing } = on.planned
    const sound = await this.#openSound(on.candidate.versions[0]?.sound ?? '')
    if ('refused' in sound) {
      // Gone from the cache, or changed on the card: it is fetched again while there is time.
      if (sound.refused === 'sound.missing') return
      return this.#keepSilent({ planned: on.planned, unit: on.unit, reason: 'sound.broken', settles: true })
    }
    const counter = this.#core.nextCounter()
    const playback = await this.#core.ports.output.open({
      airing: airing.id,
      release: airing.release,
      title: on.candidate.title,
      class: on.candidate.class,
      counter,
      startedAt: this.#core.now(),
    })
    if ('refused' in playback) {
      sound.close()
      this.#core.report(playback.refused, airing.id)
      return this.#keepSilent({ planned: on.planned, unit: on.unit, reason: 'output.failed', settles: true })
    }
    await this.#play(on, { counter, playback, first: sound })
  }

  async #play(on: OnStage, open: { counter: number; playback: Playback; first: SoundReader }): Promise<void> {
    const { airing } = on.planned
    const { counter, playback, first } = open
    this.#weighing.interrupted.delete(airing.id)
    this.#weighing.lacking.delete(airing.id)
    await this.#core.keep(this.#startedRecord(on, counter), { sync: true })
    this.#core.ports.log({ code: 'airing.started', subject: airing.id, at: this.#core.now() })
    this.#outbox.status(airing.id)
    const job = {
      candidate: on.candidate,
      first,
      volume: on.volume,
      skipSeconds: on.heard ?? 0,
      chunkMs: this.#core.ports.output.chunkMs,
      deaf: this.#core.ports.output.deaf ?? false,
      openSound: (hash: string) => this.#openSound(hash),
      onProgress: (seconds: number, levelDbfs: number | null) =>
        void this.#core.keep({ t: 'progress', counter, seconds, levelDbfs, at: this.#core.now() }),
    }
    on.playing = new Playing(job, playback, on.cut)
    const ended = await on.playing.ended
    if (ended.outcome === 'preempted' && on.brokenBy === 'emergency') {
      this.#weighing.interrupted.set(airing.id, (on.heard ?? 0) + ended.seconds)
    }
    this.#account(counter, ended)
  }

  #startedRecord(on: OnStage, counter: number): StartedRecord {
    return {
      t: 'started',
      counter,
      airing: on.planned.airing.id,
      release: on.planned.airing.release,
      unit: on.unit,
      at: this.#core.now(),
      clockTrusted: this.#core.sense.trusted,
      volume: on.volume,
      sounds: soundsOf(on.candidate),
      resumed: on.heard !== undefined,
      until: on.candidate.notAfter,
    }
  }

  #account(counter: number, ended: Ended): void {
    const started = this.#core.memory.open.get(counter)
    if (started === undefined) throw new Error(`no record of the start of ${counter}`)
    Object.assign(started, { seconds: ended.seconds, levelDbfs: ended.levelDbfs })
    const receipt = receiptOfPlayed(this.#core.account, started, { ...ended, at: this.#core.now() })
    this.#core.ports.log({ code: `airing.${ended.outcome}`, subject: started.airing, at: this.#core.now() })
    this.#keepReceipt(receipt, ended.seconds, true)
  }

  #keepSilent(silence: { planned: Planned; unit: string; reason: Reason; settles: boolean }): void {
    const { airing, release } = silence.planned
    this.#weighing.lacking.delete(airing.id)
    // What was broken off has its receipt already.
    if (this.#weighing.interrupted.delete(airing.id)) return
    if (!silence.settles) this.#saidUntrusted.add(airing.id)
    this.#core.ports.log({ code: `airing.silent.${silence.reason}`, subject: airing.id, at: this.#core.now() })
    const receipt = receiptOfSilence(this.#core.account, {
      counter: this.#core.nextCounter(),
      airing: airing.id,
      release: airing.release,
      unit: silence.unit,
      reason: silence.reason,
      at: this.#core.now(),
      clockTrusted: this.#core.sense.trusted,
      volume: policyOf(this.#core.memory).volume,
      sounds: soundsOf(this.#weighing.candidate(release)),
    })
    this.#keepReceipt(receipt, 0, silence.settles)
  }

  #keepReceipt(receipt: Parameters<Outbox['sign']>[0], seconds: number, settles: boolean): void {
    const { id, counter, airing } = receipt
    const payload = this.#outbox.sign(receipt)
    const at = this.#core.now()
    const record = { t: 'receipt', id, counter, airing, payload, at, seconds, settles } as const
    this.#kept = this.#core.keep(record, { sync: true })
    void this.#kept.then(() => this.#outbox.sendReceipts())
  }

  #openSound(hash: string): Promise<SoundReader | { readonly refused: string }> {
    return this.#decode(hash, () => this.#core.ports.sounds.read(hash))
  }
}
