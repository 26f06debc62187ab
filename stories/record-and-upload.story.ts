import { chime, decodeOggOpus, writeWav } from '@loa/audio'
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

  /** Starts and lets this much be recorded, by the page's own reckoning. */
  const record = async (page: Page, press: string, until: string): Promise<void> => {
    await page.getByRole('button', { name: press }).click()
    await page.getByText(`Đang thu ${until}`).waitFor()
  }

  const isReady = (page: Page) => page.getByText('Tiếng đã sẵn sàng để phát').waitFor()

  /** From and to, as a person reads them, in milliseconds. */
  const cutOf = async (page: Page): Promise<{ from: number; to: number }> => {
    const words = await page.getByText(/Phát từ giây/).innerText()
    const [from = 0, to = 0] = [...words.matchAll(/\d+,\d/g)].map(([number]) => Number(number.replace(',', '.')) * 1000)
    return { from, to }
  }

  /** Whether all of it is on the screen: nothing scrolls it away or lies over it. */
  const inSight = async (page: Page, name: string): Promise<boolean> => {
    const box = await page.getByRole('button', { name, exact: true }).boundingBox()
    const height = page.viewportSize()?.height ?? 0
    return box !== null && box.y >= 0 && box.y + box.height <= height && box.height >= 44
  }

  test.for([OFFICE, PHONE])(
    '[F7][F44] the officer reads her own text as it goes by, and what she keeps of the recording is sent by itself, at $width',
    async (size) => {
      const page = await writing(size, `Thu giọng, ${size.width}`)
      await page.getByText('Chậm', { exact: true }).first().click()
      await record(page, 'Bắt đầu thu', '0:02')
      expect(await page.locator('.prompt-text').innerText()).toBe(text)
      expect(await inSight(page, 'Xong')).toBe(true)
      await page.getByRole('button', { name: 'Dừng chữ' }).click()
      await page.getByRole('button', { name: 'Chạy tiếp' }).waitFor()
      await page.getByRole('meter', { name: 'Độ to' }).waitFor()
      await picture(page, 'record-1-recording')
      await page.getByRole('button', { name: 'Xong' }).click()
      await isReady(page)
      await picture(page, 'record-2-ready')
      // a second take is the one that will be heard, until the first is chosen again
      await record(page, 'Thu lại', '0:03')
      await page.getByRole('button', { name: 'Xong' }).click()
      await page.getByRole('radio', { name: /Lần 2/ }).waitFor()
      await isReady(page)
      // half a second less at the beginning, by the keyboard, and less noise
      const whole = page.getByRole('button', { name: 'Lấy lại cả bản' })
      if (await whole.isVisible()) await whole.click()
      const from = page.getByRole('slider', { name: 'Bắt đầu phát từ' })
      await from.focus()
      for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowRight')
      expect((await cutOf(page)).from).toBe(500)
      expect(await from.getAttribute('aria-valuetext')).toBe('0,5 giây')
      await page.getByText('Giảm tiếng ồn nền').click()
      await isReady(page)
      await picture(page, 'record-3-cut')
      const cut = await cutOf(page)
      const voicing = await soundOf(await send(page))
      expect(voicing?.kind).toBe('recording')
      expect(Math.abs((voicing?.sound.durationMs ?? 0) - (cut.to - cut.from))).toBeLessThanOrEqual(100)
      expect(voicing?.sound.durationMs).toBeGreaterThan(2000)
      expect(voicing?.sound.peakDbtp).toBeLessThanOrEqual(-1.5)
      // what the loudspeakers get, decoded: as long as the cut says, and heard
      const sound = await page.request.get(`${stage().world.url}/api/sounds/${String(voicing?.sound.hash)}`)
      const heard = await decodeOggOpus(new Uint8Array(await sound.body()))
      if ('refused' in heard) throw new Error(heard.refused)
      const decodedMs = (heard.samples.length * 1000) / heard.sampleRate
      expect(Math.abs(decodedMs - (cut.to - cut.from))).toBeLessThanOrEqual(100)
      expect(heard.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeGreaterThan(0.1)
      await page.context().close()
    },
  )

  test('[F44] a recording whose line breaks goes on by itself, over a server that was started anew, from where it was', async () => {
    const page = await writing(PHONE, 'Đứt mạng giữa chừng')
    const asked: string[] = []
    let pieces = 0
    await page.route('**/api/uploads**', async (route) => {
      const method = route.request().method()
      asked.push(method)
      if (method === 'PATCH' && ++pieces > 1) return route.abort()
      return route.continue()
    })
    await record(page, 'Bắt đầu thu', '0:05')
    // a slip of the finger beside "Xong" costs nothing
    await page.getByRole('button', { name: 'Bỏ', exact: true }).click()
    await page.getByRole('button', { name: 'Bấm lần nữa để bỏ bản đang thu' }).waitFor()
    expect(await inSight(page, 'Xong')).toBe(true)
    await picture(page, 'record-6-discard')
    await page.getByRole('button', { name: 'Xong' }).click()
    await page.getByText('Mất mạng, sẽ tự gửi tiếp').waitFor()
    await picture(page, 'record-4-line-lost')
    await stage().world.stopServer()
    await stage().world.startServer()
    await page.unroute('**/api/uploads**')
    page.on('request', (request) => {
      if (request.url().includes('/api/uploads')) asked.push(request.method())
    })
    await isReady(page)
    expect(asked.filter((method) => method === 'POST')).toHaveLength(1)
    expect(asked).toContain('HEAD')
    await page.context().close()
  })

  test('[F44] a tab that was closed without a line costs nothing: on return the recording is offered, heard and sent', async () => {
    const page = await writing(PHONE, 'Đóng thẻ khi mất mạng')
    await page.getByText(/Nháp đã lưu/).waitFor()
    const context = page.context()
    await record(page, 'Bắt đầu thu', '0:03')
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Xong' }).click()
    await page.getByText('Mất mạng, sẽ tự gửi tiếp').waitFor()
    const cut = await cutOf(page)
    const address = page.url()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(address)
    await again.getByText('Có bản thu chưa gửi xong').waitFor()
    expect(await again.getByLabel('Nội dung').inputValue()).toBe(text)
    await again.getByRole('button', { name: 'Nghe lại bản thu' }).click()
    await picture(again, 'record-5-unsent')
    await again.getByRole('button', { name: 'Gửi tiếp' }).click()
    await isReady(again)
    // set aside for text by mistake: it is there to be taken up again, and needs no second sending
    await again.getByRole('button', { name: 'Dùng chữ, để loa đọc' }).click()
    await again.getByText('đang không dùng').waitFor()
    await again.getByRole('button', { name: 'Dùng lại' }).click()
    await isReady(again)
    await again.getByLabel('Chủ đề').selectOption({ index: 1 })
    const voicing = await soundOf(await send(again))
    expect(Math.abs((voicing?.sound.durationMs ?? 0) - (cut.to - cut.from))).toBeLessThanOrEqual(100)
    await context.close()
  })

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
