import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

const text = 'Mời bà con Ra Manh đến nhà văn hóa lúc 19h30.'

/** The words as they will be said, without what stands beside them. */
const said = (page: Page) => page.getByRole('group', { name: 'Lời loa sẽ đọc, từng từ' })

describe('a word that the voice reads wrongly', () => {
  const stage = useStage()
  let hanh: Page
  let tam: Page

  beforeAll(async () => {
    hanh = await stage().person('hanh', OFFICE)
    tam = await stage().person('tam', PHONE)
  })

  test('is put right by pressing it, in this notice at once', async () => {
    await goTo(hanh, 'Soạn tin')
    await hanh.getByLabel('Tên tin').fill('Họp thôn')
    await hanh.getByLabel('Nội dung').fill(text)
    const word = said(hanh).getByRole('button', { name: 'Manh', exact: true })
    await word.click()
    const correcting = hanh.getByRole('form', { name: 'Sửa cách đọc “Manh”' })
    await correcting.getByLabel('Đọc là').fill('mành')
    await correcting.getByText('Đề nghị ghi vào cách đọc chung của đơn vị').click()
    await picture(hanh, 'readings-1-correcting')
    const voiced = hanh.waitForResponse((answer) => answer.url().endsWith('/api/voicings'))
    await correcting.getByRole('button', { name: 'Đọc như vậy trong tin này' }).click()
    await hanh.getByText('“Manh” đọc là “mành”').waitFor()
    expect(await (await voiced).json()).toMatchObject({ spoken: expect.stringContaining('Ra mành') })
    await said(hanh).getByRole('button', { name: /^mành/ }).waitFor()
    await picture(hanh, 'readings-2-corrected')
  })

  test('[F38] is reached by the keyboard: one stop for the whole text, arrows from word to word', async () => {
    await said(hanh).getByRole('button').first().focus()
    for (let step = 0; step < 3; step++) await hanh.keyboard.press('ArrowRight')
    await hanh.keyboard.press('Enter')
    await hanh.getByRole('form', { name: /^Sửa cách đọc/ }).waitFor()
    await hanh.keyboard.press('Escape')
    expect(await hanh.evaluate(() => document.activeElement?.getAttribute('data-word'))).toBe('3')
  })

  test('is read so in every notice of the commune once the approver has agreed', async () => {
    await goTo(tam, 'Quản trị')
    await tam.getByRole('link', { name: /^Cách đọc/ }).click()
    await tam.getByText('“Manh” đọc là “mành”').waitFor()
    await picture(tam, 'readings-3-approver')
    await tam.getByRole('button', { name: 'Đồng ý “Manh”', exact: true }).click()
    await tam.getByText('Không có đề nghị nào đang chờ.').waitFor()
    const officer = await stage().world.person('hanh')
    const asked = { unit: 'binh-chuong', text: 'Tin ở Ra Manh.' }
    const { spoken } = await officer.must<{ spoken: string }>('POST', '/api/readings', asked)
    expect(spoken).toContain('Ra mành')
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
