import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

const golden = join(import.meta.dirname, '..', 'server/src/modules/editorial/dispatch/golden')
const flood = readFileSync(join(golden, 'mua-lu.txt'), 'utf8')

/** The dispatch as it comes: a PDF, printed by a real browser, long lines broken at the edge of the page. */
const asPdf = async (page: Page, text: string): Promise<Buffer> => {
  const lines = text.split('\n').map((line) => `<p>${line.replaceAll('&', '&amp;')}</p>`)
  await page.setContent(`<body style="font: 14px serif; white-space: pre-wrap">${lines.join('')}</body>`)
  return page.pdf({ format: 'A4' })
}

describe('from a dispatch to spoken words', () => {
  const stage = useStage()
  let hanh: Page
  let pdf: Buffer

  beforeAll(async () => {
    const printer = await stage().browser.newPage()
    pdf = await asPdf(printer, flood)
    await printer.close()
    hanh = await stage().person('hanh', OFFICE)
  })

  test('an officer drops a PDF in; what people need is proposed, the rest is set aside or offered', async () => {
    await goTo(hanh, 'Soạn tin')
    await hanh.getByRole('link', { name: 'Từ công văn' }).click()
    await hanh
      .getByLabel('Chọn tệp (Word, PDF, TXT)')
      .setInputFiles({ name: 'cong-van-215.pdf', mimeType: 'application/pdf', buffer: pdf })
    await hanh.getByRole('heading', { name: 'Lời đề xuất' }).waitFor()
    const proposed = hanh.getByRole('region', { name: 'Lời đề xuất' })
    await proposed.getByRole('checkbox', { name: /^Các hộ dân ở ven sông/, checked: true }).waitFor()
    await proposed.getByRole('checkbox', { name: /0255 3851 999/, checked: true }).waitFor()
    expect(await proposed.getByRole('checkbox', { name: /Căn cứ/ }).count()).toBe(0)
    await picture(hanh, 'dispatch-1-proposal')
  })

  test('pressing a sentence shows where it stands in the original', async () => {
    await hanh.getByRole('button', { name: /^Khi cần cứu giúp/ }).click()
    const shown = hanh.getByRole('region', { name: 'Bản gốc' }).locator('.shown')
    expect((await shown.allInnerTexts()).join('')).toContain('Khi cần cứu giúp, bà con gọi')
    await picture(hanh, 'dispatch-2-source')
  })

  test('what is chosen becomes a draft, which the voice reads; nothing is sent by itself', async () => {
    await hanh.getByRole('checkbox', { name: 'Trưởng các thôn:' }).uncheck()
    await hanh.getByRole('button', { name: 'Thành bản nháp' }).click()
    await hanh.getByRole('heading', { level: 1, name: 'Chủ động ứng phó mưa lớn' }).waitFor()
    expect(await hanh.getByLabel('Nội dung').inputValue()).not.toContain('Trưởng các thôn')
    await hanh
      .getByRole('button', { name: /^mười chín/ })
      .first()
      .waitFor()
    await picture(hanh, 'dispatch-3-draft')
    const officer = await stage().world.person('hanh')
    const { notices } = await officer.must<{ notices: { state: string; current: { title: string } }[] }>(
      'GET',
      '/api/notices',
    )
    expect(notices.find(({ current }) => current.title.startsWith('Chủ động'))?.state).toBe('draft')
  })

  test('on a phone a text is pasted; one that carries a secrecy mark is turned away', async () => {
    const page = await stage().person('hanh', PHONE)
    await page.goto(`${stage().world.url}/soan/cong-van`)
    const field = page.getByLabel('Hoặc dán nội dung công văn')
    await field.fill(`MẬT\n${flood}`)
    await page.getByRole('button', { name: 'Đề xuất lời đọc' }).click()
    await page.getByRole('alert').waitFor()
    await field.fill(flood)
    await page.getByRole('button', { name: 'Đề xuất lời đọc' }).click()
    await page.getByRole('heading', { name: 'Lời đề xuất' }).waitFor()
    await picture(page, 'dispatch-4-phone')
    // two villages are called Thôn 1: the one that is pressed is meant, and nowhere else
    const places = page.getByRole('region', { name: 'Lời đề xuất' })
    await page.getByText('Chưa chọn nơi nào: bản nháp sẽ đặt cả xã.').waitFor()
    await places.getByRole('checkbox', { name: 'Thôn 1 (Bình Chương)' }).check()
    await page.getByRole('button', { name: 'Thành bản nháp' }).click()
    await page.getByText('5 cụm loa của Thôn 1 (Bình Chương)').first().waitFor()
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
