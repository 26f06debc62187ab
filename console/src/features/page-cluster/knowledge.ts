import {
  type Candidate,
  type Envelope,
  type Instant,
  type Judgement,
  judge,
  localDate,
  type PlannedAiring,
  precedence,
  type Roster,
} from '@loa/protocol'
import type { Verified } from './messages.ts'

/** What the page's cluster has learnt. Plain data, never changed in place; deciding from it is pure. */
export type Knowledge = {
  readonly rosters: readonly Roster[]
  readonly airings: ReadonlyMap<string, { readonly airing: PlannedAiring; readonly release: Envelope | undefined }>
  readonly manifestSeq: ReadonlyMap<string, number>
  readonly stopped: ReadonlySet<string>
  /** Everything that should have started by this instant, in each unit, is to be silent. */
  readonly stoppedBefore: ReadonlyMap<string, Instant>
  /** Airings dealt with: played, refused, stopped or come too late. */
  readonly done: ReadonlySet<string>
  readonly plays: ReadonlyMap<string, number>
}

export const nothingKnown: Knowledge = {
  rosters: [],
  airings: new Map(),
  manifestSeq: new Map(),
  stopped: new Set(),
  stoppedBefore: new Map(),
  done: new Set(),
  plays: new Map(),
}

type Airings = Knowledge['airings']

const releaseFor = (releases: readonly Envelope[], id: string): Envelope | undefined =>
  releases.find((release) => {
    try {
      return (JSON.parse(release.body) as Partial<Candidate>).release === id
    } catch {
      return false
    }
  })

const withAirings = (before: Airings, airings: readonly PlannedAiring[], releases: readonly Envelope[]): Airings => {
  const after = new Map(before)
  for (const airing of airings) {
    after.set(airing.id, { airing, release: releaseFor(releases, airing.release) ?? before.get(airing.id)?.release })
  }
  return after
}

/** Takes in a message that was verified. A roster or manifest older than the one held is left aside. */
export const learn = (known: Knowledge, message: Verified): Knowledge => {
  switch (message.kind) {
    case 'roster': {
      const { roster } = message
      const held = known.rosters.find(({ unit }) => unit === roster.unit)
      if (held && held.version >= roster.version) return known
      return { ...known, rosters: [...known.rosters.filter(({ unit }) => unit !== roster.unit), roster] }
    }
    case 'manifest': {
      const { manifest } = message
      if ((known.manifestSeq.get(manifest.unit) ?? 0) >= manifest.seq) return known
      return {
        ...known,
        manifestSeq: new Map([...known.manifestSeq, [manifest.unit, manifest.seq]]),
        airings: withAirings(known.airings, manifest.airings, manifest.releases),
        stopped: new Set([...known.stopped, ...manifest.stopped]),
      }
    }
    case 'order':
      return { ...known, airings: withAirings(known.airings, [message.order.airing], [message.order.release]) }
    case 'stop': {
      const { airing, issuedAt, unit } = message.stop
      if (airing !== null) return { ...known, stopped: new Set([...known.stopped, airing]) }
      const latest = Math.max(issuedAt, known.stoppedBefore.get(unit) ?? 0)
      return { ...known, stoppedBefore: new Map([...known.stoppedBefore, [unit, latest]]) }
    }
  }
}

export const isStopped = (known: Knowledge, airing: PlannedAiring): boolean =>
  known.stopped.has(airing.id) || [...known.stoppedBefore.values()].some((before) => airing.at <= before)

export type Due = { readonly airing: PlannedAiring; readonly release: Envelope | undefined }

/** Airings whose time has come and that have not been dealt with, earliest first. */
export const due = (known: Knowledge, now: Instant): Due[] =>
  [...known.airings.values()]
    .filter(({ airing }) => airing.at <= now && !known.done.has(airing.id))
    .sort((a, b) => a.airing.at - b.airing.at)

/** The next instant at which something becomes due. */
export const nextDue = (known: Knowledge, now: Instant): Due | undefined =>
  [...known.airings.values()]
    .filter(({ airing }) => airing.at > now && !known.done.has(airing.id) && !isStopped(known, airing))
    .sort((a, b) => a.airing.at - b.airing.at)[0]

/** The newest airing of today whose time is over: what can be listened to again. */
export const lastOver = (known: Knowledge, now: Instant): Due | undefined =>
  [...known.airings.values()]
    .filter(({ airing }) => airing.at < now && localDate(airing.at) === localDate(now) && !isStopped(known, airing))
    .sort((a, b) => b.airing.at - a.airing.at)[0]

/**
 * The page's policy: no quiet hours and no daily limit, since it sounds in one room and only for whoever asked it to;
 * everything else is decided as on a pole.
 */
export const pagePolicy = { quiet: [], minutesPerDayMax: 1440, volume: 80, volumeMax: 100 } as const

const lengthOf = (candidate: Candidate): number =>
  candidate.versions.reduce((sum, version) => sum + version.durationMs, 0)

export type Decision = Judgement | { readonly play: false; readonly tooLate: true }

type Opened = { readonly candidate: Candidate; readonly signers: readonly string[] }

/** Where and since when the page listens. */
export type Place = { readonly listens: readonly string[]; readonly now: Instant; readonly since: Instant }

/**
 * What to do with a due airing. One that was over before the page was switched on is no refusal: it came too late, and can be
 * listened to again. One that would still sound is joined from its beginning.
 */
export const decide = (known: Knowledge, { airing }: Due, opened: Opened, { since, ...place }: Place): Decision => {
  const isOver = place.now >= airing.at + lengthOf(opened.candidate)
  if (airing.at < since && isOver) return { play: false, tooLate: true }
  return judge({
    ...place,
    airing,
    ...opened,
    clockTrusted: true,
    rosters: known.rosters,
    stopped: isStopped(known, airing),
    playsSoFar: known.plays.get(opened.candidate.release) ?? 0,
    secondsToday: 0,
    policy: pagePolicy,
  })
}

/** Whether a newly due item breaks off what is sounding. */
export const interrupts = (coming: Candidate, sounding: Candidate): boolean =>
  precedence[coming.class] > precedence[sounding.class]

export const settle = (known: Knowledge, airing: string): Knowledge => ({
  ...known,
  done: new Set([...known.done, airing]),
})

export const countPlay = (known: Knowledge, release: string): Knowledge => ({
  ...known,
  plays: new Map([...known.plays, [release, (known.plays.get(release) ?? 0) + 1]]),
})
