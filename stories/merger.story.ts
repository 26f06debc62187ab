import { instantOf } from '@loa/protocol'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ApiClient } from './client.ts'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'
import type { StoryPlayer } from './world.ts'

const MIDNIGHT = instantOf('2026-11-23', '00:00')
const waiting = { timeout: 60_000, interval: 200 }

type Merger = { readonly state: string; readonly to: { readonly id: string | null; readonly name: string } }

/** From the page of mergers to the preview of this one. */
const lookAhead = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Sắp xếp các xã' }).click()
  await page.getByRole('checkbox', { name: 'Xã Bình Chương' }).first().check()
  await page.getByRole('checkbox', { name: 'Xã Bình Minh' }).first().check()
  await page.getByLabel('Tên mới').fill('Chương Minh')
  await page.getByLabel('Có hiệu lực từ ngày').fill('23/11/2026')
  await page.getByLabel('Căn cứ').fill('Nghị quyết thử số 1 ngày 20/11/2026')
  await page.getByRole('button', { name: 'Xem trước mọi việc' }).click()
  await page
    .getByRole('heading', { name: 'Từ 0 giờ ngày 23/11/2026, xã Bình Chương và xã Bình Minh thành xã Chương Minh.' })
    .waitFor()
}

const apply = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Sắp xếp từ ngày này' }).click()
  await page.getByText('Sắp tới', { exact: true }).waitFor()
}

describe('two communes become one', () => {
  const stage = useStage(instantOf('2026-11-22', '23:40'))
  let cluster: StoryPlayer
  let an: Page
  let administrator: ApiClient
  let commune: string

  const mergers = async (): Promise<readonly Merger[]> =>
    (await administrator.must<{ mergers: Merger[] }>('GET', '/api/mergers')).mergers

  beforeAll(async () => {
    const { world } = stage()
    cluster = await world.player('binh-chuong-thon-1', 'Cụm thử, Thôn 1')
    administrator = await world.person('an')
    an = await stage().person('an', OFFICE)
  })

  test('[F1] the administrator sees everything that will happen before anything does', async () => {
    await goTo(an, 'Quản trị')
    await an.getByRole('link', { name: 'Sắp xếp xã' }).first().click()
    await lookAhead(an)
    await an.getByText('27 thôn, 5 đài, 7 tổ chức trực thuộc chuyển về xã Chương Minh, giữ nguyên tên.').waitFor()
    await an.getByText('7 chức trách tiếp tục ở xã Chương Minh').waitFor()
    await an.getByText('Hủy được đến hết ngày 22/11/2026').waitFor()
    await picture(an, 'merger-1-preview')
    expect(await mergers()).toEqual([])
  })

  test('[F1] she orders it, takes it back, and orders it again', async () => {
    await apply(an)
    await an.getByRole('button', { name: 'Hủy việc sắp xếp này' }).click()
    await an.getByRole('button', { name: 'Hủy và trả lại như cũ' }).click()
    await an.getByText('Đã hủy', { exact: true }).waitFor()
    await lookAhead(an)
    await apply(an)
    await picture(an, 'merger-2-ordered')
    expect((await mergers()).map(({ state }) => state)).toEqual(['planned', 'undone'])
    commune = (await mergers())[0]?.to.id ?? ''
  })

  test('[F1] the tree of tomorrow has the new commune, that of today the old ones', async () => {
    await an.getByRole('link', { name: 'Đơn vị và tổ chức' }).first().click()
    await an.getByText('Xã Bình Minh', { exact: true }).waitFor()
    expect(await an.getByText('Xã Chương Minh', { exact: true }).count()).toBe(0)
    await an.getByLabel('Xem vào ngày').fill('23/11/2026')
    await an.getByLabel('Xem vào ngày').press('Enter')
    await an.getByText('Xã Chương Minh', { exact: true }).waitFor()
    expect(await an.getByText('Xã Bình Minh', { exact: true }).count()).toBe(0)
    await picture(an, 'merger-3-tomorrow')
  })

  test('[F1] at midnight the loudspeaker of the old commune listens to the new one, by itself', async () => {
    const { world } = stage()
    await world.turnUntil(async () => cluster.player.state().listens.includes('binh-chuong'))
    expect(cluster.player.state().listens).not.toContain(commune)
    await world.turnUntil(async () => world.clock.now() > MIDNIGHT + 61_000, 5_000)
    await world.turnUntil(async () => cluster.player.state().listens.includes(commune))
    expect(cluster.player.state().listens).not.toContain('binh-chuong')
  })

  test('[F1] an officer of the other old commune writes for the new one, and the loudspeaker says it', async () => {
    const { world } = stage()
    const minh = await stage().person('minh', PHONE)
    await goTo(minh, 'Soạn')
    await minh.getByRole('checkbox', { name: /^Cả xã Chương Minh/ }).waitFor()
    await picture(minh, 'merger-4-officer')
    const [officer, approver] = [await world.person('minh'), await world.person('nga')]
    const notice = await writeNotice(officer, { unit: commune, audience: [commune] })
    await submitNotice(officer, notice)
    await vi.waitFor(() => expect(cluster.player.state().soundsCached).toBeGreaterThan(0), waiting)
    await approveNotice(approver, notice)
    await world.turnUntil(async () => {
      const airing = await newestAiring(officer)
      return airing?.receipts.some((one) => one.device === cluster.device && one.outcome === 'completed') ?? false
    })
    expect(await cluster.heard()).toHaveLength(1)
  })

  test('[F1] it can no longer be taken back', async () => {
    await an.reload()
    await an.getByRole('link', { name: 'Sắp xếp xã' }).first().click()
    await an.getByText('Đã có hiệu lực', { exact: true }).waitFor()
    expect(await an.getByRole('button', { name: 'Hủy việc sắp xếp này' }).count()).toBe(0)
    expect(stage().complaints).toEqual([])
  })
})
