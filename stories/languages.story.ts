import { chime, writeWav } from '@loa/audio'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Refused } from './client.ts'
import type { Written } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, type Size, useStage } from './stage.ts'

const title = 'Tiêm chủng cho trẻ em'

describe('a version in Cor, as sound only', () => {
  const stage = useStage()
  let notice: Written

  const windowAt = async (username: string, size: Size): Promise<Page> => {
    const page = await stage().person(username, size)
    await goTo(page, 'Duyệt')
    await page.getByRole('article', { name: title }).waitFor()
    return page
  }

  beforeAll(async () => {
    const page = await stage().person('hanh', OFFICE)
    await goTo(page, 'Soạn tin')
    await page.getByLabel('Tên tin').fill(title)
    await page.getByLabel('Nội dung').fill('Mời bà con đưa trẻ đi tiêm chủng.')
    await page.getByLabel('Chủ đề').selectOption({ index: 1 })
    // a village in which Cor is spoken asks for it, until it is there
    await page.getByText('Nơi này có bà con nói tiếng Cor').waitFor()
    await page.getByRole('button', { name: 'Thêm tiếng dân tộc' }).click()
    await page.getByRole('button', { name: 'Tiếng Cor' }).click()
    await page
      .getByText('Loa chưa tự đọc được Tiếng Cor', { exact: false })
      .or(page.getByText('hiểu tiếng Cor'))
      .first()
      .waitFor()
    // a recording brought along: two seconds of a chime stand for a voice
    const recording = {
      name: 'ban-tieng-cor.wav',
      mimeType: 'audio/wav',
      buffer: Buffer.from(writeWav(chime('attention'))),
    }
    await page.getByLabel('Gửi tệp tiếng').setInputFiles(recording)
    await page.getByText('Tiếng đã sẵn sàng để phát').waitFor()
    await picture(page, 'cor-1-written')
    await page.getByRole('button', { name: 'Gửi duyệt' }).click()
    await page.getByText('Chờ duyệt').first().waitFor()
    const id = page.url().split('/').at(-1) ?? ''
    notice = await (await stage().world.person('hanh')).must<Written>('GET', `/api/notices/${id}`)
    await page.context().close()
  })

  test.for([OFFICE, PHONE])(
    '[F7] it cannot be approved before somebody who understands Cor has listened, at $width',
    async (size) => {
      const page = await windowAt('tam', size)
      await page.getByText('Còn bản tiếng dân tộc chưa được người hiểu tiếng nghe kiểm').waitFor()
      await page.getByText('Bản này chỉ có tiếng, không có chữ').waitFor()
      expect(await page.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0)
      expect(await page.getByRole('button', { name: /Tôi đã nghe/ }).count()).toBe(0)
      await picture(page, 'cor-2-unchecked')
      await page.context().close()
    },
  )

  test('[F7] the server refuses an approval, a check by who does not understand Cor, and one by its writer', async () => {
    const [tam, hanh] = [await stage().world.person('tam'), await stage().world.person('hanh')]
    const { revision } = notice
    const asked = async (who: typeof tam, verb: string, body: object) =>
      (await who.call<Refused>('POST', `/api/notices/${notice.id}/${verb}`, { revision, ...body })).body.refused
    expect(await asked(tam, 'approve', {})).toBe('notice.languageUnchecked')
    expect(await asked(tam, 'check', { language: 'cua' })).toBe('notice.languageNotUnderstood')
    expect(await asked(hanh, 'check', { language: 'cua' })).toBe('notice.languageNotUnderstood')
  })

  test('[F7] Hồ Văn Biên, recorded as understanding Cor, listens on his phone and says that it is right', async () => {
    const page = await windowAt('bien', PHONE)
    await page.getByRole('button', { name: 'Nghe: Tiếng Cor' }).click()
    await page.getByRole('button', { name: 'Tạm dừng: Tiếng Cor' }).waitFor()
    await picture(page, 'cor-3-checking')
    await page.getByRole('button', { name: /Tôi đã nghe, bản tiếng Cor nói đúng/i }).click()
    await page.getByText('Đã ghi nhận nghe kiểm').waitFor()
    expect(await page.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0)
    await page.context().close()
  })

  test('[F7] then it is approved, and both languages are broadcast one after the other', async () => {
    const page = await windowAt('tam', PHONE)
    await page.getByText('Hồ Văn Biên đã nghe kiểm').waitFor()
    await picture(page, 'cor-4-checked')
    await page.getByRole('button', { name: 'Duyệt', exact: true }).click()
    await page.getByText('Không có tin nào chờ bạn duyệt').waitFor()
    const { airings } = await (await stage().world.person('tam')).must<{
      airings: { sounds: { language: string }[] }[]
    }>('GET', '/api/airings')
    expect(airings[0]?.sounds.map(({ language }) => language)).toEqual(['vi', 'cua'])
    await page.context().close()
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
