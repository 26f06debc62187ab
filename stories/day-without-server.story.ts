import { levelsOf, readWav } from '@loa/audio'
import { instantOf } from '@loa/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { openWorld, type StoryPlayer, type World } from './world.ts'

describe('a day without a server', () => {
  let world: World
  let cluster: StoryPlayer
  const village = 'binh-chuong-thon-1'

  beforeAll(async () => {
    world = await openWorld(instantOf('2026-11-23', '08:00'))
    cluster = await world.player(village, 'Cụm thử, Thôn 1')
  })
  afterAll(() => world.close())

  test('[F11] a cluster plays tomorrow’s notice from its cache while the server is off, and the receipt arrives once, later', async () => {
    const officer = await world.person('hanh')
    const approver = await world.person('tam')
    const plan = { when: 'times', dates: ['2026-11-24'], time: '06:30' } as const
    const notice = await writeNotice(officer, { unit: 'binh-chuong', audience: [village], plan })
    await submitNotice(officer, notice)
    await world.turnUntil(async () => cluster.player.state().soundsCached > 0)
    await approveNotice(approver, notice)
    await world.turnUntil(async () => cluster.player.state().airingsAhead > 0)

    await world.stopServer()
    await world.clock.turnTo(instantOf('2026-11-24', '06:29'))
    expect(await cluster.heard()).toEqual([])
    await world.turnUntil(async () => cluster.player.state().receiptsWaiting === 1)
    const [wav] = await cluster.heard()
    const pcm = readWav(wav ?? new Uint8Array())
    if ('refused' in pcm) throw new Error(pcm.refused)
    expect(Math.max(...levelsOf(pcm, 100))).toBeGreaterThan(-40)

    await world.startServer()
    const again = await world.person('hanh')
    await world.turnUntil(
      async () =>
        (await newestAiring(again))?.receipts.some((r) => r.device === cluster.device && r.outcome === 'completed') ??
        false,
    )
    await world.turnUntil(async () => cluster.player.state().receiptsWaiting === 0)
    const airing = await newestAiring(again)
    expect(airing?.receipts.filter((r) => r.device === cluster.device)).toMatchObject([
      { outcome: 'completed', reason: null },
    ])
  })
})
