import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { openTown, type Town, today } from '../../scene/town.ts'
import { historyOf } from '../audit/index.ts'
import { stopAiring, stopAll } from './commands.ts'
import type { Airing } from './model.ts'
import { airingsById, reachOf } from './store.ts'

let town: Town

beforeAll(async () => {
  town = await openTown()
}, 60_000)
afterAll(() => town.close())

const issued = async (issue: Parameters<Town['issue']>[0] = {}): Promise<Airing> => {
  await town.clock.turnBy(1000)
  return (await town.issue(issue))[0] as Airing
}

const factsAbout = async (subject: string): Promise<string[]> =>
  (
    await sql<{ kind: string }>`select kind from fact where subject = ${subject} order by id`.execute(town.database.db)
  ).rows.map(({ kind }) => kind)

describe('an airing', () => {
  test('stands for what was signed: title, audience, sounds and length of the release', async () => {
    const airing = await issued({ title: 'Họp thôn', audience: ['thon-a1', 'thon-a2'] })
    expect(airing).toMatchObject({
      title: 'Họp thôn',
      unit: 'xa-a',
      audience: ['thon-a1', 'thon-a2'],
      durationMs: 60_000,
    })
    expect(airing.sounds.map(({ language }) => language)).toEqual(['vi'])
    expect(airing).toMatchObject({
      at: town.clock.now(),
      latestStart: town.clock.now() + 600_000,
      localDate: '2026-11-22',
    })
  })

  test('comes once for each date of the plan', async () => {
    const plan = { when: 'times', dates: ['2026-11-23', '2026-11-24'], time: '17:05' } as const
    const airings = await town.issue({ plan: { ...plan, dates: [...plan.dates] } })
    expect(airings.map(({ localDate, at }) => [localDate, at])).toEqual([
      ['2026-11-23', today('17:05') + 86_400_000],
      ['2026-11-24', today('17:05') + 2 * 86_400_000],
    ])
  })

  test('is not made for a date that is over, and the record says so', async () => {
    const airings = await town.issue({
      plan: { when: 'times', dates: ['2026-11-21'], time: '17:05' },
      title: 'Muộn rồi',
    })
    expect(airings).toEqual([])
    const { rows } = await sql<{
      subject: string
    }>`select subject from audit_entry where action = 'airing.tooLate'`.execute(town.database.db)
    expect(rows).toHaveLength(1)
  })

  test('keeps the network as it stood: what is unplugged tomorrow was meant to hear it today', async () => {
    const before = await issued()
    const reach = await reachOf(town.ctx.db, [before.id])
    expect(reach.map(({ device, own, behind, commune }) => [device, own, behind, commune])).toEqual([
      ['cong-a', 0, 3, 'xa-a'],
      ['cum-a1', 1, 0, 'xa-a'],
      ['cum-a2', 1, 0, 'xa-a'],
    ])
    await sql`update device set revoked_at = made_at where id = 'cum-a2'`.execute(town.database.db)
    const after = await issued()
    expect((await reachOf(town.ctx.db, [after.id])).map(({ device }) => device)).toEqual(['cong-a', 'cum-a1'])
    expect(await reachOf(town.ctx.db, [before.id])).toEqual(reach)
    await sql`update device set revoked_at = null where id = 'cum-a2'`.execute(town.database.db)
  })

  test('for one village behind a wired station reaches the whole station, by its gateway', async () => {
    const airing = await issued({ audience: ['thon-a3'] })
    const reach = await reachOf(town.ctx.db, [airing.id])
    expect(reach.map(({ device, kind, unit, behind }) => [device, kind, unit, behind])).toEqual([
      ['cong-a', 'gateway', 'thon-a3', 3],
    ])
  })
})

describe('[F14] stopping an airing takes one person and one press', () => {
  const cases: [string, string, string][] = [
    ['the officer of the commune', 'lan', 'stopped'],
    ['the approver of the commune', 'minh', 'stopped'],
    ['the leader of the province above it', 'chu-tich', 'stopped'],
    ['the technician of the commune', 'tho', 'access.notAllowed'],
    ['the officer of another commune, to whom it does not exist', 'hoa', 'input.notFound'],
  ]
  test.each(cases)('%s', async (_, person, expected) => {
    const airing = await issued()
    const answer = await stopAiring(town.ctx, await town.actor(person), airing.id)
    expect(isRefusal(answer) ? answer.refused : 'stopped').toBe(expected)
    const [stored] = await airingsById(town.ctx.db, [airing.id])
    expect(stored?.stoppedBy ?? null).toBe(expected === 'stopped' ? person : null)
  })

  test('pressing again, and two people pressing at once, is the same as once', async () => {
    const airing = await issued()
    const [lan, minh] = [await town.actor('lan'), await town.actor('minh')]
    const answers = await Promise.all([lan, minh, lan].map((actor) => stopAiring(town.ctx, actor, airing.id)))
    expect(answers.filter(isRefusal)).toEqual([])
    expect(await factsAbout(airing.id)).toEqual(['airing.planned', 'airing.stopped'])
    expect((await historyOf(town.ctx.db, airing.id)).map(({ action }) => action)).toEqual(['airing.stopped'])
  })

  test('of one that is over is refused, so that the record does not say it was cut short', async () => {
    const airing = await issued()
    await town.clock.leapTo(airing.latestStart + airing.durationMs + 60_000)
    expect(await stopAiring(town.ctx, await town.actor('lan'), airing.id)).toEqual({ refused: 'airing.alreadyOver' })
  })

  test('of one that does not exist is refused', async () => {
    expect(await stopAiring(town.ctx, await town.actor('lan'), 'KHONG-CO')).toEqual({ refused: 'input.notFound' })
  })
})

describe('[F14] stopping everything in a commune', () => {
  test('stops for good what is heard here only, and leaves what comes later and what others hear', async () => {
    const here = await issued({ title: 'ở đây' })
    const there = await issued({ unit: 'xa-b', audience: ['xa-b'], title: 'ở kia' })
    const later = await issued({ plan: { when: 'times', dates: ['2026-11-25'], time: '17:05' }, title: 'mai' })
    const answer = await stopAll(town.ctx, await town.actor('lan'), 'xa-a')
    expect(answer).toEqual({ stopped: 1 })
    const stored = await airingsById(town.ctx.db, [here.id, there.id, later.id])
    expect(stored.filter(({ stoppedAt }) => stoppedAt !== null).map(({ id }) => id)).toEqual([here.id])
    expect(await factsAbout('xa-a')).toContain('airing.allStopped')
  })

  const cases: [string, string, string][] = [
    ['the officer of another commune', 'hoa', 'input.notFound'],
    ['the technician', 'tho', 'access.notAllowed'],
    ['the approver', 'minh', 'stopped'],
    ['the approver a second time, which is no error', 'minh', 'stopped'],
  ]
  test.each(cases)('%s', async (_, person, expected) => {
    const answer = await stopAll(town.ctx, await town.actor(person), 'xa-a')
    expect(isRefusal(answer) ? answer.refused : 'stopped').toBe(expected)
  })
})
