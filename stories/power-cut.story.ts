import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { type PlayerProcess, startPlayerProcess } from './player-process.ts'
import { openWorld, type World, wavFiles } from './world.ts'

const waiting = { timeout: 60_000, interval: 100 }

describe('a power cut in the middle of an airing', () => {
  let world: World
  let player: PlayerProcess
  const village = 'binh-chuong-thon-2'

  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(async () => {
    await player?.pullThePlug()
    await world.close()
  })

  test('[F13] the cluster says “interrupted” when power is back, once, with the seconds that were really heard, and does not begin again', async () => {
    const officer = await world.person('hanh')
    const approver = await world.person('tam')
    const data = join(world.home, 'pole')
    player = startPlayerProcess({ url: world.url, code: await world.enrolmentCode(village, 'Cụm thử, Thôn 2'), data })
    type Devices = { devices: { name: string; id: string; online: boolean }[] }
    const pole = async () =>
      (await officer.must<Devices>('GET', '/api/devices')).devices.find(({ name }) => name === 'Cụm thử, Thôn 2')
    await vi.waitFor(async () => expect((await pole())?.online).toBe(true), waiting)

    const notice = await writeNotice(officer, { unit: 'binh-chuong', audience: [village] })
    await submitNotice(officer, notice)
    await approveNotice(approver, notice)
    // half a second of sound is in the file: the airing is under way
    await vi.waitFor(
      async () => expect((await wavFiles(join(data, 'heard')))[0]?.length ?? 0).toBeGreaterThan(48_000),
      waiting,
    )
    await player.pullThePlug()

    player = startPlayerProcess({ url: world.url, data })
    const receipt = async () => {
      const device = await pole()
      return (await newestAiring(officer))?.receipts.filter((one) => one.device === device?.id)
    }
    await vi.waitFor(
      async () => expect(await receipt()).toMatchObject([{ outcome: 'interrupted', reason: 'power.lost' }]),
      waiting,
    )
    const [interrupted] = (await receipt()) ?? []
    expect(interrupted?.secondsWritten).toBeLessThan(9)
    expect(await wavFiles(join(data, 'heard'))).toHaveLength(1)
  })
})
