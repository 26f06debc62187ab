import { type BulletinClass, classSchema, type LocalDate } from '@loa/protocol'
import { z } from 'zod'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import { addDays, datesBetween, runOn, type SessionVersion } from '../sessions/model.ts'

/** How often a class of notice is usually heard: in so many sessions a day, on so many days. */
export const repeatRulesSchema = z
  .array(
    z.strictObject({
      class: classSchema,
      sessionsPerDay: z.number().int().min(1).max(10),
      days: z.number().int().min(1).max(60),
    }),
  )
  .max(4)
  .refine((rules) => new Set(rules.map((rule) => rule.class)).size === rules.length)
export type RepeatRule = z.infer<typeof repeatRulesSchema>[number]

/**
 * Where nobody has set a rule. The report of Nam Trà My says that how often something is said follows from how urgent it is,
 * and gives no numbers: these are a proposal, to be changed by each unit.
 */
export const repeatsBefore: readonly RepeatRule[] = [
  { class: 'normal', sessionsPerDay: 1, days: 2 },
  { class: 'priority', sessionsPerDay: 2, days: 3 },
  { class: 'drill', sessionsPerDay: 1, days: 1 },
]

/** Purposes for which others may have something said (Thừa Thiên Huế, QĐ 29/2021: a closed list; no product is promoted). */
export const purposeSchema = z.enum(['enrolment', 'recruitment', 'charity', 'publicService', 'other'])
export type Purpose = z.infer<typeof purposeSchema>

/** On whose behalf something is said, and for what purpose. */
export const onBehalfSchema = z.strictObject({ name: z.string().trim().min(1).max(200), purpose: purposeSchema })
export type OnBehalf = z.infer<typeof onBehalfSchema>

export type AirtimeRule = { readonly purposes: readonly Purpose[]; readonly minutesPerDay: number }

/** Where nobody has set a rule: the list of Huế, and a quarter of an hour a day, which is Hà Nội's cap for a whole urban session. */
export const airtimeBefore: AirtimeRule = {
  purposes: ['enrolment', 'recruitment', 'charity', 'publicService'],
  minutesPerDay: 15,
}

export const MINUTE_MS = 60_000

/** Whether something may be said for others on a day of which `usedMs` is theirs already. */
export const refusalOfThirdParty = (
  rule: AirtimeRule,
  { purpose, usedMs, durationMs }: { purpose: Purpose; usedMs: number; durationMs: number },
): Refusal | undefined => {
  if (!rule.purposes.includes(purpose)) return refuse('notice.purposeNotAllowed')
  const left = rule.minutesPerDay * MINUTE_MS - usedMs
  return durationMs > left
    ? refuse('notice.thirdPartyMinutes', { left: Math.max(0, Math.floor(left / MINUTE_MS)) })
    : undefined
}

export type Suggestion = { readonly sessions: readonly string[]; readonly dates: readonly LocalDate[] }

/** Days looked at for a suggestion: a session that runs once a week is found as often as two months have weeks. */
const DAYS_LOOKED = 60

/**
 * Sessions and dates that follow from a rule: from a day on, the first days on which sessions run, and of each day the first
 * sessions of the unit. Nothing where the unit has no session.
 */
export const suggestedBy = (
  rule: RepeatRule,
  { versions, from }: { versions: readonly SessionVersion[]; from: LocalDate },
): Suggestion => {
  const dates: LocalDate[] = []
  const sessions = new Set<string>()
  for (const date of datesBetween(from, addDays(from, DAYS_LOOKED - 1))) {
    const runs = versions.flatMap((version) => runOn(version, date) ?? []).sort((a, b) => a.start - b.start)
    if (runs.length === 0) continue
    dates.push(date)
    for (const run of runs.slice(0, rule.sessionsPerDay)) sessions.add(run.session)
    if (dates.length === rule.days) break
  }
  return { sessions: [...sessions], dates }
}

/** The rule for a class; an emergency is said at once, and no rule is asked. */
export const ruleFor = (rules: readonly RepeatRule[], bulletinClass: BulletinClass): RepeatRule =>
  rules.find((rule) => rule.class === bulletinClass) ?? { class: bulletinClass, sessionsPerDay: 1, days: 1 }
