import { join } from 'node:path'
import { instantOf } from '@loa/protocol'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approveNotice, submitNotice, writeNotice } from './notice.ts'
import { type PlayerProcess, startPlayerProcess } from './player-process.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

/** The system opens a ticket for a device that has been away for a quarter of an hour. */
const AWAY_MS = 16 * 60_000
const NAME = 'Cụm ngã ba chợ, Thôn 2'
const patient = { timeout: 60_000 }

/** What the QR on the screen says: its own text, which is also the link beside it. */
const addressShown = async (page: Page): Promise<string> => {
  const shown = page.locator('[data-enrol]')
  const address = (await shown.getAttribute('data-enrol', patient)) ?? ''
  expect(await shown.locator('svg[data-qr]').getAttribute('data-qr')).toBe(address)
  await shown.getByText(address, { exact: true }).waitFor()
  return address
}

describe('a technician looks after one cluster from its first day to its second machine', () => {
  const stage = useStage()
  let page: Page
  let machine: PlayerProcess
  const powered: PlayerProcess[] = []

  const power = (address: string, folder: string): PlayerProcess => {
    const { url, home } = stage().world
    const started = startPlayerProcess({ url, code: address, data: join(home, folder) })
    powered.push(started)
    return started
  }
  const row = () => page.getByRole('link', { name: NAME })

  beforeAll(async () => {
    page = await stage().person('ky', OFFICE)
  })
  afterAll(() => Promise.all(powered.map((each) => each.pullThePlug())))

  test('the code of a new device is a QR with the address beside it, and a label for the printer; the machine joins with that address', async () => {
    await goTo(page, 'Mạng lưới')
    await page.getByRole('link', { name: 'Thiết bị' }).click()
    await page.getByLabel('Tên thiết bị').fill(NAME)
    await page.getByLabel('Đặt ở').selectOption({ label: 'Thôn 2 (Bình Chương), Xã Bình Chương' })
    await page.getByRole('button', { name: 'Thêm thiết bị' }).click()
    const address = await addressShown(page)
    expect(address.startsWith(`${stage().world.url}/ghep#`)).toBe(true)
    await page.getByRole('heading', { name: 'Nhãn dán máy (1)' }).waitFor()
    await page.locator('.labels').getByText(NAME).waitFor()
    await picture(page, 'network-enrol')
    machine = power(address, 'first')
    await page.getByText('Máy đã ghép vào và đang nối.').waitFor(patient)
  })

  test('from then on the cluster stands in the list and on the map, and is heard', async () => {
    await page.getByRole('link', { name: 'Bản đồ' }).click()
    await page.getByLabel('Tìm cụm loa hoặc thôn').fill('cum nga ba cho')
    await expect.poll(() => row().textContent(), patient).toContain('Nghe được')
    await picture(page, 'network-map')
  })

  test('without power it is silent, in words and by its sign', async () => {
    await machine.pullThePlug()
    await expect.poll(() => row().textContent(), patient).toContain('Im lặng')
    await row().click()
    await page.getByText(/Im lặng, mất kết nối từ/i).waitFor()
    await picture(page, 'network-silent')
  })

  test('[F31] after a quarter of an hour a ticket stands there by itself; the technician takes it and closes it with the cause', async () => {
    await stage().world.clock.turnBy(AWAY_MS)
    await goTo(page, 'Việc kỹ thuật')
    const ticket = page.getByRole('listitem').filter({ hasText: `Mất kết nối: ${NAME}` })
    await ticket.getByText('hệ thống tự mở').waitFor(patient)
    await ticket.getByRole('button', { name: 'Nhận việc' }).click()
    await page.getByText('Giao cho tôi (1)').click()
    await ticket.getByText('Giao cho Phạm Đình Kỳ').waitFor()
    await picture(page, 'network-ticket')
    await ticket.getByRole('button', { name: 'Đóng việc' }).click()
    await ticket.getByLabel('Nguyên nhân').selectOption({ label: 'Máy phát hỏng' })
    await ticket.getByLabel('Đã làm gì').fill('Sét đánh, phải thay máy.')
    await ticket.getByRole('button', { name: 'Xong, đóng việc' }).click()
    await page.getByText('Đã xong', { exact: true }).click()
    await ticket.getByText('Nguyên nhân: Máy phát hỏng').waitFor()
  })

  test('a new machine takes the place of the broken one: the cluster, its name and its history stay', async () => {
    await page.getByRole('link', { name: new RegExp(`Mở trang cụm.*${NAME}`) }).click()
    await page.getByRole('heading', { level: 1, name: NAME }).waitFor()
    const cluster = page.url()
    await page.getByText('Thay máy hỏng').click()
    await page.getByLabel('Máy cũ hỏng thế nào').fill('Sét đánh cháy nguồn')
    await page.getByRole('button', { name: 'Ngừng máy cũ, tạo mã' }).click()
    await page.getByRole('button', { name: 'Thay máy', exact: true }).click()
    const address = await addressShown(page)
    await picture(page, 'network-replace')
    power(address, 'second')
    await page.getByText('Máy mới đã ghép vào và đang nối.').waitFor(patient)
    await page.getByText('Máy thứ 2').waitFor()
    await page.getByText('Sét đánh cháy nguồn').waitFor()
    await page.getByText('Việc kỹ thuật của cụm này').waitFor()
    expect(page.url()).toBe(cluster)
    await picture(page, 'network-replaced')
  })

  test('the same on a phone: the list comes first, and the map is one press away', async () => {
    const phone = await stage().person('ky', PHONE)
    await goTo(phone, 'Mạng lưới')
    await phone.getByRole('heading', { name: /cụm cần xem|Không có cụm nào cần xem/ }).waitFor()
    expect(await phone.locator('.map').isVisible()).toBe(false)
    await phone.getByText('Bản đồ', { exact: true }).last().click()
    await phone.getByRole('img', { name: /Bản đồ mạng lưới/ }).waitFor()
    await picture(phone, 'network-phone')
    await phone.context().close()
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})

describe('a chime tells what can be heard', () => {
  const stage = useStage()
  const TESTED = 'Cụm thử chuông, Thôn 1'
  let page: Page

  beforeAll(async () => {
    const { world } = stage()
    const [hanh, tam] = [await world.person('hanh'), await world.person('tam')]
    const plan = { when: 'standing', role: 'chime', sessions: [], from: '2026-11-23', to: '2026-12-31' } as const
    const chime = await writeNotice(hanh, {
      unit: 'binh-chuong',
      audience: ['binh-chuong'],
      text: 'Thử loa của xã Bình Chương.',
      plan,
    })
    await approveNotice(tam, await submitNotice(hanh, chime))
    await world.player('binh-chuong-thon-1', TESTED)
    page = await stage().person('ky', OFFICE)
  })

  test('the technician sounds it at one cluster, and the page says what came of it', async () => {
    await goTo(page, 'Mạng lưới')
    await page.getByLabel('Tìm cụm loa hoặc thôn').fill('thu chuong')
    const row = page.getByRole('link', { name: TESTED })
    await expect.poll(() => row.textContent(), patient).toContain('Nghe được')
    await row.click()
    await page.getByRole('button', { name: 'Phát thử tiếng chuông ở riêng cụm này' }).click()
    await page.getByText('Kết quả thử chuông: Phát đủ.').waitFor(patient)
    await picture(page, 'network-tone')
  })

  test('every day it sounds by itself; ten minutes later the names of those that kept silent stand there, each with why', async () => {
    await goTo(page, 'Mạng lưới')
    await page.getByRole('link', { name: 'Thử chuông' }).click()
    await page.getByText('Thử chuông mỗi ngày').click()
    const time = page.getByLabel('Lúc')
    await time.fill('08:30')
    await page.getByRole('button', { name: 'Lưu' }).click()
    await page.getByText('Đã lưu giờ thử chuông của xã Bình Chương.').waitFor()
    await page.getByText('Chuông kêu lúc 08:30.').waitFor(patient)
    await stage().world.clock.turnTo(instantOf('2026-11-23', '08:42'))
    await page.getByText(/^Đã kêu 1\/51 cụm; .*chưa kêu: /i).waitFor(patient)
    await page.getByText('chưa ghép máy').first().waitFor()
    await picture(page, 'network-chime')
    await goTo(page, 'Hôm nay')
    await page.getByText(/Đã kêu 1\/51 cụm/).waitFor(patient)
    await picture(page, 'network-chime-today')
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
