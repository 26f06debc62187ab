import { writeWav } from '@loa/audio'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

const text = 'Nước sông lên nhanh. Bà con ven sông di dời trước 17h00.'
const title = 'Di dời ven sông'

/** Seconds of a swelling tone: the commune's own gong. */
const gong = (seconds: number) => ({
  name: 'am-bao.wav',
  mimeType: 'audio/wav',
  buffer: Buffer.from(
    writeWav({
      samples: Float32Array.from({ length: seconds * 16_000 }, (_, i) => 0.3 * Math.sin(i / 4) * Math.sin(i / 9_000)),
      sampleRate: 16_000,
    }),
  ),
})

type Timeline = { parts: { kind: string; number: number | null; atMs: number; durationMs: number }[] }

describe('what people hear around a notice', () => {
  const stage = useStage()
  let an: Page
  let tam: Page
  let timeline: Timeline

  beforeAll(async () => {
    an = await stage().person('an', OFFICE)
    tam = await stage().person('tam', PHONE)
  })

  const card = () => an.getByRole('region', { name: 'Âm báo', exact: true })
  const heard = () => tam.getByRole('list', { name: 'Các phần của âm thanh' })

  test('whoever answers for the commune gives it an attention sound of its own; one of twelve seconds is refused in words', async () => {
    await goTo(an, 'Quản trị')
    await an.getByRole('link', { name: /^Âm hiệu quanh tin/ }).click()
    await an.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Xã Bình Chương' })
    await card().getByText('Đang dùng: chuông hai tiếng có sẵn, theo quy định chung của hệ thống.').waitFor()
    await card().getByText('Của đơn vị', { exact: true }).click()
    await card().locator('input[type=file]').setInputFiles(gong(12))
    await card().getByRole('button', { name: 'Dùng tiếng này' }).click()
    await card().getByText('âm báo dài nhất 10 giây', { exact: false }).waitFor()
    await card().locator('input[type=file]').setInputFiles(gong(3))
    await card().getByText('0:03', { exact: true }).waitFor()
    await card().getByRole('button', { name: 'Dùng tiếng này' }).click()
    await card().getByText('Đang dùng: âm thanh riêng.').waitFor()
    await picture(an, 'around-1-own-sound')
  })

  test('a priority that is read twice is led to again, and tells what is heard when', async () => {
    const officer = await stage().world.person('hanh')
    const asked = { unit: 'binh-chuong', text, accent: 'central', rate: 1 }
    const voicing = await officer.must<{ id: string }>('POST', '/api/voicings', asked)
    const notice = await officer.must<{ id: string }>('POST', '/api/notices', {
      ...{ unit: 'binh-chuong', title, topic: 'security', class: 'priority', audience: ['binh-chuong'] },
      ...{ plan: { when: 'now' }, repeats: 2, versions: [{ language: 'vi', written: text, voicing: voicing.id }] },
    })
    const sent = await officer.must<{ current: { versions: { sound: { hash: string } }[] } }>(
      'POST',
      `/api/notices/${notice.id}/submit`,
      { revision: 1 },
    )
    timeline = await officer.must<Timeline>('GET', `/api/sounds/${sent.current.versions[0]?.sound.hash}/timeline`)
    expect(timeline.parts.map(({ kind, number }) => `${kind}${number ?? ''}`)).toEqual([
      'attention',
      'reading1',
      'again2',
      'reading2',
    ])
    expect(timeline.parts[0]?.durationMs).toBe(3_000)
  })

  test('[F38] while the approver listens, the part that is heard and the word that is said are marked', async () => {
    await goTo(tam, 'Duyệt')
    await tam.getByRole('heading', { name: title }).waitFor()
    await heard().getByRole('listitem').nth(3).waitFor()
    expect(await heard().getByRole('listitem').count()).toBe(4)
    await tam.getByRole('button', { name: 'Nghe: Tiếng Việt' }).click()
    await heard().locator('[aria-current=step]', { hasText: 'Âm báo' }).waitFor()
    await heard().locator('[aria-current=step]', { hasText: 'Lần 1' }).waitFor()
    await tam.locator('.spoken-text .current', { hasText: 'sông' }).first().waitFor()
    await picture(tam, 'around-2-listening')
    const again = timeline.parts[2]?.atMs ?? 0
    await tam.getByRole('slider').fill(String(Math.floor(again / 1_000) * 1_000))
    await heard().locator('[aria-current=step]', { hasText: 'Xin nhắc lại' }).waitFor()
    await heard().locator('[aria-current=step]', { hasText: 'Lần 2' }).waitFor()
    // said slowly enough to be seen by somebody who looks twice a second
    await tam.locator('.spoken-text .current', { hasText: 'mười bảy giờ' }).waitFor()
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
