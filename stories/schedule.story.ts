import { instantOf } from '@loa/protocol'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient } from './client.ts'
import { type AiringSeen, approveNotice, submitNotice, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'
import type { StoryPlayer } from './world.ts'

const today = '2026-11-23'
const first = 'Mời tiêm vắc xin cúm mùa'
const second = 'Cảnh báo lũ sông Trà Bồng'
const long =
  'Mời bà con đến nhà văn hóa thôn họp bàn việc làm đường bê tông, mỗi hộ cử một người đi dự, mang theo giấy mời và sổ họp, đến đúng bảy giờ tối nay để thôn kịp lập danh sách.'

type Item = { airing: string; title: string; at: string; kind: string }
type Evening = { session: string; items: Item[]; overfullMs: number; waiting: { title: string }[] }

describe('the evening session', () => {
  const stage = useStage(instantOf(today, '19:26'))
  let cluster: StoryPlayer
  let officer: ApiClient
  let hanh: Page
  let tam: Page

  beforeAll(async () => {
    cluster = await stage().world.player('binh-chuong-thon-1', 'Cụm thử, Thôn 1')
    officer = await stage().world.person('hanh')
    hanh = await stage().person('hanh', OFFICE)
    tam = await stage().person('tam', PHONE)
  })

  const evening = async (): Promise<Evening> => {
    const path = `/api/timeline?unit=binh-chuong&from=${today}&to=${today}`
    const { days } = await officer.must<{ days: { sessions: (Evening & { name: string })[] }[] }>('GET', path)
    const found = days[0]?.sessions.find(({ name }) => name === 'Tối')
    if (found === undefined) throw new Error('no evening session')
    return found
  }
  const titles = async (): Promise<string[]> =>
    (await evening()).items.filter(({ kind }) => kind === 'item').map(({ title }) => title)
  const rows = (): Promise<string[]> => hanh.locator('[data-airing] b').allInnerTexts()

  /** Fills in the writing table up to Khi nào and chooses the evening of today. */
  const writeIntoEvening = async (title: string, text: string): Promise<void> => {
    await hanh.goto(`${stage().world.url}/lich-phat?ngay=${today}`)
    await hanh.getByRole('link', { name: 'Thêm mục phát' }).click()
    await hanh.getByLabel('Tên tin').fill(title)
    await hanh.getByLabel('Nội dung').fill(text)
    await hanh.getByLabel('Chủ đề').selectOption({ index: 1 })
    const sessions = hanh.getByRole('group', { name: 'Buổi phát' })
    // what is usual for this kind of notice is chosen already; this one is for the evening alone
    await expect.poll(() => sessions.getByRole('checkbox', { checked: true }).count()).toBeGreaterThan(0)
    for (const usual of await sessions.getByRole('checkbox', { name: /^Buổi/ }).all()) await usual.setChecked(false)
    await sessions.getByRole('checkbox', { name: /^Tối/ }).check()
  }

  test('an officer sets its hours, with a relay at its end, and sees what saving will do before it is saved', async () => {
    await goTo(hanh, 'Quản trị')
    await hanh.getByRole('link', { name: 'Buổi phát' }).first().click()
    await hanh.getByRole('button', { name: 'Thêm buổi phát' }).click()
    await hanh.getByLabel('Tên buổi').fill('Tối')
    await hanh.getByLabel('Từ', { exact: true }).fill('19:30')
    await hanh.getByLabel('Đến', { exact: true }).fill('19:35')
    await hanh.getByLabel('Có hiệu lực từ').fill('23/11/2026')
    await hanh.getByRole('checkbox', { name: 'Có tiếp âm đài khác' }).check()
    await hanh.getByLabel('Tiếp âm đài nào').fill('Đài Quảng Ngãi')
    await hanh.getByLabel('Mấy phút').fill('4')
    await hanh.getByRole('radio', { name: 'Cuối buổi' }).check()
    const ahead = hanh.getByRole('region', { name: 'Nếu lưu' })
    await ahead.getByText('Có buổi Tối 19:30–19:35').waitFor()
    await picture(hanh, 'schedule-session')
    await hanh.getByRole('button', { name: 'Lưu buổi phát' }).click()
    await hanh.getByRole('article', { name: 'Tối' }).getByText('Tiếp âm Đài Quảng Ngãi 4 phút cuối buổi').waitFor()
  })

  test('two notices are put into it; until they are approved they stand there as waiting', async () => {
    await writeIntoEvening(first, 'Mời bà con đến trạm y tế tiêm vắc xin cúm mùa.')
    const bar = hanh.locator('.send-bar')
    await bar.getByText('trong buổi tối, ngày 23/11').waitFor()
    await hanh.getByText('còn trống 1 phút').waitFor()
    await picture(hanh, 'schedule-compose')
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.getByRole('heading', { level: 1, name: first }).waitFor()
    const { session } = await evening()
    const other = await writeNotice(officer, {
      unit: 'binh-chuong',
      audience: ['binh-chuong'],
      text: 'Lũ trên sông Trà Bồng đang lên nhanh, bà con ven sông chú ý.',
      plan: { when: 'sessions', sessions: [session], dates: [today] },
    })
    await submitNotice(officer, other)
    await goTo(hanh, 'Lịch phát')
    await hanh.getByRole('link', { name: new RegExp(`${first}.*Chờ duyệt`) }).waitFor()
    await hanh.getByRole('link', { name: new RegExp(`${second}.*Chờ duyệt`) }).waitFor()
    await picture(hanh, 'schedule-waiting')
    await approveAll(other)
  })

  /** The first is approved on a telephone, the second without one. */
  const approveAll = async (other: { id: string; revision: number }): Promise<void> => {
    await goTo(tam, 'Duyệt')
    await tam.getByRole('link', { name: new RegExp(first) }).click()
    await tam.getByRole('article', { name: first }).getByText('trong buổi tối, ngày 23/11').first().waitFor()
    await picture(tam, 'schedule-approve')
    await tam.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await tam.getByText(`Đã duyệt “${first}”. Loa sẽ phát lúc 19:30 ngày 23/11/2026.`).waitFor()
    await approveNotice(await stage().world.person('tam'), other)
    await expect.poll(titles, { timeout: 20_000 }).toEqual([first, second])
  }

  test('the officer puts the second one first with the keyboard, sees what that does, and saves it', async () => {
    await hanh.goto(`${stage().world.url}/lich-phat?ngay=${today}`)
    const row = hanh.getByRole('button', { name: new RegExp(second) })
    await row.focus()
    await hanh.keyboard.press('Alt+ArrowUp')
    await expect.poll(rows).toEqual([second, first])
    const ahead = hanh.getByRole('region', { name: 'Nếu lưu thứ tự này' })
    await ahead.getByText(new RegExp(`“${second}” phát lúc 19:30`)).waitFor()
    expect(await titles()).toEqual([first, second])
    await picture(hanh, 'schedule-order')
    await ahead.getByRole('button', { name: 'Bỏ' }).click()
    await expect.poll(rows).toEqual([first, second])
    // the same by lifting it
    await row.focus()
    await hanh.keyboard.press('Space')
    await hanh.getByText(new RegExp(`Đã nhấc “${second}”|“${second}” đang ở vị trí 2 trên 2`)).waitFor()
    await hanh.keyboard.press('ArrowUp')
    await hanh.getByText(`“${second}” đang ở vị trí 1 trên 2`).waitFor()
    await hanh.keyboard.press('Space')
    await expect.poll(rows).toEqual([second, first])
    await ahead.getByRole('button', { name: 'Lưu thứ tự' }).focus()
    await hanh.keyboard.press('Enter')
    await hanh.getByText('Đã lưu thứ tự.').waitFor()
    expect(await titles()).toEqual([second, first])
  })

  test('a notice for which there is no room is said to be too long before it is sent, and is not taken', async () => {
    await writeIntoEvening('Họp thôn', long)
    await hanh.getByRole('radio', { name: '5', exact: true }).check()
    await hanh.getByText(/thiếu chỗ \d+/).waitFor()
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.getByRole('alert').getByText('Buổi phát không còn đủ chỗ').waitFor()
    await picture(hanh, 'schedule-overfull')
    expect((await evening()).waiting).toEqual([])
  })

  test('a priority notice is taken; that the session would be too full with it is said before anybody approves it', async () => {
    await hanh.getByRole('radio', { name: 'Ưu tiên' }).check()
    await hanh.getByText('Tin ưu tiên được xếp trước; tin thường lùi lại sau.').waitFor()
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.waitForURL(/\/tin\//)
    await hanh.goto(`${stage().world.url}/lich-phat?ngay=${today}`)
    await hanh.getByText('1 chỗ cần sửa trước khi phát').waitFor()
    await hanh
      .getByRole('note')
      .getByText(/Duyệt hết tin chờ thì quá giờ \d+ giây/)
      .waitFor()
    await picture(hanh, 'schedule-overfull-ahead')
    expect(await titles()).toEqual([second, first])
  })

  /** On a slow line what is usual for a notice comes long after the first press; here it comes when the story says so. */
  const writeSlowly = async (title: string): Promise<() => void> => {
    let come = (): void => undefined
    const held = new Promise<void>((resolve) => {
      come = resolve
    })
    await hanh.route('**/suggested-plan*', async (route) => {
      await held
      await route.continue()
    })
    await hanh.goto(`${stage().world.url}/soan`)
    await hanh.getByLabel('Tên tin').fill(title)
    await hanh.getByLabel('Nội dung').fill('Mời bà con họp thôn.')
    await hanh.getByLabel('Chủ đề').selectOption({ index: 1 })
    await hanh.getByRole('radio', { name: 'Trong buổi phát' }).check()
    await hanh.getByRole('checkbox', { name: /^Tối/ }).waitFor()
    return come
  }

  test('over a slow line a press on “Gửi duyệt” waits for what is usual, and is not lost', async () => {
    const come = await writeSlowly('Họp thôn, mạng chậm')
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.getByRole('button', { name: 'Đang gửi…' }).waitFor()
    come()
    await hanh.getByRole('heading', { level: 1, name: 'Họp thôn, mạng chậm' }).waitFor()
    await hanh.unroute('**/suggested-plan*')
  })

  test('what is usual, when it comes late, does not take the place of what somebody has chosen meanwhile', async () => {
    const come = await writeSlowly('Tập huấn, mạng chậm')
    await hanh.getByRole('checkbox', { name: /^Tối/ }).check()
    const usual = hanh.waitForResponse('**/suggested-plan*')
    come()
    await usual
    await hanh.getByRole('button', { name: 'Dùng gợi ý' }).waitFor()
    const chosen = hanh.getByRole('group', { name: 'Buổi phát' }).getByRole('checkbox', { checked: true })
    expect(await chosen.count()).toBe(1)
    expect(await hanh.getByRole('checkbox', { name: /^Tối/ }).isChecked()).toBe(true)
    await hanh.unroute('**/suggested-plan*')
  })

  test('the loudspeaker follows the new order', async () => {
    const [ahead, behind] = (await evening()).items.filter(({ kind }) => kind === 'item')
    const startOf = async (airing: string | undefined): Promise<string | null> => {
      const { receipts } = await officer.must<AiringSeen>('GET', `/api/airings/${airing}`)
      return receipts.find(({ device }) => device === cluster.device)?.startedAt ?? null
    }
    await stage().world.turnUntil(async () => (await startOf(behind?.airing)) !== null, 1000)
    const [one, two] = [await startOf(ahead?.airing), await startOf(behind?.airing)]
    expect([ahead?.title, behind?.title]).toEqual([second, first])
    const [planned, then] = [ahead, behind].map((item) => Date.parse(item?.at ?? ''))
    expect(Date.parse(one ?? '')).toBeGreaterThanOrEqual(planned ?? 0)
    expect(Date.parse(one ?? '')).toBeLessThan(then ?? 0)
    expect(Date.parse(two ?? '')).toBeGreaterThanOrEqual(then ?? 0)
    expect(await cluster.heard()).toHaveLength(2)
    await hanh.goto(`${stage().world.url}/lich-phat?ngay=${today}`)
    await hanh.getByRole('button', { name: new RegExp(`${first}.*Đã phát`) }).waitFor()
    await picture(hanh, 'schedule-played')
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
