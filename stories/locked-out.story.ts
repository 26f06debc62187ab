import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { goTo, OFFICE, PHONE, picture, signIn, useStage } from './stage.ts'

const tryWith = async (page: Page, username: string, password: string): Promise<void> => {
  await page.getByLabel('Tên đăng nhập').fill(username)
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
}

describe('locked out', () => {
  const stage = useStage()

  test('[F40] five wrong passwords lock the name, the page says for how long, and after that time it opens', async () => {
    const page = await stage().window(PHONE)
    const trouble = page.getByRole('alert')
    for (const left of [4, 3, 2, 1]) {
      await tryWith(page, 'hanh', `sai ${left}`)
      await trouble.getByText(`Còn ${left} lần thử`).waitFor()
    }
    await tryWith(page, 'hanh', 'sai lần cuối')
    await trouble.getByText('Thử lại sau 15 phút').waitFor()
    await picture(page, 'locked-out')
    // the right password does not help while it is locked, and the page does not sign in
    await tryWith(page, 'hanh', 'xinchao')
    await trouble.getByText(/Thử lại sau \d+ phút/).waitFor()
    // only that name is locked
    await (await stage().person('tam')).context().close()

    await stage().world.clock.turnBy(15 * 60_000)
    await signIn(page, 'hanh')
    await page.context().close()
  })

  test.for([OFFICE, PHONE])('[F40] a reload while writing loses nothing that was typed, at $width', async (size) => {
    const page = await stage().person('hanh', size)
    await goTo(page, 'Soạn')
    const text = `Ngày mai cúp nước từ 7 giờ, ${size.width}.`
    await page.getByLabel('Tên tin').fill('Tạm ngừng cấp nước')
    await page.getByLabel('Nội dung').fill(text)
    await page.reload()
    await expect.poll(() => page.getByLabel('Nội dung').inputValue()).toBe(text)
    expect(await page.getByLabel('Tên tin').inputValue()).toBe('Tạm ngừng cấp nước')
    await picture(page, 'reloaded')
    await page.context().close()
  })

  test.for([OFFICE, PHONE])(
    '[F40] a lost connection while writing is said, and loses nothing, at $width',
    async (size) => {
      const page = await stage().person('hanh', size)
      await goTo(page, 'Soạn')
      await page.getByLabel('Tên tin').fill('Dọn vệ sinh đường làng')
      await page.context().setOffline(true)
      const text = `Sáng Chủ nhật bà con ra quân dọn vệ sinh, ${size.width}.`
      await page.getByLabel('Nội dung').fill(text)
      await page.getByText('Mất kết nối với máy chủ. Chữ đang viết vẫn được giữ trên máy này').waitFor()
      await picture(page, 'offline')
      expect(await page.getByLabel('Nội dung').inputValue()).toBe(text)
      await page.context().setOffline(false)
      await page.getByText(/Nháp đã lưu lúc/).waitFor()
      const officer = await stage().world.person('hanh')
      type List = { notices: { current: { title: string; versions: { written: string | null }[] } }[] }
      const { notices } = await officer.must<List>('GET', '/api/notices')
      expect(notices.map(({ current }) => current.versions[0]?.written)).toContain(text)
      await page.context().close()
    },
  )

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
