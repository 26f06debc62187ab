import { createHash } from 'node:crypto'
import { levelsOf, measureLoudness, readWav } from '@loa/audio'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { approveNotice, floodText, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'
import type { StoryPlayer } from './world.ts'

const title = 'Cảnh báo lũ sông Trà Bồng'
const reason = 'Thêm nơi sơ tán và số điện thoại của xã'
const addition = ' Nơi đến là Trường Tiểu học Bình Chương; cần giúp thì gọi 0255 3851 999.'
const gatewayDone = { deviceName: 'Bộ chuyển tiếp đài Châu Ổ', outcome: 'completed' }
/** Truy vết, from the receipt back to the first keystroke. */
const way = [
  'Thiết bị báo: phát trọn vẹn',
  `Lượt phát “${title}” được xếp lịch`,
  'Đủ chữ ký: bản phát hành có hiệu lực',
  'Ký duyệt bản phát hành',
  `Bản phát hành “${title}” được đóng băng để ký`,
  'Duyệt bản soạn số',
  'Gửi duyệt bản soạn số',
  'Lưu bản soạn số',
  `Trả lại bản soạn số 1: ${reason}`,
  'Gửi duyệt bản soạn số 1',
  'Lưu bản soạn số 1',
  'Bắt đầu soạn tin',
]
const waiting = { timeout: 60_000, interval: 100 }

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Presses Tab until the control of this role and name has the focus; fails where the keyboard does not come there. */
const tabTo = async (page: Page, role: 'button' | 'link' | 'textbox', name: string | RegExp): Promise<void> => {
  const wanted = page
    .getByRole(role, { name, exact: typeof name === 'string' })
    .filter({ visible: true })
    .first()
  await wanted.waitFor()
  for (let press = 0; press < 60; press++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${role} “${name}”`)
}

/** Presses Nghe and gives the hash of the bytes that the browser was sent. */
const listen = async (page: Page, name: string): Promise<string> => {
  const answered = page.waitForResponse((response) => /\/api\/sounds\/[0-9a-f]{64}$/.test(response.url()))
  await page.getByRole('button', { name: `Nghe: ${name}` }).click()
  const response = await answered
  await page.getByRole('button', { name: `Tạm dừng: ${name}` }).waitFor()
  const asked = response.url().split('/').at(-1) ?? ''
  // the browser may have asked for a part only: the whole of the same address, by the same session
  const whole = await page.request.get(response.url())
  expect(sha256(await whole.body())).toBe(asked)
  return asked
}

/** The numbers under Loa đã báo that count something. */
const numbersOn = async (page: Page): Promise<string[]> => {
  const region = page.getByRole('region', { name: 'Loa đã báo' })
  await region.getByRole('definition').first().waitFor()
  return (await region.getByRole('definition').allInnerTexts()).filter((number) => number !== '0/0')
}

describe('the whole path', () => {
  const stage = useStage()
  let cluster: StoryPlayer
  let hanh: Page
  let tam: Page
  let listened: string

  beforeAll(async () => {
    cluster = await stage().world.player('binh-chuong-thon-1', 'Cụm thử, Thôn 1')
    hanh = await stage().window(OFFICE)
    tam = await stage().person('tam', PHONE)
  })

  test('[F38] the officer signs in and turns on the loudspeaker in the page with the keyboard alone', async () => {
    await tabTo(hanh, 'textbox', 'Tên đăng nhập')
    await hanh.keyboard.type('hanh')
    await tabTo(hanh, 'textbox', 'Mật khẩu')
    await hanh.keyboard.type('xinchao')
    await hanh.keyboard.press('Enter')
    await hanh.getByRole('heading', { level: 1, name: 'Hôm nay' }).waitFor()
    await tabTo(hanh, 'button', 'Bật loa trong trang này')
    await hanh.keyboard.press('Enter')
    await hanh.getByText('Đang nghe kênh xã Bình Chương').waitFor()
    await picture(hanh, 'path-1-listening')
  })

  test('[F7] she writes the flood notice, sees word by word what will be said, listens and sends it', async () => {
    await goTo(hanh, 'Soạn tin')
    await hanh.getByText('Loa trong trang này đang bật').waitFor()
    await hanh.getByLabel('Tên tin').fill(title)
    await hanh.getByLabel('Nội dung').fill(`${floodText} Mưa 150 mm.`)
    await hanh.getByText('một trăm năm mươi').waitFor()
    await hanh.getByLabel('Chủ đề').selectOption({ index: 1 })
    await hanh.getByRole('checkbox', { name: /^Cả xã Bình Chương/ }).uncheck()
    await hanh
      .getByText(/^Chọn từng thôn/)
      .first()
      .click()
    await hanh.getByRole('checkbox', { name: /^Thôn 1 \(Bình Chương\)/ }).check()
    await hanh.getByRole('radio', { name: 'Ngay sau khi duyệt' }).check()
    await hanh.getByText('Phát 1 lần ở 6 cụm loa của Thôn 1 (Bình Chương)').waitFor()
    await listen(hanh, 'Nghe thử')
    await picture(hanh, 'path-2-written')
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.getByText('Chờ duyệt').waitFor()
    await picture(hanh, 'path-3-sent')
  })

  test('[F7] the approver listens to the very bytes that were sent, and returns them with a reason', async () => {
    await goTo(tam, 'Duyệt')
    await tam.getByRole('heading', { name: title }).waitFor()
    await listen(tam, 'Tiếng Việt')
    await picture(tam, 'path-4-approver')
    await tam.getByRole('button', { name: 'Trả lại' }).click()
    expect(await tam.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0)
    await tam.getByLabel('Lý do khác hoặc nói thêm').fill(reason)
    await picture(tam, 'path-5-returning')
    await tam.getByRole('button', { name: 'Trả lại cho người soạn' }).click()
    await tam.getByText('Không có tin nào chờ bạn duyệt').waitFor()
  })

  test('[F7] the officer reads the reason, changes the text and sends it again', async () => {
    await goTo(hanh, 'Hôm nay')
    await hanh.getByText(`Nguyễn Văn Tâm trả lại: “${reason}”`).waitFor()
    await picture(hanh, 'path-6-returned')
    await hanh.getByRole('link', { name: /^Sửa tin/ }).click()
    await hanh.getByLabel('Nội dung').fill(`${floodText}${addition}`)
    await hanh.getByRole('button', { name: 'Gửi duyệt' }).click()
    await hanh.getByText('Chờ duyệt').waitFor()
    await goTo(hanh, 'Hôm nay')
  })

  test('[F7] the approver sees what is new, listens to the new sound and approves it', async () => {
    await goTo(tam, 'Hôm nay')
    await goTo(tam, 'Duyệt')
    await tam.getByText(/chỗ khác bản trước/).waitFor()
    expect(await tam.getByRole('insertion').allInnerTexts()).toContainEqual(expect.stringContaining('0255 3851 999'))
    expect(await tam.getByRole('deletion').allInnerTexts()).toContainEqual(expect.stringContaining('Mưa 150 mm'))
    listened = await listen(tam, 'Tiếng Việt')
    await picture(tam, 'path-7-differences')
    const sound = listened
    await vi.waitFor(() => expect(cluster.has(sound)).toBe(true), waiting)
    await tam.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await tam.getByText('Không có tin nào chờ bạn duyệt').waitFor()
  })

  test('[F40] the loudspeaker in the officer’s page says that it plays, and then that it has played', async () => {
    await hanh.getByText(`Đang phát “${title}”, chữ ký của người duyệt đúng.`, { exact: true }).waitFor()
    await hanh.getByRole('heading', { level: 2, name: title }).waitFor()
    await picture(hanh, 'path-8-playing')
    await hanh.getByText(`Đã phát xong “${title}” và gửi biên nhận có ký.`, { exact: true }).waitFor()
  })

  test('[F13] the cluster has written what the approver heard: −16 LUFS less its volume, true peak at most −1.5 dBTP, above −40 dBFS within half a second', async () => {
    await vi.waitFor(() => expect(cluster.player.state().receiptsWaiting).toBe(0), waiting)
    const officer = await stage().world.person('hanh')
    const own = async () =>
      (await newestAiring(officer))?.receipts.filter(({ device }) => device === cluster.device) ?? []
    await vi.waitFor(async () => expect(await own()).toMatchObject([{ outcome: 'completed', volume: 80 }]), waiting)
    const [wav] = await cluster.heard()
    const pcm = readWav(wav ?? new Uint8Array())
    if ('refused' in pcm) throw new Error(pcm.refused)
    const quieter = 20 * Math.log10(0.8)
    const { integratedLufs, truePeakDbtp } = measureLoudness(pcm)
    expect(Math.abs(integratedLufs - quieter - -16)).toBeLessThan(1)
    expect(truePeakDbtp - quieter).toBeLessThanOrEqual(-1.5)
    expect(Math.max(...levelsOf(pcm, 100).slice(0, 5))).toBeGreaterThan(-40)
    const [receipt] = await own()
    expect(pcm.samples.length / pcm.sampleRate).toBeCloseTo(receipt?.secondsWritten ?? 0, 1)
    const { sounds } = await officer.must<{ sounds: { hash: string }[] }>(
      'GET',
      `/api/airings/${(await newestAiring(officer))?.id}`,
    )
    expect(sounds.map(({ hash }) => hash)).toEqual([listened])
  })

  test('[F13] Đã phát shows who reported, what stands behind a gateway and what is unknown, and never their sum', async () => {
    await goTo(hanh, 'Đã phát')
    await hanh.getByRole('heading', { level: 1, name: 'Đã phát' }).waitFor()
    await hanh.getByRole('link', { name: title, exact: true }).click()
    await hanh.getByText('Các số này không cộng với nhau').waitFor()
    expect(await numbersOn(hanh)).toEqual(['1/6', '5'])
    await picture(hanh, 'path-9-airing')
  })

  test('[F13] a receipt is walked back to the draft, and so is the figure of minutes', async () => {
    await hanh.getByRole('button', { name: /^Truy vết.*Cụm thử, Thôn 1/ }).click()
    const trace = hanh.getByRole('region', { name: 'Truy vết' })
    await trace.getByRole('listitem').first().waitFor()
    const fromReceipt = await trace.getByRole('listitem').allInnerTexts()
    await picture(hanh, 'path-10-trace')
    await goTo(hanh, 'Đã phát')
    await hanh
      .getByRole('row', { name: /Xã Bình Chương/ })
      .getByRole('button')
      .click()
    await trace.getByRole('listitem').first().waitFor()
    const fromFigure = await trace.getByRole('listitem').allInnerTexts()
    await picture(hanh, 'path-11-figure')
    // the figure first leads to the same receipt; from there the way is one and the same
    expect(fromFigure[0]).toContain('Con số “phút phát sóng theo xã”')
    expect(fromFigure.slice(1)).toEqual(fromReceipt)
    for (const [step, words] of way.entries()) expect(fromReceipt[step]).toContain(words)
    expect(fromReceipt).toHaveLength(way.length)
  })

  test('[F5] where a station stands behind a gateway, its clusters are shown behind the gateway that reported, not as heard', async () => {
    const gateway = await stage().world.playerOf('cong-chau-o')
    const son = await stage().world.person('son')
    const lien = await stage().world.person('lien')
    const notice = await writeNotice(son, { unit: 'binh-son', audience: ['binh-son'], text: 'Mai cúp nước.' })
    await submitNotice(son, notice)
    await vi.waitFor(() => expect(gateway.player.state().soundsCached).toBeGreaterThan(0), waiting)
    await approveNotice(lien, notice)
    const page = await stage().person('son', PHONE)
    await vi.waitFor(
      async () => expect((await newestAiring(son))?.receipts).toContainEqual(expect.objectContaining(gatewayDone)),
      waiting,
    )
    const airing = (await newestAiring(son))?.id ?? ''
    type Airing = { heard: { clusters: { total: number; behindGateway: { total: number; gatewayReported: number } } } }
    const { heard } = await son.must<Airing>('GET', `/api/airings/${airing}`)
    await goTo(page, 'Đã phát')
    await page.getByRole('heading', { level: 1, name: 'Đã phát' }).waitFor()
    await page.getByRole('link', { name: title, exact: true }).click()
    await page.getByText('Các số này không cộng với nhau').waitFor()
    const { total, gatewayReported } = heard.clusters.behindGateway
    expect(gatewayReported).toBeGreaterThan(0)
    expect(gatewayReported).toBeLessThan(total)
    expect(await numbersOn(page)).toEqual([`${gatewayReported}/${total}`, `${total - gatewayReported}`])
    await page.getByRole('row', { name: /Bộ chuyển tiếp đài Châu Ổ/ }).waitFor()
    await picture(page, 'path-12-gateway')
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
