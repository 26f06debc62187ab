import { type Instant, LOCAL_OFFSET_MINUTES } from '@loa/protocol'
import { isRefusal } from '../kernel/refusal.ts'
import { actorFor } from '../modules/access/index.ts'
import { historyOf, record } from '../modules/audit/index.ts'
import { createNotice, type Draft } from '../modules/editorial/index.ts'
import type { Context } from '../platform/context.ts'
import { inTransaction } from '../platform/database.ts'
import list from './notices.json' with { type: 'json' }
import { firstTwo } from './people.ts'

const DAY_MS = 86_400_000
const weekdays = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']

/** "sáng thứ Năm, ngày 26/11/2026": dates in the drafts lie ahead whenever the demonstration is made. */
const morningAfter = (now: Instant, days: number): string => {
  const local = new Date(now + LOCAL_OFFSET_MINUTES * 60_000 + days * DAY_MS)
  const date = [local.getUTCDate(), local.getUTCMonth() + 1].map((part) => String(part).padStart(2, '0')).join('/')
  return `sáng ${weekdays[local.getUTCDay()]}, ngày ${date}/${local.getUTCFullYear()}`
}

/** The drafts as they are on the day of `now`. */
export const demoDrafts = (now: Instant): readonly Draft[] =>
  list.notices.map(({ title, topic, class: bulletinClass, audience, repeats, text }) => ({
    title,
    topic,
    class: bulletinClass as Draft['class'],
    audience,
    plan: { when: 'now' },
    repeats,
    versions: [
      {
        language: 'vi',
        written: text.replaceAll(/\{ngày\+(\d+)\}/g, (_, days) => morningAfter(now, Number(days))),
        voicing: null,
      },
    ],
  }))

/** What the record is asked whether the drafts were made before; they may have been changed or withdrawn since. */
const SUBJECT = 'demo-notices'

/** Makes the drafts once in the life of a database, as the first person's own. */
export const seedNotices = async (ctx: Context): Promise<void> => {
  if ((await historyOf(ctx.db, SUBJECT)).length > 0) return
  await inTransaction(ctx.db, async (db) => {
    const within: Context = { ...ctx, db }
    const [author] = firstTwo()
    const actor = author && (await actorFor(within, author.id))
    if (author === undefined || actor === undefined) throw new Error('the demonstration has nobody to write its drafts')
    // the list shows the newest first
    for (const draft of demoDrafts(ctx.clock.now()).toReversed()) {
      const made = await createNotice(within, actor, author.unit, draft)
      if (isRefusal(made)) throw new Error(`draft "${draft.title}" is refused: ${made.refused}`)
    }
    await record(db, { at: ctx.clock.now(), person: null, action: 'demo.drafted', subject: SUBJECT })
  })
}
