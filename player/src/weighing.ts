import { type Candidate, type Envelope, judge, type Reason, type Roster } from '@loa/protocol'
import type { Core } from './core.ts'
import type { Fetching } from './fetching.ts'
import type { Weighed } from './kernel/decide.ts'
import { candidateOf, rostersOf } from './kernel/inbox.ts'
import { playsOf, secondsOn } from './kernel/memory.ts'
import { isStopped, type Planned, planned, policyOf, soundsNeeded } from './kernel/programme.ts'
import { signersOf, type Verify } from './kernel/trust.ts'

export const soundsOf = (candidate: Candidate | undefined): string[] =>
  candidate?.versions.map(({ sound }) => sound) ?? []

type Signers = { readonly rosters: readonly Roster[]; readonly verify: Verify; readonly signers: readonly string[] }
/** Who signed a release, by the rosters that say so. Rosters change seldom: the last few are enough for a fleet that gets a new one. */
const known = new WeakMap<Envelope, Signers[]>()
const rostersKept = 4

const signersKnown = (verify: Verify, release: Envelope, rosters: readonly Roster[]): readonly string[] => {
  const all = known.get(release) ?? []
  const isSame = (each: Signers): boolean =>
    each.verify === verify &&
    each.rosters.length === rosters.length &&
    each.rosters.every((roster, place) => roster === rosters[place])
  const same = all.find(isSame)
  if (same !== undefined) return same.signers
  const signers = signersOf(verify, release, rosters)
  known.set(release, [{ rosters, verify, signers }, ...all].slice(0, rostersKept))
  return signers
}

/** What the device knows of its airings: the programme, and each airing judged at this moment. */
export class Weighing {
  readonly #core: Core
  readonly #fetching: Fetching
  #programme: { readonly key: string; readonly airings: readonly Planned[] } = { key: '', airings: [] }
  /** Broken off by an emergency and to be resumed: seconds of each that were heard. */
  readonly interrupted = new Map<string, number>()
  /** Airings whose sounds were missing when they were due. */
  readonly lacking = new Map<string, Reason>()

  constructor(core: Core, fetching: Fetching) {
    this.#core = core
    this.#fetching = fetching
  }

  candidate(release: Envelope | undefined): Candidate | undefined {
    return release === undefined ? undefined : candidateOf(this.#core.memo, release)
  }

  /** Airings of the units listened to that are not done with. */
  pending(): readonly Planned[] {
    const { memory } = this.#core
    const listening = this.#core.listening()
    const key = `${this.#core.version()} ${listening.map(({ unit, from }) => `${unit}@${from}`).join(' ')}`
    if (this.#programme.key !== key) {
      this.#programme = { key, airings: planned(memory, listening, (release) => this.candidate(release)?.release) }
      this.#fetching.want(soundsNeeded(memory, this.#unsettled(), (release) => soundsOf(this.candidate(release))))
    }
    return this.#unsettled().filter((item) => this.#canBeJudged(item))
  }

  /** Post comes in any order: until a roster has come, who may sign is not known, and nobody is called a stranger yet. */
  #canBeJudged({ airing, units }: Planned): boolean {
    const known = rostersOf(this.#core.memory).some(({ covers }) => units.some((unit) => covers.includes(unit)))
    return known || this.#core.now() > airing.latestStart
  }

  weigh(item: Planned, secondsSounding: number): Weighed {
    const { airing, release } = item
    const candidate = this.candidate(release)
    if (candidate === undefined || release === undefined) {
      const judgement = { play: false, unit: item.units[0] ?? 'none', reason: 'candidate.malformed' } as const
      return { planned: item, candidate: undefined, judgement, soundsReady: false, soundTrouble: undefined }
    }
    const { memory, sense, ports } = this.#core
    const now = this.#core.now()
    const judgement = judge({
      now,
      clockTrusted: sense.trusted,
      airing,
      candidate,
      signers: this.#signers(release),
      rosters: rostersOf(memory),
      listens: this.#core.listens(),
      stopped: isStopped(memory, item),
      // The rest of what was broken off is no further play.
      playsSoFar: playsOf(memory, candidate) - (this.interrupted.has(airing.id) ? 1 : 0),
      secondsToday: secondsOn(memory, now) + secondsSounding,
      policy: policyOf(memory),
    })
    const missing = soundsOf(candidate).find((hash) => !ports.sounds.has(hash))
    const lack = this.lacking.get(airing.id)
    const soundTrouble = lack && (this.#fetching.trouble(missing ?? '') ?? lack)
    return { planned: item, candidate, judgement, soundsReady: missing === undefined, soundTrouble }
  }

  #unsettled(): readonly Planned[] {
    const { settled } = this.#core.memory
    return this.#programme.airings.filter(({ airing }) => !settled.has(airing.id) || this.interrupted.has(airing.id))
  }

  #signers(release: Envelope): readonly string[] {
    return signersKnown(this.#core.ports.keys.verify, release, rostersOf(this.#core.memory))
  }
}
