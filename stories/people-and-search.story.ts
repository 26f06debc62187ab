import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient, Refused } from './client.ts'
import { goTo, OFFICE, PHONE, picture, signIn, useStage } from './stage.ts'

const NAME = 'Đỗ Thị Ẩn'
const USERNAME = 'andt'
const OWN_PASSWORD = 'sân phơi thóc nhà bà'

describe('people, their posts and passwords, and finding things', () => {
  const stage = useStage()
  let password = ''
  let newcomer: Page

  const card = (page: Page, name: string) => page.locator('li.person').filter({ hasText: name })

  beforeAll(async () => {
    newcomer = await stage().window(PHONE)
  })

  test('an administrator enters a person with a post and an account, and is shown the first password once', async () => {
    const page = await stage().person('an', OFFICE)
    await goTo(page, 'Quản trị')
    await page.getByRole('link', { name: 'Người và chức trách' }).first().click()
    await page.getByRole('button', { name: 'Thêm người' }).click()
    await page.getByLabel('Họ và tên').fill(NAME)
    const form = page.locator('form').filter({ hasText: 'Nhiệm vụ trong Loa' })
    await form.getByLabel('Đơn vị', { exact: true }).selectOption('binh-chuong')
    await form.getByLabel('Chức vụ', { exact: true }).fill('Công chức văn hóa – xã hội')
    expect(await form.getByLabel('Tên đăng nhập').inputValue()).toBe(USERNAME)
    await form.getByRole('button', { name: 'Lưu người này' }).click()
    const handOver = page.getByRole('region', { name: `Giao cho ${NAME}` })
    password = (await handOver.getByText(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/).textContent()) ?? ''
    await picture(page, 'people-handed-over')
    await handOver.getByRole('button', { name: 'Đã giao xong' }).click()
    await card(page, NAME).getByText('Chưa đặt mật khẩu riêng.').waitFor()
    expect(await page.getByText(password).count()).toBe(0)
    await page.context().close()
  })

  test('with it the person can do nothing but choose a password of their own, and then works', async () => {
    await newcomer.getByLabel('Tên đăng nhập').fill(USERNAME)
    await newcomer.getByLabel('Mật khẩu', { exact: true }).fill(password)
    await newcomer.getByRole('button', { name: 'Đăng nhập' }).click()
    await newcomer.getByRole('heading', { level: 1, name: 'Đặt mật khẩu của bạn' }).waitFor()
    await picture(newcomer, 'people-choose-password')
    const early = await newcomer.request.get(`${stage().world.url}/api/notices`)
    expect([early.status(), ((await early.json()) as Refused).refused]).toEqual([403, 'access.passwordMustChange'])
    await newcomer.getByLabel('Mật khẩu đang dùng').fill(password)
    await newcomer.getByLabel('Mật khẩu mới').fill(OWN_PASSWORD)
    await newcomer.getByRole('button', { name: 'Lưu mật khẩu mới' }).click()
    await newcomer.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor()
    const again = await stage().window(PHONE)
    await signIn(again, USERNAME, OWN_PASSWORD)
    await again.context().close()
  })

  test('a post ended today is felt at once in the session that is open', async () => {
    const written = await newcomer.request.post(`${stage().world.url}/api/readings`, {
      data: { unit: 'binh-chuong', text: 'Mai họp thôn.' },
    })
    expect(written.status()).toBe(200)
    const page = await stage().person('an', PHONE)
    await page.goto(`${stage().world.url}/quan-tri/nguoi`)
    await page.getByLabel('Lọc theo tên hoặc chức vụ').fill('do thi an')
    const own = card(page, NAME)
    await own.getByRole('button', { name: /^Cho thôi ?: / }).click()
    await own.getByRole('button', { name: 'Cho thôi chức trách' }).click()
    await page.getByText('Không giữ chức trách nào nữa (1)').waitFor()
    await picture(page, 'people-ended')
    const refused = await newcomer.request.post(`${stage().world.url}/api/readings`, {
      data: { unit: 'binh-chuong', text: 'Mai họp thôn.' },
    })
    expect(refused.status()).toBe(404)
    await newcomer.reload()
    await newcomer.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor()
    expect(await newcomer.getByRole('link', { name: 'Soạn' }).count()).toBe(0)
    await page.context().close()
  })

  test('the last administrator cannot be ended, and the screen says why', async () => {
    const page = await stage().person('an', OFFICE)
    await page.goto(`${stage().world.url}/quan-tri/nguoi`)
    const own = card(page, 'Cao Thị Ân')
    await own.getByRole('button', { name: /^Cho thôi ?: Quản trị hệ thống/ }).click()
    await own.getByRole('button', { name: 'Cho thôi chức trách' }).click()
    await own.getByText('người quản trị cuối cùng').waitFor()
    await page.context().close()
  })

  test('by keyboard alone: / opens the search, words without marks find a notice, arrows and Enter open it', async () => {
    const page = await stage().person('hanh', OFFICE)
    await page.keyboard.press('/')
    const field = page.getByRole('combobox', { name: 'Tìm trong Loa' })
    await field.waitFor()
    await page.keyboard.type('lu tra bong')
    const option = page.getByRole('option', { name: /Cảnh báo lũ trên sông Trà Bồng/ })
    await option.waitFor()
    await page.keyboard.press('ArrowDown')
    expect(await field.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
    expect(await option.getAttribute('aria-selected')).toBe('true')
    await picture(page, 'search-notice')
    await page.keyboard.press('Enter')
    await page.getByText('Cảnh báo lũ trên sông Trà Bồng').first().waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/tin\//)
    await page.keyboard.press('Control+k')
    await field.waitFor()
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
    await page.context().close()
  })

  test('on a phone the glass at the head finds what is to be done; stopping stays one press of one’s own', async () => {
    const page = await stage().person('tam', PHONE)
    await goTo(page, 'Đã phát')
    await page.getByRole('button', { name: 'Tìm' }).click()
    await page.getByRole('combobox', { name: 'Tìm trong Loa' }).fill('dung tat ca')
    await picture(page, 'search-action')
    await page.getByRole('option', { name: 'Dừng tất cả' }).click()
    const stopAll = page.getByRole('button', { name: 'Dừng tất cả' })
    await stopAll.waitFor()
    await expect.poll(() => stopAll.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.context().close()
  })

  test('a technician turns a whole commune down in one place, told before how many devices that changes', async () => {
    const page = await stage().person('ky', PHONE)
    await page.goto(`${stage().world.url}/quan-tri/gioi-han`)
    await page.getByText('Đặt trần âm lượng').click()
    await page.getByLabel('Trần âm lượng (%)').fill('70')
    const button = page.getByRole('button', { name: /^Đặt cho \d+ thiết bị$/ })
    await button.waitFor()
    await picture(page, 'limits')
    await button.click()
    await page.getByText(/^Đã đặt cho \d+ thiết bị/).waitFor()
    const ky: ApiClient = await stage().world.person('ky')
    const { volumeMax } = await ky.must<{ volumeMax: { value: number }[] }>('GET', '/api/units/binh-chuong/limits')
    expect(volumeMax.map(({ value }) => value)).toEqual([70])
    await page.context().close()
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
