import { type Instant, instantOf, type LocalDate, localDate } from '@loa/protocol'

const DAY_MS = 86_400_000

/** The daily chime as set for a unit; it holds for every commune below that sets none of its own. */
export type Rule = { readonly unit: string; readonly enabled: boolean; readonly time: string }

/** How long before it sounds a test is placed: a device that comes and goes still hears of it, and a change of the hour holds for tomorrow at the latest. */
export const LEAD_MS = 2 * 3_600_000
/** The chime is worth nothing later: a device that did not sound within this time is listed. */
export const LATEST_START_MS = 2 * 60_000
/** Receipts of slow lines have come by then. */
export const LOOK_AFTER_MS = 10 * 60_000

/** Test tones of one device on one day: mounting it takes a few, and each counts among the times the chime was approved for. */
const TONES_PER_DAY_MAX = 10
/** One after another they would be a bell that nobody approved. */
const TONES_APART_MS = 20_000

/** Whether a device may be rung once more now. `rung`: when it was today, the newest first. */
export const mayRing = (rung: readonly Instant[], now: Instant): boolean =>
  rung.length < TONES_PER_DAY_MAX && now - (rung[0] ?? 0) >= TONES_APART_MS

/** The rule that holds for a unit: that of the nearest unit on its path (root first) that has one. */
export const ruleFor = (path: readonly string[], rules: ReadonlyMap<string, Rule>): Rule | undefined => {
  const nearest = path.toReversed().find((unit) => rules.has(unit))
  return nearest === undefined ? undefined : rules.get(nearest)
}

/** The test that is to be placed now: today's or, late in the evening, tomorrow's; none while it is still far off. */
export const testDue = (time: string, now: Instant): { readonly at: Instant; readonly day: LocalDate } | undefined => {
  for (const day of [localDate(now), localDate(now + DAY_MS)]) {
    const at = instantOf(day, time)
    if (at > now && at - now <= LEAD_MS) return { at, day }
  }
  return undefined
}

/**
 * Whom a chime approved for `approved` may sound to when it is a commune's turn: the commune, where it or a unit above it was
 * approved; else those of its own units that were. Empty: the chime is not for here.
 */
export const audienceFor = (
  approved: readonly string[],
  commune: { readonly path: readonly string[]; readonly below: readonly string[] },
): readonly string[] => {
  const unit = commune.path.at(-1)
  if (unit !== undefined && commune.path.some((each) => approved.includes(each))) return [unit]
  return approved.filter((each) => commune.below.includes(each))
}

/** Why a device that was to sound is not known to have: keys of i18n/why.vi.json. */
export type WhyNot = 'neverEnrolled' | 'offline' | 'silent' | 'noAnswer'

export type AskedDevice = {
  readonly device: string
  readonly enrolled: boolean
  readonly online: boolean
  /** What it said: it sounded, it kept silent, or nothing. */
  readonly said: 'sounded' | 'silent' | undefined
}

/** Whether a device sounded, or why it is not known to have. A word of its own goes before what its line tells. */
export const whyNot = ({ enrolled, online, said }: Omit<AskedDevice, 'device'>): WhyNot | undefined => {
  if (said === 'sounded') return undefined
  if (said === 'silent') return 'silent'
  if (!enrolled) return 'neverEnrolled'
  return online ? 'noAnswer' : 'offline'
}
