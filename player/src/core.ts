import { type Instant, parseAs, type Report, topics } from '@loa/protocol'
import type { InboxFacts } from './kernel/inbox.ts'
import { createMemo } from './kernel/memo.ts'
import { emptyMemory, type JournalRecord, type Memory, remember } from './kernel/memory.ts'
import { type Listening, listeningAt } from './kernel/programme.ts'
import type { Account } from './kernel/receipts.ts'
import { createReportLimit } from './kernel/reports.ts'
import { deviceNow, type TimeSense } from './kernel/trusted-time.ts'
import type { Identity, Memo, PlayerPorts } from './ports.ts'

/** What the parts of one player share: its memory, its sense of time, and the ways to write down and to report. */
export type Core = {
  readonly identity: Identity
  readonly ports: PlayerPorts
  readonly account: Account
  readonly memory: Memory
  readonly memo: Memo
  sense: TimeSense
  online: boolean
  running: boolean
  /** Grows whenever something that bears on the programme is remembered. */
  readonly version: () => number
  readonly now: () => Instant
  /** Units listened to now. */
  readonly listens: () => readonly string[]
  /** The same, each with since when. */
  readonly listening: () => readonly Listening[]
  /** Runs a task at an instant of the device's time; returns what cancels it. */
  readonly at: (at: Instant, task: () => void) => () => void
  /** Remembers at once and writes down; with `sync` it resolves when it is on disk, or could not be. */
  readonly keep: (record: JournalRecord, options?: { sync?: boolean }) => Promise<void>
  readonly nextCounter: () => number
  /** Tells the server, within limits, and the log, that something was refused and kept silent. */
  readonly report: (code: string, subject?: string) => void
  readonly inboxFacts: () => InboxFacts
}

const bearsOnProgramme = new Set(['roster', 'manifest', 'order', 'stop', 'config'])

export const createCore = (identity: Identity, ports: PlayerPorts): Core => {
  const memo = ports.memo ?? createMemo()
  const memory = emptyMemory((kind, schema, body) => memo(body, () => parseAs(schema, body), kind))
  const mayReport = createReportLimit()
  let version = 0
  const core: Core = {
    identity,
    ports,
    account: { device: identity.device, epoch: identity.epoch, output: ports.output.kind },
    memory,
    memo,
    sense: { offset: 0, trusted: false },
    online: false,
    running: false,
    version: () => version,
    now: () => deviceNow(core.sense, ports.clock.now()),
    listens: () => core.listening().map(({ unit }) => unit),
    listening: () => listeningAt(memory, identity.listens, core.now()),
    at: (at, task) => ports.clock.at(at - core.sense.offset, task),
    async keep(record, options) {
      remember(memory, record)
      if (bearsOnProgramme.has(record.t)) version += 1
      const kept = await ports.journal.append(record, options)
      if (kept !== 'kept') core.report(kept.refused, record.t)
    },
    nextCounter() {
      memory.counter += 1
      return memory.counter
    },
    report(code, subject = '') {
      const at = core.now()
      ports.log({ code, subject, at })
      if (!core.online || !mayReport(at, code)) return
      const report: Report = { v: 1, device: identity.device, at, code, subject: subject.slice(0, 200) }
      void ports.link.publish(topics.report(identity.device), JSON.stringify(report))
    },
    inboxFacts: () => ({
      device: identity.device,
      anchors: identity,
      memory,
      verify: ports.keys.verify,
      memo,
      now: core.now(),
      clockTrusted: core.sense.trusted,
    }),
  }
  return core
}
