import { levelsOf, readWav } from '@loa/audio'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type AiringSeen, approveNotice, floodText, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'
import type { StoryPlayer } from './world.ts'

const waiting = { timeout: 60_000, interval: 50 }
const title = 'Cảnh báo lũ sông Trà Bồng'

describe('stopping what plays', () => {
  const stage = useStage()
  let cluster: StoryPlayer
  let page: Page

  beforeAll(async () => {
    cluster = await stage().world.player('binh-chuong-thon-1', 'Cụm thử, Thôn 1')
  })
  afterEach(async () => {
    await page.context().close()
  })

  /** A notice three times as long as a stop may take, on air in the cluster and in the officer's page. */
  const putOnAir = async (size: typeof OFFICE | typeof PHONE): Promise<void> => {
    const [hanh, tam] = [await stage().world.person('hanh'), await stage().world.person('tam')]
    page = await stage().person('hanh', size)
    await page.getByRole('button', { name: 'Bật loa trong trang này' }).click()
    await page.getByText(/Đang nghe kênh/).waitFor()
    const played = (await cluster.heard()).length
    const text = `${floodText} ${floodText} Số ${played}.`
    const notice = await writeNotice(hanh, { unit: 'binh-chuong', audience: ['binh-chuong'], text })
    await submitNotice(hanh, notice)
    const cached = cluster.player.state().soundsCached
    await vi.waitFor(() => expect(cluster.player.state().soundsCached).toBeGreaterThanOrEqual(cached), waiting)
    await approveNotice(tam, notice)
    await page.getByText(`Đang phát “${title}”, chữ ký của người duyệt đúng.`, { exact: true }).waitFor()
    await page.getByRole('heading', { level: 2, name: title }).waitFor()
    await vi.waitFor(async () => expect(await cluster.heard()).toHaveLength(played + 1), waiting)
  }

  const receiptOfCluster = async (): Promise<AiringSeen['receipts'][number] | undefined> =>
    (await newestAiring(await stage().world.person('hanh')))?.receipts.find(({ device }) => device === cluster.device)

  /** Presses it, and says how long the cluster went on, in seconds of its own clock, and what it then reported. */
  const press = async (name: string): Promise<void> => {
    const before = stage().world.clock.now()
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByText(`Đã dừng “${title}” theo lệnh.`, { exact: true }).waitFor()
    await page.getByRole('heading', { level: 2, name: 'Lúc này không phát gì' }).waitFor()
    await vi.waitFor(async () => expect(await receiptOfCluster()).toMatchObject({ outcome: 'stopped' }), waiting)
    const receipt = await receiptOfCluster()
    const wav = (await cluster.heard()).at(-1)
    const pcm = readWav(wav ?? new Uint8Array())
    if ('refused' in pcm) throw new Error(pcm.refused)
    const seconds = pcm.samples.length / pcm.sampleRate
    // what is in the file is what the receipt says, and it ends within a second of the press
    expect(seconds).toBeCloseTo(receipt?.secondsWritten ?? 0, 0)
    const startedAt = Date.parse(receipt?.startedAt ?? '')
    expect(startedAt + seconds * 1000 - before).toBeLessThan(1000)
    expect(seconds).toBeLessThan(15)
    expect(Math.max(...levelsOf(pcm, 100))).toBeGreaterThan(-40)
  }

  test.for([
    { button: 'Dừng', size: OFFICE },
    { button: 'Dừng tất cả', size: PHONE },
  ])(
    '[F14] one press on $button silences the cluster and the page within a second, and both say so',
    async ({ button, size }) => {
      await putOnAir(size)
      await picture(page, `stop-1-${button === 'Dừng' ? 'one' : 'all'}-playing`)
      await press(button)
      await picture(page, `stop-2-${button === 'Dừng' ? 'one' : 'all'}-stopped`)
      await goTo(page, 'Đã phát')
      await page.getByText('Đã dừng').first().waitFor()
    },
  )

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
