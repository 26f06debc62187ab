import { type BulletinClass, type Instant, type LocalDate, localDate } from '@loa/protocol'
import type { Actor, Role } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitPath, unitsOn } from '../../org/index.ts'
import words from '../i18n/rules.vi.json' with { type: 'json' }
import type { Plan } from '../model.ts'
import { maySee, maySetRules } from '../policy.ts'
import { runsOfPlan } from '../runs.ts'
import { addDays } from '../sessions/model.ts'
import { versionsAt } from '../sessions/store.ts'
import {
  type AirtimeRule,
  airtimeBefore,
  type OnBehalf,
  type RepeatRule,
  refusalOfThirdParty,
  repeatsBefore,
  ruleFor,
  type Suggestion,
  suggestedBy,
} from './model.ts'
import { airtimeRulesOf, repeatRulesOf, saveAirtimeRule, saveRepeatRules, thirdPartyMs } from './store.ts'

/** A rule as it holds for a unit: from which unit above it comes; `null` where it is the unit's own. */
export type Held<Rule> = Rule & { readonly inheritedFrom: { readonly id: string; readonly name: string } | null }

/** Where nobody above has set one either. */
const nobody = { id: '', name: words.setByNobody }

const pathOf = async (ctx: Context, actor: Actor, { unit, roles }: { unit: string; roles: readonly Role[] }) => {
  const path = await unitPath(ctx.db, unit, localDate(ctx.clock.now()))
  return authorise(actor, roles, path) ?? path ?? [unit]
}

const nearest = <Row extends { readonly unit: string }>(
  path: readonly string[],
  rows: readonly Row[],
): Row | undefined => path.toReversed().flatMap((unit) => rows.find((row) => row.unit === unit) ?? [])[0]

const inherited = async (
  ctx: Context,
  unit: string,
  from: string | undefined,
): Promise<Held<object>['inheritedFrom']> => {
  if (from === unit) return null
  if (from === undefined) return nobody
  const [row] = await unitsOn(ctx.db, localDate(ctx.clock.now()), [from])
  return { id: from, name: row?.name ?? from }
}

/** How often each class is usually heard, as it holds for a unit. */
export const repeatRules = async (
  ctx: Context,
  actor: Actor,
  unit: string,
): Promise<Held<{ rules: readonly RepeatRule[] }> | Refusal> => {
  const path = await pathOf(ctx, actor, { unit, roles: maySee })
  if (isRefusal(path)) return path
  const found = nearest(path, await repeatRulesOf(ctx.db, path))
  return { rules: found?.rules ?? repeatsBefore, inheritedFrom: await inherited(ctx, unit, found?.unit) }
}

/** Sets how often each class is heard, for the unit and everything below it that has no rule of its own. */
export const setRepeatRules = async (
  ctx: Context,
  actor: Actor,
  { unit, rules }: { unit: string; rules: readonly RepeatRule[] },
): Promise<Refusal | undefined> => {
  const path = await pathOf(ctx, actor, { unit, roles: maySetRules })
  if (isRefusal(path)) return path
  return inTransaction(ctx.db, async (db) => {
    const at = ctx.clock.now()
    await saveRepeatRules(db, unit, rules, { person: actor.person, at })
    await record(db, { at, person: actor.person, action: 'rule.repeats', subject: unit, unit, detail: { rules } })
    return undefined
  })
}

const airtimeFor = async (
  db: Db,
  path: readonly string[],
): Promise<{ rule: AirtimeRule; unit: string | undefined }> => {
  const found = nearest(path, await airtimeRulesOf(db, path))
  return found === undefined
    ? { rule: airtimeBefore, unit: undefined }
    : { rule: { purposes: found.purposes, minutesPerDay: found.minutesPerDay }, unit: found.unit }
}

/** What time others may have, as it holds for a unit. */
export const airtimeRule = async (ctx: Context, actor: Actor, unit: string): Promise<Held<AirtimeRule> | Refusal> => {
  const path = await pathOf(ctx, actor, { unit, roles: maySee })
  if (isRefusal(path)) return path
  const { rule, unit: from } = await airtimeFor(ctx.db, path)
  return { ...rule, inheritedFrom: await inherited(ctx, unit, from) }
}

/** Sets what time others may have. */
export const setAirtimeRule = async (
  ctx: Context,
  actor: Actor,
  { unit, rule }: { unit: string; rule: AirtimeRule },
): Promise<Refusal | undefined> => {
  const path = await pathOf(ctx, actor, { unit, roles: maySetRules })
  if (isRefusal(path)) return path
  return inTransaction(ctx.db, async (db) => {
    const at = ctx.clock.now()
    await saveAirtimeRule(db, unit, rule, { person: actor.person, at })
    await record(db, { at, person: actor.person, action: 'rule.airtime', subject: unit, unit, detail: { ...rule } })
    return undefined
  })
}

/** Sessions and dates that follow from the rule for a class, from a day on. */
export const suggestedPlan = async (
  ctx: Context,
  actor: Actor,
  asked: { unit: string; class: BulletinClass; from: LocalDate },
): Promise<Suggestion | Refusal> => {
  const held = await repeatRules(ctx, actor, asked.unit)
  if (isRefusal(held)) return held
  const versions = await versionsAt(ctx.db, [asked.unit], { from: asked.from, to: addDays(asked.from, 60) })
  return suggestedBy(ruleFor(held.rules, asked.class), { versions, from: asked.from })
}

export type ForOthers = {
  readonly unit: string
  readonly onBehalfOf: OnBehalf
  readonly durationMs: number
  readonly plan: Plan
}

/** How long it is heard on each date of its plan. */
const perDate = async (db: Db, { plan, durationMs }: ForOthers, now: Instant): Promise<Map<LocalDate, number>> => {
  if (plan.when === 'now') return new Map([[localDate(now), durationMs]])
  const dates = plan.when === 'times' ? [...new Set(plan.dates)] : (await runsOfPlan(db, plan)).map(({ date }) => date)
  const lasting = new Map<LocalDate, number>()
  for (const date of dates) lasting.set(date, (lasting.get(date) ?? 0) + durationMs)
  return lasting
}

/** Why something cannot be said on behalf of others on the dates of its plan. */
export const refusalForOthers = async (db: Db, asked: ForOthers, now: Instant): Promise<Refusal | undefined> => {
  const { unit, onBehalfOf } = asked
  const path = (await unitPath(db, unit, localDate(now))) ?? [unit]
  const { rule } = await airtimeFor(db, path)
  const lasting = await perDate(db, asked, now)
  const used = await thirdPartyMs(db, unit, [...lasting.keys()])
  for (const [date, durationMs] of lasting) {
    const about = { purpose: onBehalfOf.purpose, usedMs: used.get(date) ?? 0, durationMs }
    const refused = refusalOfThirdParty(rule, about)
    if (refused !== undefined) return refused
  }
  return undefined
}
