import { chime, writeWav } from '@loa/audio'
import { type Instant, localDate } from '@loa/protocol'
import type { Actor } from '../kernel/actor.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { actorFor } from '../modules/access/index.ts'
import { historyOf, record } from '../modules/audit/index.ts'
import { approveNotice, createNotice, type Draft, submitNotice } from '../modules/editorial/index.ts'
import { rulesOf, setRule } from '../modules/network/index.ts'
import { requestVoicing, takeRecording } from '../modules/voicing/index.ts'
import type { Context } from '../platform/context.ts'
import { demoPeople, firstTwo } from './people.ts'
import list from './sessions.json' with { type: 'json' }
import { demoSessions } from './sessions.ts'

const DAY_MS = 86_400_000
/** A chime is approved for this long, which is almost as long as anything may be. */
const CHIME_DAYS = 365
/** What the record is asked whether this was made before. */
const SUBJECT = 'demo-programme'
/** The job that makes it. */
export const PROGRAMME = 'demo.programme'
/** The first minutes belong to whoever tries the demonstration: its voices wait until the machine has come to rest. */
const REST_MS = 120_000

type Two = { readonly unit: string; readonly author: Actor; readonly second: Actor }

const twoOf = async (ctx: Context): Promise<Two> => {
  const [one, other] = firstTwo()
  const author = one && (await actorFor(ctx, one.id))
  const second = other && (await actorFor(ctx, other.id))
  if (one === undefined || author === undefined || second === undefined)
    throw new Error('the demonstration has nobody to write and to approve')
  return { unit: one.unit, author, second }
}

const dayAfter = (now: Instant, days: number): string => localDate(now + days * DAY_MS)

/** Written by one, approved by the other, through the same commands as everybody's. */
const approved = async (ctx: Context, { unit, author, second }: Two, draft: Draft): Promise<'done' | Refusal> => {
  const id = await createNotice(ctx, author, unit, draft)
  if (isRefusal(id)) return id
  const sent = await submitNotice(ctx, author, id, 1)
  return isRefusal(sent) ? sent : approveNotice(ctx, second, id, 1)
}

const chimeOf = async (ctx: Context, { unit, author }: Two): Promise<Draft | Refusal> => {
  const bytes = writeWav(chime('attention'))
  const voicing = await takeRecording(ctx, { unit, bytes, fileName: 'chuong.wav' }, author.person)
  if (isRefusal(voicing)) return voicing
  const now = ctx.clock.now()
  return {
    ...{ title: list.chime.title, topic: list.chime.topic, class: 'normal', audience: [unit], repeats: 1 },
    plan: { when: 'standing', role: 'chime', sessions: [], from: dayAfter(now, 0), to: dayAfter(now, CHIME_DAYS) },
    versions: [{ language: 'vi', written: null, voicing: voicing.id }],
  }
}

/** The chime sounds every day from then on, by the commune's own technician; an hour that somebody has set already stays. */
const ringDaily = async (ctx: Context, { unit }: Two): Promise<void> => {
  const technician = demoPeople.find((person) => person.unit === unit && person.posts[0]?.role === 'technician')
  if (technician === undefined || (await rulesOf(ctx.db, [unit])).size > 0) return
  await setRule(ctx, { unit, enabled: true, time: list.chime.time }, technician.id)
}

type Item = (typeof list.items)[number]

const itemOf = async (ctx: Context, { unit, author }: Two, item: Item): Promise<Draft | Refusal> => {
  const { title, topic, text } = item
  const voicing = await requestVoicing(ctx, { unit, text, accent: 'central', rate: 1 }, author.person)
  if (isRefusal(voicing)) return voicing
  const sessions = await demoSessions(ctx, unit)
  const dates = Array.from({ length: item.days }, (_, day) => dayAfter(ctx.clock.now(), day + 1))
  return {
    ...{ title, topic, class: item.class as Draft['class'], audience: [unit], repeats: 1 },
    plan: { when: 'sessions', sessions: item.sessions.flatMap((name) => sessions.get(name) ?? []), dates },
    versions: [{ language: 'vi', written: text, voicing: voicing.id }],
  }
}

/**
 * An approved chime that sounds daily and a few items in the sessions of the coming days, once in the life of a database. What cannot be made,
 * for want of a voice say, is left out and logged: the demonstration is useful without it.
 */
export const seedProgramme = async (ctx: Context): Promise<void> => {
  if ((await historyOf(ctx.db, SUBJECT)).length > 0) return
  // first the record, then the work: after a crash in the middle a part is missing, and nothing is there twice
  await record(ctx.db, { at: ctx.clock.now(), person: null, action: 'demo.programme', subject: SUBJECT })
  const two = await twoOf(ctx)
  const made = async (draft: Draft | Refusal): Promise<boolean> => {
    const done = isRefusal(draft) ? draft : await approved(ctx, two, draft)
    if (isRefusal(done)) ctx.log.warn('Chưa tạo được một mục của lịch phát dùng thử.', { refused: done.refused })
    return !isRefusal(done)
  }
  if (await made(await chimeOf(ctx, two))) await ringDaily(ctx, two)
  for (const item of list.items) await made(await itemOf(ctx, two, item))
}

/** When this process first looked, and whether it has asked, by context. */
const resting = new WeakMap<Context, { since: Instant; asked: boolean }>()

/** Asks for the programme once the machine has come to rest. */
export const seedProgrammeLater = async (ctx: Context): Promise<void> => {
  if (!ctx.config.demo) return
  const now = ctx.clock.now()
  const state = resting.get(ctx) ?? { since: now, asked: false }
  resting.set(ctx, state)
  if (state.asked || now < state.since + REST_MS) return
  state.asked = true
  await ctx.enqueue(ctx.db, PROGRAMME, {}, { onceAs: PROGRAMME })
}
