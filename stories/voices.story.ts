import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

/** A voice over HTTP that the operator has set up, and that nobody answers for today. */
const putVoice = (home: string): void => {
  const folder = join(home, 'voices', 'ngoc-lan')
  mkdirSync(folder, { recursive: true })
  const about = { name: 'Ngọc Lan', accent: ['north', 'central'], licence: 'hợp đồng', url: 'http://127.0.0.1:1/doc' }
  writeFileSync(join(folder, 'voice.json'), JSON.stringify(about))
}

const INSTEAD = 'Giọng Ngọc Lan không dùng được hoặc đọc chậm; đang dùng giọng eSpeak NG.'

describe('[F43] the voice of a commune', () => {
  const stage = useStage()
  let hanh: Page
  let tam: Page

  beforeAll(async () => {
    const { world } = stage()
    await world.stopServer()
    putVoice(world.home)
    await world.startServer()
    hanh = await stage().person('hanh', OFFICE)
    tam = await stage().person('tam', PHONE)
  })

  test('is chosen by the approver, who listens before it is kept', async () => {
    await goTo(tam, 'Quản trị')
    await tam.getByRole('link', { name: /^Giọng đọc/ }).click()
    await tam.getByRole('button', { name: 'Dùng giọng Ngọc Lan', exact: true }).click()
    await tam.getByText('Chậm', { exact: true }).click()
    await tam.getByText('Bật', { exact: true }).click()
    await tam.getByRole('button', { name: 'Nghe thử' }).click()
    await tam.getByText(INSTEAD).waitFor()
    await picture(tam, 'voices-1-settings')
    await tam.getByRole('button', { name: 'Lưu' }).click()
    await tam.getByText('Đặt riêng cho xã Bình Chương.').first().waitFor()
    expect(await tam.getByText('Đặt riêng cho xã Bình Chương.').count()).toBe(3)
  })

  test('is what the officer’s text begins with; that another voice reads is said, and the text is not without sound', async () => {
    await goTo(hanh, 'Soạn tin')
    const voiced = hanh.waitForResponse((answer) => answer.url().endsWith('/api/voicings'))
    await hanh.getByLabel('Nội dung').fill('Chiều nay cắt nước từ 13 giờ.')
    expect(await (await voiced).json()).toMatchObject({
      rate: 0.85,
      voice: { id: 'espeak' },
      wantedVoice: { id: 'ngoc-lan' },
    })
    await hanh.getByText(INSTEAD).waitFor()
    expect(await hanh.getByRole('radio', { name: 'Chậm' }).isChecked()).toBe(true)
    await picture(hanh, 'voices-2-compose')
  })

  test('is still changed for one text', async () => {
    const faster = hanh.waitForResponse((answer) => answer.url().endsWith('/api/voicings'))
    await hanh.getByText('Nhanh', { exact: true }).click()
    expect(await (await faster).json()).toMatchObject({ rate: 1.15 })
    expect(await hanh.getByRole('radio', { name: 'Nhanh' }).isChecked()).toBe(true)
  })

  test('is asked for what is urgent as such, so that no slow voice holds it up', async () => {
    const asked = hanh.waitForRequest(
      (request) => request.url().endsWith('/api/voicings') && request.postDataJSON().class === 'priority',
    )
    await hanh.getByText('Ưu tiên', { exact: true }).click()
    await (await asked).response()
    await hanh.getByText(INSTEAD).waitFor()
  })

  test('is not changed, heard or known from another commune, and by an officer of this one only looked at', async () => {
    const own = { accent: null, rate: 2, voices: null, hornFilter: null }
    const trial = { text: 'Nghe thử.', accent: 'north', rate: 2, voices: ['espeak'], hornFilter: false }
    const statusesOf = async (username: string): Promise<number[]> => {
      const person = await stage().world.person(username)
      const of = (path: string) => `${path}?unit=binh-chuong`
      const answers = [
        await person.call('GET', of('/api/voice-settings')),
        await person.call('PUT', of('/api/voice-settings'), own),
        await person.call('POST', of('/api/voice-settings/sample'), trial),
      ]
      return answers.map(({ status }) => status)
    }
    expect(await statusesOf('lien')).toEqual([404, 404, 404])
    expect(await statusesOf('hanh')).toEqual([200, 403, 403])
    const officer = await stage().world.person('hanh')
    const seen = await officer.must<{ rate: number }>('GET', '/api/voice-settings?unit=binh-chuong')
    expect(seen).toMatchObject({ rate: 0.85, installed: [{ id: 'espeak' }, { id: 'ngoc-lan', trouble: null }] })
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
