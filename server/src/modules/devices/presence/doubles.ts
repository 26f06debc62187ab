import type { Hello, Instant } from '@loa/protocol'
import type { Context } from '../../../platform/context.ts'
import { REPORTS_PER_HOUR_MAX } from '../model.ts'
import { DOUBLED } from '../tickets/model.ts'
import { type BootRow, bootsOf, saveBoots, saveReports } from './store.ts'

/** A start is told as corrected by the last welcome, and half its way of ten seconds may be wrong. */
const SAME_BOOT_MS = 5_000
/** Two machines that push one another off the line come back within half a minute each (player: back-off of at most 45 s). */
const RETURNS_WITHIN_MS = 15 * 60_000
/** Before this program was written no clock was right: a start told from then says nothing, for every start there is alike. */
const PLAUSIBLE_FROM: Instant = Date.parse('2026-01-01T00:00:00+07:00')
const PLAUSIBLE_AHEAD_MS = 86_400_000

export type BootHeard = Pick<BootRow, 'bootedAt' | 'lastAt' | 'returnedAt'>

export type BootStep = {
  /** The row this start goes on from. */
  readonly from: Instant | undefined
  /** It is heard again after another one was. */
  readonly returned: boolean
  /** Two starts take turns: two machines have one identity. */
  readonly doubled: boolean
}

/**
 * What a hello tells about who is speaking. A machine that starts anew brings a new start and the old one never comes back;
 * only two machines alive at the same time take turns, so each must have come back after the other.
 */
export const stepOfBoot = (heard: readonly BootHeard[], bootedAt: Instant, now: Instant): BootStep | undefined => {
  if (bootedAt < PLAUSIBLE_FROM || bootedAt > now + PLAUSIBLE_AHEAD_MS) return undefined
  const same = heard.find((boot) => Math.abs(boot.bootedAt - bootedAt) <= SAME_BOOT_MS)
  if (same === undefined) return { from: undefined, returned: false, doubled: false }
  const returned = heard.some((boot) => boot !== same && boot.lastAt >= same.lastAt)
  const lately = (boot: BootHeard): boolean => boot.returnedAt !== null && now - boot.returnedAt <= RETURNS_WITHIN_MS
  const others = heard.filter((boot) => boot !== same && lately(boot))
  return { from: same.bootedAt, returned, doubled: returned && others.length > 0 }
}

/** The start each device last told of: a cache, so that a thousand devices that come back together cost no thousand looks. */
const lastBoots = new WeakMap<Context['mqtt'], Map<string, Instant>>()

/** Notices where two machines carry the identity of one device; each device stands once among the hellos. */
export const lookForDoubles = async (ctx: Context, hellos: readonly Hello[]): Promise<void> => {
  const known = lastBoots.get(ctx.mqtt) ?? new Map<string, Instant>()
  lastBoots.set(ctx.mqtt, known)
  const isNews = ({ device, bootedAt }: Hello): boolean =>
    Math.abs((known.get(device) ?? Number.NEGATIVE_INFINITY) - bootedAt) > SAME_BOOT_MS
  const news = hellos.filter(isNews)
  if (news.length === 0) return
  const now = ctx.clock.now()
  const ids = news.map(({ device }) => device)
  const heard = Map.groupBy(await bootsOf(ctx.db, ids), ({ device }) => device)
  const steps = news.flatMap((hello) => {
    const step = stepOfBoot(heard.get(hello.device) ?? [], hello.bootedAt, now)
    return step === undefined ? [] : [{ ...hello, ...step }]
  })
  await saveBoots(ctx.db, steps, now)
  for (const { device, bootedAt } of steps) known.set(device, bootedAt)
  for (const { device, doubled } of steps) {
    if (!doubled) continue
    const report = { v: 1 as const, device, at: now, code: DOUBLED, subject: '' }
    await saveReports(ctx.db, [{ ...report, id: ctx.ids.next() }], { now, perHourMax: REPORTS_PER_HOUR_MAX })
  }
}
