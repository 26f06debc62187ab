import { type Instant, type Outcome, type Reason, type Receipt, receiptSchema } from '@loa/protocol'
import type { Started } from './memory.ts'

export type Account = {
  readonly device: string
  readonly epoch: number
  readonly output: Receipt['output']
}

/** `<device>.<epoch>.<counter>`: never the same twice, so it may be sent as often as needed. */
export const receiptId = ({ device, epoch }: Account, counter: number): string => `${device}.${epoch}.${counter}`

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** The account of an airing that was started: completed, or ended early for a reason. */
export const receiptOfPlayed = (
  account: Account,
  started: Started,
  end: { readonly outcome: Exclude<Outcome, 'silent'>; readonly reason: Reason | null; readonly at: Instant },
): Receipt =>
  receiptSchema.parse({
    v: 1,
    id: receiptId(account, started.counter),
    device: account.device,
    epoch: account.epoch,
    counter: started.counter,
    airing: started.airing,
    release: started.release,
    unit: started.unit,
    outcome: end.outcome,
    reason: end.reason,
    startedAt: started.at,
    endedAt: Math.max(end.at, started.at),
    clockTrusted: started.clockTrusted,
    secondsWritten: rounded(started.seconds),
    levelDbfs: started.seconds > 0 ? started.levelDbfs : null,
    volume: started.volume,
    output: account.output,
    sounds: [...started.sounds],
  })

export type Silence = {
  readonly counter: number
  readonly airing: string
  readonly release: string
  readonly unit: string
  readonly reason: Reason
  readonly at: Instant
  readonly clockTrusted: boolean
  readonly volume: number
  readonly sounds: readonly string[]
}

/** The account of an airing that was kept silent. */
export const receiptOfSilence = (account: Account, silence: Silence): Receipt =>
  receiptSchema.parse({
    v: 1,
    id: receiptId(account, silence.counter),
    device: account.device,
    epoch: account.epoch,
    counter: silence.counter,
    airing: silence.airing,
    release: silence.release,
    unit: silence.unit,
    outcome: 'silent',
    reason: silence.reason,
    startedAt: null,
    endedAt: silence.at,
    clockTrusted: silence.clockTrusted,
    secondsWritten: 0,
    levelDbfs: null,
    volume: silence.volume,
    output: account.output,
    sounds: [...silence.sounds],
  })

/**
 * The account of what a power cut broke off: as much as the last progress record knew. It ended when it was last known
 * to sound, which is the honest lower bound.
 */
export const receiptOfPowerCut = (account: Account, started: Started): Receipt =>
  receiptOfPlayed(account, started, { outcome: 'interrupted', reason: 'power.lost', at: started.lastAt })
