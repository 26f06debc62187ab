import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { GUIDE_STARTS_AT, openBook } from './guide/book.ts'
import { approveNotice, floodText, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, useStage } from './stage.ts'
import type { StoryPlayer } from './world.ts'

const golden = join(import.meta.dirname, '..', 'server/src/modules/editorial/dispatch/golden/mua-lu.txt')
const title = 'Cảnh báo lũ sông Trà Bồng'
const waiting = { timeout: 60_000, interval: 100 }
const planned = [
  ['Họp thôn bàn việc làm đường', 'Mời bà con họp thôn lúc 19 giờ. '.repeat(12)],
  ['Tiêm chủng cho trẻ dưới 24 tháng', 'Mời phụ huynh đưa trẻ đi tiêm chủng. '.repeat(20)],
] as const
const tomorrow = '2026-11-24'

/** What stands on a page comes to the top of the window. */
const bring = (page: Page, text: string | RegExp): Promise<void> =>
  page
    .getByText(text)
    .filter({ visible: true })
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'center' }))

/**
 * What docs/guide/ tells, done once as it is told; its pictures are made here (`npm run guide`), so that they cannot age. One
 * installation for the three pages: what the officer does is what the approver and the technician see.
 */
describe('the guide', () => {
  const stage = useStage(GUIDE_STARTS_AT)
  const officerPages = openBook('can-bo-dai.md')
  const approverPages = openBook('nguoi-duyet.md')
  const technicianPages = openBook('ky-thuat-vien.md')
  let hanh: Page
  let tam: Page
  let ky: Page
  let cluster: StoryPlayer

  beforeAll(async () => {
    const { world } = stage()
    const [officer, approver] = [await world.person('hanh'), await world.person('tam')]
    const { sessions } = await officer.must<{ sessions: { id: string; unit: string }[] }>(
      'GET',
      '/api/sessions?unit=binh-chuong',
    )
    const own = sessions.filter(({ unit }) => unit === 'binh-chuong').map(({ id }) => id)
    const plan = { when: 'sessions', sessions: own, dates: [tomorrow] } as const
    for (const [name, text] of planned) {
      const sent = await submitNotice(
        officer,
        await writeNotice(officer, { unit: 'binh-chuong', audience: ['binh-chuong'], title: name, text, plan }),
      )
      await approveNotice(approver, sent)
    }
    cluster = await world.player('binh-chuong-thon-1', 'Cụm thử, Thôn 1')
    hanh = await stage().person('hanh', OFFICE)
    tam = await stage().person('tam', PHONE)
    ky = await stage().person('ky', OFFICE)
  })

  test('an officer begins at Hôm nay', async () => {
    await hanh.getByRole('button', { name: 'Bật loa trong trang này' }).waitFor()
    await hanh.getByText('Việc của tôi').waitFor()
    await officerPages.show(hanh, 'can-bo-1-hom-nay')
  })

  test('writes, sees what will be said, and puts a word right', async () => {
    await goTo(hanh, 'Soạn tin')
    await hanh.getByLabel('Tên tin').fill(title)
    await hanh.getByLabel('Nội dung').fill(floodText)
    await hanh.getByRole('button', { name: 'Nghe: Nghe thử' }).waitFor()
    await officerPages.show(hanh, 'can-bo-2-soan-tin')
    await hanh.getByRole('button', { name: 'Bồng', exact: true }).click()
    await hanh.getByLabel('Đọc là').fill('bồng')
    await officerPages.show(hanh, 'can-bo-3-sua-cach-doc')
    await hanh.getByText('Đề nghị ghi vào cách đọc chung của đơn vị').click()
    await hanh.getByRole('button', { name: 'Đọc như vậy trong tin này' }).click()
    await hanh.getByText('“Bồng” đọc là “bồng”').waitFor()
  })

  test('chooses a session for it, and sends it', async () => {
    await hanh.getByLabel('Chủ đề').selectOption({ index: 1 })
    await hanh.getByText('Trong buổi phát', { exact: true }).click()
    await hanh
      .getByText(/còn trống/i)
      .first()
      .waitFor()
    await hanh.getByText(/^Đã đề nghị cách đọc/).waitFor({ state: 'detached' })
    await bring(hanh, 'Trong buổi phát')
    await officerPages.show(hanh, 'can-bo-5-khi-nao')
    await hanh.getByText('Ngay sau khi duyệt', { exact: true }).click()
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.getByText('Chờ duyệt').waitFor()
  })

  test('an approver sees on the telephone what waits, returns one and approves one', async () => {
    await goTo(tam, 'Hôm nay')
    await tam.getByText(title).first().waitFor()
    await approverPages.show(tam, 'duyet-1-hom-nay')
    await goTo(tam, 'Duyệt')
    await tam.getByRole('heading', { name: title }).waitFor()
    await tam.getByText('Phát 1 lần').first().waitFor()
    await approverPages.show(tam, 'duyet-2-the-duyet')
    await tam.getByRole('button', { name: 'Trả lại' }).click()
    await tam.getByRole('button', { name: 'Trả lại cho người soạn' }).waitFor()
    await bring(tam, 'Trả lại cho người soạn')
    await approverPages.show(tam, 'duyet-3-tra-lai')
    await tam.goto(`${stage().world.url}/quan-tri/cach-doc`)
    await tam.getByRole('button', { name: 'Đồng ý “Bồng”', exact: true }).waitFor()
    await approverPages.show(tam, 'duyet-4-cach-doc')
    await goTo(tam, 'Duyệt')
    await tam.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await tam.getByText('Không có tin nào chờ bạn duyệt').waitFor()
  })

  test('an officer has a dispatch turned into words', async () => {
    await hanh.goto(`${stage().world.url}/soan/cong-van`)
    await hanh.getByLabel('Hoặc dán nội dung công văn').fill(readFileSync(golden, 'utf8'))
    await hanh.getByRole('button', { name: 'Đề xuất lời đọc' }).click()
    await hanh.getByRole('heading', { name: 'Lời đề xuất' }).waitFor()
    await officerPages.show(hanh, 'can-bo-4-cong-van')
  })

  test('sees the sessions of a day, what was heard, and whom to ask', async () => {
    await hanh.goto(`${stage().world.url}/lich-phat?ngay=${tomorrow}`)
    await hanh.getByText('05:30').first().waitFor()
    await officerPages.show(hanh, 'can-bo-6-lich-phat')
    const officer = await stage().world.person('hanh')
    const heard = async () =>
      (await newestAiring(officer))?.receipts.some(
        ({ device, outcome }) => device === cluster.device && outcome === 'completed',
      )
    await vi.waitFor(async () => expect(await heard()).toBe(true), waiting)
    await goTo(hanh, 'Đã phát')
    await hanh.getByRole('link', { name: title, exact: true }).first().click()
    await hanh.getByText('Các số này không cộng với nhau').waitFor()
    await officerPages.show(hanh, 'can-bo-7-da-phat')
    await goTo(hanh, 'Phản hồi nghe')
    await hanh.getByLabel('Họ tên người nhận').waitFor()
    await officerPages.show(hanh, 'can-bo-8-phan-hoi')
  })

  test('a technician looks over the network, adds a device, opens a cluster and its tickets', async () => {
    await goTo(ky, 'Mạng lưới')
    await ky.getByText('Tình trạng lúc').waitFor()
    await technicianPages.show(ky, 'ky-thuat-1-mang-luoi')
    await ky.getByRole('link', { name: 'Thiết bị' }).click()
    await ky.getByLabel('Tên thiết bị').fill('Cụm ngã ba chợ, Thôn 2')
    await ky.getByLabel('Đặt ở').selectOption({ label: 'Thôn 2 (Bình Chương), Xã Bình Chương' })
    await ky.getByRole('button', { name: 'Thêm thiết bị' }).click()
    await ky.locator('[data-enrol]').waitFor()
    await ky.locator('[data-enrol]').evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await technicianPages.show(ky, 'ky-thuat-2-ma-qr')
    await goTo(ky, 'Mạng lưới')
    await ky.getByLabel('Tìm cụm loa hoặc thôn').fill('cum thu')
    await ky.getByRole('link', { name: 'Cụm thử, Thôn 1' }).first().click()
    await ky.getByText('24 giờ qua').first().waitFor()
    await technicianPages.show(ky, 'ky-thuat-3-cum')
    const technician = await stage().world.person('ky')
    const note = 'Trưởng thôn báo loa rè từ chiều qua.'
    await technician.must('POST', '/api/tickets', { device: cluster.device, note })
    await goTo(ky, 'Việc kỹ thuật')
    await ky.getByRole('button', { name: 'Nhận việc' }).first().waitFor()
    await technicianPages.show(ky, 'ky-thuat-4-viec')
    await ky.goto(`${stage().world.url}/mang-luoi/chuong`)
    await ky.getByText('Cài đặt của xã').waitFor()
    await technicianPages.show(ky, 'ky-thuat-5-thu-chuong')
  })

  test.each([
    ['can-bo-dai.md', officerPages],
    ['nguoi-duyet.md', approverPages],
    ['ky-thuat-vien.md', technicianPages],
  ])('every picture of %s was shown', (_, book) => {
    expect(book.notShown()).toEqual([])
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
