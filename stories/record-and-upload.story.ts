import { chime, writeWav } from '@loa/audio'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { goTo, OFFICE, PHONE, picture, type Size, useStage } from './stage.ts'

const text = 'Lời ghi lại của bản thu, để người duyệt đọc cùng.'

/** Two seconds that are surely a sound. */
const wav = Buffer.from(writeWav(chime('attention')))

describe('a voice of one’s own', () => {
  const stage = useStage()

  const writing = async (size: Size, title: string): Promise<Page> => {
    const page = await stage().person('hanh', size)
    await goTo(page, 'Soạn')
    await page.getByLabel('Tên tin').fill(title)
    await page.getByLabel('Nội dung').fill(text)
    await page.getByLabel('Chủ đề').selectOption({ index: 1 })
    await page.getByRole('button', { name: 'Thu giọng nói thay cho chữ' }).click()
    return page
  }

  const send = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Gửi duyệt' }).click()
    await page.getByText('Chờ duyệt').first().waitFor()
    return page.url().split('/').at(-1) ?? ''
  }

  const soundOf = async (notice: string) => {
    type Seen = { current: { versions: { voicing: { kind: string; sound: Record<string, number> } }[] } }
    const officer = await stage().world.person('hanh')
    return (await officer.must<Seen>('GET', `/api/notices/${notice}`)).current.versions[0]?.voicing
  }

  test.for([OFFICE, PHONE])(
    '[F7] the officer records herself, listens, records again, and sends that, at $width',
    async (size) => {
      const page = await writing(size, `Thu giọng, ${size.width}`)
      await page.getByRole('button', { name: 'Bắt đầu thu' }).click()
      await page.getByRole('meter', { name: 'Độ to' }).waitFor()
      await page.getByText('Đang thu 0:01').waitFor()
      await picture(page, 'record-1-recording')
      await page.getByRole('button', { name: 'Xong' }).click()
      await page.getByText(/Đã thu 0:0\d/).waitFor()
      await page.getByRole('button', { name: 'Nghe lại bản thu' }).click()
      await picture(page, 'record-2-recorded')
      await page.getByRole('button', { name: 'Thu lại' }).click()
      await page.getByText('Đang thu 0:02').waitFor()
      await page.getByRole('button', { name: 'Xong' }).click()
      await page.getByRole('button', { name: 'Dùng bản thu này' }).click()
      await page.getByText('Tiếng đã sẵn sàng để phát').waitFor()
      await picture(page, 'record-3-ready')
      const voicing = await soundOf(await send(page))
      expect(voicing?.kind).toBe('recording')
      expect(voicing?.sound.durationMs).toBeGreaterThan(1500)
      expect(voicing?.sound.peakDbtp).toBeLessThanOrEqual(-1.5)
      await page.context().close()
    },
  )

  test.for([
    {
      what: 'a text named as a sound',
      file: { name: 'thong-bao.wav', mimeType: 'audio/wav', buffer: Buffer.from('chữ') },
    },
    {
      what: 'a sound cut off in the middle',
      file: { name: 'cut.wav', mimeType: 'audio/wav', buffer: wav.subarray(0, 30) },
    },
  ])('[F40] $what is refused in plain words, and what was typed is still there', async ({ file }) => {
    const page = await writing(PHONE, 'Tệp hỏng')
    await page.getByLabel('Gửi tệp tiếng').setInputFiles(file)
    const alert = page.getByRole('alert')
    await alert.getByText('Chưa làm được').waitFor()
    expect(await alert.innerText()).toMatch(/tệp âm thanh/i)
    expect(await alert.innerText()).not.toMatch(/sound\.|error|40\d|undefined/)
    expect(await page.getByLabel('Nội dung').inputValue()).toBe(text)
    expect(await page.getByLabel('Tên tin').inputValue()).toBe('Tệp hỏng')
    await picture(page, `upload-refused-${file.name.replace('.', '-')}`)
    // the next file is taken as if nothing had happened
    await page.getByLabel('Gửi tệp tiếng').setInputFiles({ name: 'tot.wav', mimeType: 'audio/wav', buffer: wav })
    await page.getByText('Tiếng đã sẵn sàng để phát').waitFor()
    expect(await alert.count()).toBe(0)
    const voicing = await soundOf(await send(page))
    expect(voicing?.kind).toBe('recording')
    await page.context().close()
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
