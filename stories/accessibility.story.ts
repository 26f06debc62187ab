import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient } from './client.ts'
import { examine, examineKeyboard, examineLargeText } from './examine.ts'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { OFFICE, PHONE, picture, type Size, useStage } from './stage.ts'

/** Every screen, by who sees it, where it is, and what stands on it once it is loaded. */
const screens = (ids: { notice: string; airing: string; draft: string }) =>
  [
    { name: 'Đăng nhập', who: undefined, path: '/', shows: 'Tài khoản minh họa' },
    { name: 'Hôm nay', who: 'hanh', path: '/', shows: 'Trong ngày' },
    { name: 'Soạn tin', who: 'hanh', path: '/soan', shows: 'Khi nào' },
    { name: 'Soạn tin, viết tiếp', who: 'hanh', path: `/soan?tin=${ids.draft}`, shows: 'Nghe thử' },
    { name: 'Tin của tôi', who: 'hanh', path: '/tin', shows: 'Cảnh báo lũ sông Trà Bồng' },
    { name: 'Một tin', who: 'hanh', path: `/tin/${ids.notice}`, shows: 'Quá trình' },
    { name: 'Đã phát', who: 'hanh', path: '/da-phat', shows: 'Phút phát sóng theo xã' },
    { name: 'Một lượt phát', who: 'hanh', path: `/da-phat/${ids.airing}`, shows: 'Từng loa' },
    { name: 'Phản hồi nghe loa', who: 'hanh', path: '/phan-hoi-nghe', shows: 'Liên kết của người ở thôn' },
    { name: 'Phổ biến trực tiếp', who: 'hanh', path: '/pho-bien', shows: 'Số người nghe' },
    { name: 'Thêm', who: 'hanh', path: '/them', shows: 'Đăng xuất' },
    { name: 'Lịch phát', who: 'hanh', path: '/lich-phat?ngay=2026-11-23', shows: 'Chờ duyệt' },
    { name: 'Lịch phát, cả tuần', who: 'hanh', path: '/lich-phat?ngay=2026-11-23&xem=tuan', shows: 'T2 23/11' },
    { name: 'Soạn tin trong buổi phát', who: 'hanh', path: '/soan?ngay=2026-11-24', shows: 'Chiều' },
    { name: 'Buổi phát', who: 'hanh', path: '/quan-tri/buoi-phat', shows: 'Đổi buổi này' },
    { name: 'Tiếng nhạc', who: 'hanh', path: '/quan-tri/tieng-nhac', shows: 'Làm tiếng chuông' },
    { name: 'Duyệt', who: 'tam', path: '/duyet', shows: 'Đúng tiếng này sẽ phát ra loa' },
    { name: 'Mạng lưới', who: 'ky', path: '/mang-luoi', shows: 'Tình trạng lúc' },
    { name: 'Thiết bị của mạng lưới', who: 'ky', path: '/mang-luoi/thiet-bi', shows: 'Số loa' },
    { name: 'Thử chuông hằng ngày', who: 'ky', path: '/mang-luoi/chuong', shows: 'Cài đặt của xã' },
    { name: 'Một cụm loa', who: 'ky', path: '/mang-luoi/cum/binh-chuong-thon-1-cum-1', shows: '24 giờ qua' },
    { name: 'Việc kỹ thuật', who: 'ky', path: '/viec-ky-thuat', shows: 'Tìm theo tên máy, thôn, xã' },
    { name: 'Giọng đọc', who: 'tam', path: '/quan-tri/giong-doc', shows: 'Thứ tự giọng' },
    { name: 'Quản trị', who: 'an', path: '/quan-tri', shows: 'Người và chức trách' },
    { name: 'Người và chức trách', who: 'an', path: '/quan-tri/nguoi', shows: 'người đang giữ chức trách' },
    { name: 'Giới hạn', who: 'ky', path: '/quan-tri/gioi-han', shows: 'Đặt chung' },
    { name: 'Đổi mật khẩu', who: 'hanh', path: '/mat-khau', shows: 'Mật khẩu mới' },
  ] as const

/** A noon session with two notices in it and one that waits. */
const fillNoon = async (officer: ApiClient, approver: ApiClient): Promise<void> => {
  const { id } = await officer.must<{ id: string }>('POST', '/api/sessions', {
    ...{ unit: 'binh-chuong', name: 'Trưa', days: [1, 2, 3, 4, 5, 6, 7], from: '11:00', to: '11:30' },
    ...{ relay: { of: 'Đài Quảng Ngãi', at: 'end', minutes: 10 }, validFrom: '2026-11-23' },
  })
  const plan = { when: 'sessions', sessions: [id], dates: ['2026-11-23'] } as const
  for (const text of ['Mời bà con họp thôn.', 'Mời bà con tiêm vắc xin.', 'Mai cắt điện cả xã.']) {
    const sent = await submitNotice(
      officer,
      await writeNotice(officer, { unit: 'binh-chuong', audience: ['binh-chuong'], text, plan }),
    )
    if (!text.startsWith('Mai')) await approveNotice(approver, sent)
  }
}

const names = [...screens({ notice: '', airing: '', draft: '' }).entries()].map(([nth, { name }]) => ({ nth, name }))

/** A page on which everything is wrong that is looked for below. */
const wrongPage = `
  <html lang="en"><body style="margin:0">
    <h1>Một</h1><h1>Hai</h1>
    <button style="outline:none;width:20px;height:20px;border:0"></button>
    <p style="color:#aaa">Chữ nhạt</p>
    <div style="overflow:hidden;height:1em;width:8em">Chữ dài quá một dòng nên bị cắt mất phần dưới</div>
    <div style="width:3000px">rộng</div>
    <input aria-label="sau" tabindex="2" style="height:50px;width:90px" />
    <input aria-label="trước" tabindex="1" style="height:50px;width:90px" />
  </body></html>`

describe('every screen, for everybody', () => {
  const stage = useStage()
  const windows = new Map<string, Page>()
  let all: ReturnType<typeof screens>

  beforeAll(async () => {
    const [hanh, tam] = [await stage().world.person('hanh'), await stage().world.person('tam')]
    const aired = await writeNotice(hanh, { unit: 'binh-chuong', audience: ['binh-chuong-thon-1'] })
    await approveNotice(tam, await submitNotice(hanh, aired))
    const waiting = await writeNotice(hanh, { unit: 'binh-chuong', audience: ['binh-my-thon-1'] })
    await submitNotice(hanh, waiting)
    const draft = await writeNotice(hanh, { unit: 'binh-chuong', audience: ['binh-chuong'], text: 'Mưa 150 mm.' })
    const airing = await newestAiring(hanh)
    await fillNoon(hanh, tam)
    all = screens({ notice: waiting.id, airing: airing?.id ?? '', draft: draft.id })
  })

  const openAt = async ({ who, path, shows }: (typeof all)[number], size: Size): Promise<Page> => {
    const key = `${who} ${size.width}`
    const page = windows.get(key) ?? (await (who === undefined ? stage().window(size) : stage().person(who, size)))
    windows.set(key, page)
    await page.goto(`${stage().world.url}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const shown = page
      .getByText(shows)
      .or(page.getByLabel(shows))
      .or(page.getByRole('button', { name: shows }))
    await shown.filter({ visible: true }).first().waitFor()
    // nothing on the screen is still to come
    const coming = page.getByText(/^Đang (đếm|tải)…$/)
    await expect.poll(() => coming.count(), { timeout: 20_000 }).toBe(0)
    return page
  }

  test('what is looked for is found on a page where it is all wrong', async () => {
    const page = await stage().window(OFFICE)
    await page.setContent(wrongPage)
    expect(await examine(page)).toEqual([
      'a button without a name',
      'lang is “en”',
      '2 h1',
      'scrolls sideways: 3000 > 1280',
      'target 20 × 20: button “”',
      'contrast 2.32: “Chữ nhạt”',
    ])
    expect(await examineLargeText(page)).toContainEqual(expect.stringContaining('cut off: “Chữ dài'))
    const byKeyboard = await examineKeyboard(page)
    expect(byKeyboard).toContainEqual(expect.stringContaining('out of order: input “sau”'))
    expect(byKeyboard).toContainEqual(expect.stringContaining('focus not to be seen: button'))
    await page.context().close()
  })

  for (const size of [OFFICE, PHONE]) {
    test.for(names)(
      `[F38] $name at ${size.width}: named, large enough to press, legible, by keyboard in order, and with text twice as large`,
      async ({ nth, name }) => {
        const screen = all[nth]
        if (screen === undefined) throw new Error(`no screen “${name}”`)
        const page = await openAt(screen, size)
        await picture(page, `screen-${String(nth).padStart(2, '0')}`)
        expect({
          seen: await examine(page),
          byKeyboard: await examineKeyboard(page),
          twiceAsLarge: await examineLargeText(page),
        }).toEqual({ seen: [], byKeyboard: [], twiceAsLarge: [] })
      },
    )
  }

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
