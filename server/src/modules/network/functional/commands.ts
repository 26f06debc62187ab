import { type DailySpan, instantOf, localDate } from '@loa/protocol'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { record } from '../../audit/index.ts'
import { carriersOf, type DeviceRow, listensOf, mendTicket, openTicket, openTicketsOf } from '../../devices/index.ts'
import { descendants, descendantsOf, unitPath, unitsOn } from '../../org/index.ts'
import { releaseById } from '../../release/index.ts'
import { airingsById, lockPlacedFor, placeOnce, standingOf, takeOff } from '../../schedule/index.ts'
import { isWithinAny, sayingOf } from './heard.ts'
import { audienceFor, LATEST_START_MS, LOOK_AFTER_MS, mayRing, type Rule, ruleFor, testDue, whyNot } from './model.ts'
import * as store from './store.ts'

const EVERY_SECONDS = 30

export type Chime = {
  readonly release: string
  readonly title: string
  readonly audience: readonly string[]
  /** Within which devices sound it; empty: at any hour. */
  readonly hours: readonly DailySpan[]
}

/** The chime that was approved for a unit, with whom it may reach there; `undefined` where there is none. */
export const chimeFor = async (ctx: Context, db: Db, unit: string): Promise<Chime | undefined> => {
  const now = ctx.clock.now()
  const on = localDate(now)
  const standing = await standingOf(db, unit, 'chime', now)
  const release = standing === undefined ? undefined : await releaseById(db, standing)
  if (standing === undefined || release === undefined) return undefined
  const path = (await unitPath(db, unit, on)) ?? []
  const audience = audienceFor(release.candidate.audience, { path, below: await descendants(db, unit, on) })
  const { title, hours } = release.candidate
  return audience.length === 0 ? undefined : { release: standing, title, audience, hours }
}

/** An hour at which no device would sound the chime, so that each would be listed as silent, is not set. */
export const hourRefusal = async (ctx: Context, rule: Rule): Promise<Refusal | undefined> => {
  const hours = rule.enabled ? ((await chimeFor(ctx, ctx.db, rule.unit))?.hours ?? []) : []
  const [span] = hours
  const at = instantOf(localDate(ctx.clock.now()), rule.time)
  return span === undefined || isWithinAny(hours, at) ? undefined : refuse('chime.hourOutside', { ...span })
}

/** Sets the daily chime of a unit; tests that were placed and have not sounded are taken off and placed anew as it now is. */
export const setRule = (ctx: Context, rule: Rule, by: string): Promise<void> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    await store.saveRule(db, rule, { now, by })
    const below = await descendantsOf(db, [rule.unit], localDate(now))
    const coming = await airingsById(db, await store.dropComing(db, below, now))
    await takeOff(ctx, db, coming)
    const detail = { enabled: rule.enabled, time: rule.time }
    await record(db, { at: now, person: by, action: 'functionalTest.set', subject: rule.unit, unit: rule.unit, detail })
  })

/** Communes with the rule that holds for each. */
const ruledCommunes = async (ctx: Context, rules: ReadonlyMap<string, Rule>) => {
  const on = localDate(ctx.clock.now())
  const below = await descendantsOf(ctx.db, [...rules.keys()], on)
  const communes = (await unitsOn(ctx.db, on, below)).filter(({ kind }) => kind === 'commune')
  const ruled = await Promise.all(
    communes.map(async ({ id }) => ({ unit: id, rule: ruleFor((await unitPath(ctx.db, id, on)) ?? [], rules) })),
  )
  return ruled.flatMap(({ unit, rule }) => (rule?.enabled ? [{ unit, time: rule.time }] : []))
}

/** Places the tests that are near: each commune with a chime gets one a day. */
const placeTests = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  const rules = await store.rulesOf(ctx.db)
  // most of the day no test is near, and then nothing is asked
  if (![...rules.values()].some(({ enabled, time }) => enabled && testDue(time, now) !== undefined)) return
  const due = (await ruledCommunes(ctx, rules)).flatMap(({ unit, time }) => {
    const test = testDue(time, now)
    return test === undefined ? [] : [{ unit, ...test }]
  })
  const placed = await store.testedOn(ctx.db, [...new Set(due.map(({ day }) => day))])
  for (const { unit, at, day } of due.filter(({ unit: of, day: on }) => !placed.has(`${of} ${on}`))) {
    await inTransaction(ctx.db, async (db) => {
      const chime = await chimeFor(ctx, db, unit)
      if (chime === undefined) return
      const { release, audience } = chime
      // two communes that share a chime and an hour cannot share an airing: a release stands once at an instant
      const airing = await placeApart(ctx, db, { release, at, audience })
      if (airing !== undefined) await store.insertTest(db, { airing, unit, localDate: day, at })
    })
  }
}

/** Communes of a province that use the same chime sound a little after one another. */
const APART_MS = 1_000
const APART_MAX = 200

const placeApart = async (
  ctx: Context,
  db: Db,
  { release, at, audience }: { release: string; at: number; audience: readonly string[] },
): Promise<string | undefined> => {
  for (let step = 0; step < APART_MAX; step += 1) {
    const from = at + step * APART_MS
    const airing = await placeOnce(ctx, db, { release, at: from, latestStart: from + LATEST_START_MS, audience })
    const [placed] = await airingsById(db, [airing])
    const isOurs = placed !== undefined && placed.stoppedAt === null && placed.audience.join() === audience.join()
    if (isOurs) return airing
  }
  return undefined
}

/** Looks who did not sound: each gets a ticket, unless one says already that it is away; whoever sounded is mended. */
const lookAt = async (ctx: Context, test: store.TestRow): Promise<void> => {
  const { asked } = await sayingOf(ctx, test.airing)
  const devices = asked.map(({ device }) => device)
  const open = await openTicketsOf(ctx.db, devices, ['offline', 'chime'])
  for (const each of asked) {
    const why = whyNot(each)
    if (why === undefined) {
      await mendTicket(ctx, each.device, 'chime')
      continue
    }
    const hasOne = open.some(({ device, kind }) => device === each.device && kind === 'offline')
    // a device that was never mounted has nothing to be mended
    if (hasOne || why === 'neverEnrolled') continue
    await inTransaction(ctx.db, (db) =>
      openTicket(ctx, db, { device: each.device, kind: 'chime', by: null, airing: test.airing }),
    )
  }
  await store.markLookedAt(ctx.db, test.airing, ctx.clock.now())
}

/** Every half minute: the tests that are near are placed, and those that are over are looked at. */
export const sweepTests = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  if (Math.floor(now / 1000) % EVERY_SECONDS !== 0) return
  await placeTests(ctx)
  for (const test of await store.testsToLookAt(ctx.db, now - LOOK_AFTER_MS)) await lookAt(ctx, test)
}

/** Plays the chime on one device now. Refused where the device is away or keeps quiet, or nobody has approved a chime for it. */
export const playTestTone = async (
  ctx: Context,
  device: DeviceRow,
  by: string,
): Promise<{ readonly airing: string } | Refusal> => {
  const now = ctx.clock.now()
  if (device.revokedAt !== null) return refuse('device.revoked')
  const [carrier] = await carriersOf(ctx, [device])
  if (carrier?.facts.online !== true) return refuse('device.offline')
  if (isWithinAny(device.quiet, now)) return refuse('chime.quietHours')
  const standing = await standingOf(ctx.db, device.unit, 'chime', now)
  const release = standing === undefined ? undefined : await releaseById(ctx.db, standing)
  const listens = (await listensOf(ctx.db, device.id, localDate(now))).map(({ unit }) => unit)
  const unit = listens.find((each) => release?.candidate.audience.includes(each))
  if (standing === undefined || release === undefined || unit === undefined) return refuse('chime.none')
  const { hours } = release.candidate
  const [span] = hours
  if (span !== undefined && !isWithinAny(hours, now)) return refuse('chime.outsideHours', { ...span })
  return inTransaction(ctx.db, async (db) => {
    if (!mayRing(await lockPlacedFor(db, device.id, localDate(now)), now)) return refuse('chime.tooOften')
    const once = { release: standing, at: now, latestStart: now + LATEST_START_MS, audience: [unit] }
    const airing = await placeOnce(ctx, db, { ...once, onlyDevice: device.id })
    const detail = { airing }
    await record(db, { at: now, person: by, action: 'device.testTone', subject: device.id, unit: device.unit, detail })
    return { airing }
  })
}
