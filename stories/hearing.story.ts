import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { examine, examineLargeText } from './examine.ts'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, type Size, useStage } from './stage.ts'

const MINUTE_MS = 60_000
const village = 'Thôn 1 (Bình Chương)'

describe('people in a village say what they heard', () => {
  const stage = useStage()
  let officer: Page
  let link: string
  let head: Page

  /** The telephone of a village head: small, and with a browser in which no script runs. */
  const telephone = async (size: Size = PHONE): Promise<Page> => {
    const context = await stage().browser.newContext({ locale: 'vi-VN', viewport: size, javaScriptEnabled: false })
    return context.newPage()
  }

  test('an officer gives a village head a link, shown once with its QR code', async () => {
    officer = await stage().person('hanh', OFFICE)
    await goTo(officer, 'Phản hồi nghe')
    await officer.getByLabel('Thôn', { exact: true }).selectOption({ label: village })
    await officer.getByLabel('Họ tên người nhận').fill('Nguyễn Văn Sáu')
    await officer.getByLabel('Số điện thoại').fill('0905 123 456')
    await officer.getByRole('button', { name: 'Cấp liên kết' }).click()
    link = await officer.getByLabel('Liên kết', { exact: true }).inputValue()
    expect(link).toMatch(new RegExp(`^${stage().world.url}/nghe/[A-Za-z0-9_-]{22}$`))
    await officer.getByRole('img', { name: 'Mã QR mở liên kết của Nguyễn Văn Sáu' }).waitFor()
    await picture(officer, 'hearing-link')
    await officer.getByRole('button', { name: 'Đã gửi xong' }).click()
    expect(await officer.content()).not.toContain(link.slice(-22))
    await officer.getByText(`${village}, 0905 123 456`).waitFor()
  })

  test('the link opens without a script and without an account; two presses change the word, and both stay', async () => {
    const [hanh, tam] = [await stage().world.person('hanh'), await stage().world.person('tam')]
    const asked = { unit: 'binh-chuong', audience: ['binh-chuong-thon-1', 'binh-chuong-thon-2'] }
    const notice = await writeNotice(hanh, { ...asked, class: 'priority' })
    await approveNotice(tam, await submitNotice(hanh, notice))
    await stage().world.turnUntil(async () => (await newestAiring(hanh)) !== undefined)
    head = await telephone()
    await head.goto(link)
    await head.getByRole('heading', { name: 'Cảnh báo lũ sông Trà Bồng' }).waitFor()
    await picture(head, 'hearing-page')
    await head.getByRole('button', { name: 'Nghe rõ' }).click()
    await head.getByText(/Đã ghi lúc \d\d:\d\d: Nghe rõ/).waitFor()
    await head.getByRole('button', { name: 'Không nghe' }).click()
    await head.getByText(/Đã ghi lúc \d\d:\d\d: Không nghe/).waitFor()
    expect(new URL(head.url()).pathname).toBe(new URL(link).pathname)
    expect(await head.context().cookies()).toEqual([])
    await picture(head, 'hearing-said')
  })

  test('the officer sees the errand in Hôm nay, takes it, and records the round', async () => {
    await goTo(officer, 'Hôm nay')
    await officer.getByText('Một thôn chưa nghe được').waitFor()
    await picture(officer, 'hearing-today')
    await officer.getByRole('link', { name: 'Xem việc' }).click()
    await officer.getByText('Người ở thôn báo không nghe.').waitFor()
    await officer.getByRole('button', { name: /^Nhận việc.*Thôn 1/ }).click()
    await officer.getByText('Đang đi', { exact: true }).waitFor()
    await stage().world.clock.turnBy(3 * MINUTE_MS)
    await officer.getByRole('button', { name: /^Ghi đã phát xong.*Thôn 1/ }).click()
    await officer.getByLabel('Bắt đầu phát', { exact: true }).fill('08:01')
    await officer.getByLabel('Phát xong', { exact: true }).fill('08:02')
    await officer.getByLabel('Số người nghe').fill('85')
    await officer.getByLabel('Ghi chú').fill('Đi từ nhà văn hóa ra cầu, anh Sáu đi cùng.')
    await picture(officer, 'hearing-errand')
    await officer.getByRole('button', { name: 'Ghi lại' }).click()
    await officer.getByText(`Đã ghi: loa lưu động đã phát ở ${village}.`).waitFor()
  })

  test('the round shows as a delivery beside the three numbers, and is traced to the draft', async () => {
    await goTo(officer, 'Đã phát')
    await officer.getByText('Loa lưu động đã đi 1 thôn, 85 người nghe.').waitFor()
    await picture(officer, 'hearing-aired')
    const list = officer.waitForEvent('download')
    await officer.getByRole('button', { name: 'Tải bảng các lượt phát' }).click()
    expect((await list).suggestedFilename()).toBe('da-phat-2026-11-17-den-2026-11-23.csv')
    await officer.getByRole('link', { name: 'Cảnh báo lũ sông Trà Bồng' }).click()
    const people = officer.getByRole('region', { name: 'Người ở thôn nói gì' })
    await people.getByText('người báo không nghe').waitFor()
    await people.getByText(/trước đó: Nghe rõ/).waitFor()
    await people.getByText(/Đã phát từ 08:01 ngày 23\/11\/2026 đến 08:02, 85 người nghe/).waitFor()
    await picture(officer, 'hearing-airing')
    const clusters = officer.waitForEvent('download')
    await officer.getByRole('button', { name: 'Tải bảng theo cụm' }).click()
    expect((await clusters).suggestedFilename()).toBe('luot-phat-2026-11-23-08h00.csv')
    await people.getByRole('button', { name: /^Truy vết.*Thôn 1/ }).click()
    await officer.getByText('Loa lưu động đã phát ở thôn trong 1 phút.').waitFor()
    await officer.getByText('Bắt đầu soạn tin.').waitFor()
  })

  test('a quarter of an hour after a priority airing the village from which nothing came is an errand too', async () => {
    await stage().world.clock.turnBy(17 * MINUTE_MS)
    await goTo(officer, 'Phản hồi nghe')
    await officer.getByText('Chưa cụm loa nào ở thôn báo về.').waitFor()
    await officer.getByRole('button', { name: /^Không cần đi.*Thôn 2/ }).click()
    await officer.getByRole('button', { name: 'Đã gọi điện báo từng nhà' }).click()
    await officer.getByRole('button', { name: 'Bỏ việc này' }).click()
    await officer.getByText('Không có thôn nào phải đi.').waitFor()
    await picture(officer, 'hearing-officer')
  })

  test('both pages can be used by everybody: on a telephone, with large text, in the dark', async () => {
    const phone = await stage().person('hanh', PHONE)
    await phone.goto(`${stage().world.url}/phan-hoi-nghe`)
    await phone.getByText('Nguyễn Văn Sáu', { exact: true }).waitFor()
    await picture(phone, 'hearing-officer')
    expect(await examineLargeText(phone)).toEqual([])
    for (const size of [PHONE, OFFICE]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await stage().browser.newContext({ locale: 'vi-VN', viewport: size, colorScheme })
        const page = await context.newPage()
        await page.goto(link)
        await picture(page, `hearing-page-${colorScheme}`)
        expect([colorScheme, size.width, await examine(page)]).toEqual([colorScheme, size.width, []])
        expect(await examineLargeText(page)).toEqual([])
        await context.close()
      }
    }
  })

  test('an ended link says so in plain words, and no page complained', async () => {
    await officer.getByRole('button', { name: /^Ngừng.*Nguyễn Văn Sáu/ }).click()
    await officer.getByRole('button', { name: 'Ngừng liên kết' }).click()
    await officer.getByText('Đã ngừng liên kết của Nguyễn Văn Sáu.').waitFor()
    await head.goto(link)
    await head.getByRole('heading', { name: 'Liên kết không dùng được' }).waitFor()
    await picture(head, 'hearing-ended')
    expect(stage().complaints).toEqual([])
  })
})
