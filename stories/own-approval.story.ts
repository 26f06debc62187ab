import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient, Refused } from './client.ts'
import { approveNotice, floodText, submitNotice, type Written, writeNotice } from './notice.ts'
import { goTo, OFFICE, PHONE, picture, useStage } from './stage.ts'

const why = 'Người soạn không tự duyệt tin của mình'

describe('nobody is the second person of their own notice', () => {
  const stage = useStage()
  let hanh: ApiClient
  let tam: ApiClient

  beforeAll(async () => {
    // in a small commune the deputy chairman also writes
    await stage().world.givePost('nguyen-van-tam', 'binh-chuong', 'officer')
    hanh = await stage().world.person('hanh')
    tam = await stage().world.person('tam')
  })

  const signatures = async (): Promise<number> => {
    const { db } = stage().world.server().context
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from release_signature`.execute(db)
    return rows[0]?.count ?? -1
  }

  test.for([OFFICE, PHONE])(
    '[F7] an approver who wrote the notice is told why it cannot be approved, and has nothing to press, at $width',
    async (size) => {
      const page = await stage().person('tam', size)
      await goTo(page, 'Soạn')
      const title = `Họp thôn tối nay, ${size.width}`
      await page.getByLabel('Tên tin').fill(title)
      await page.getByLabel('Nội dung').fill('Tối nay 19 giờ mời bà con họp thôn.')
      await page.getByLabel('Chủ đề').selectOption({ index: 1 })
      await page.getByRole('button', { name: 'Gửi duyệt' }).click()
      await page.getByRole('link', { name: 'Xem và duyệt' }).or(page.getByText('Chờ duyệt')).first().waitFor()
      await page.goto(`${stage().world.url}/duyet`)
      const pile = page.getByRole('navigation', { name: 'Các tin chờ' })
      await page.getByRole('article').waitFor()
      if (await pile.isVisible()) await pile.getByRole('link', { name: new RegExp(title) }).click()
      const card = page.getByRole('article', { name: title })
      await card.getByText(why).waitFor()
      expect(await page.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0)
      await picture(page, 'own-approval')
      await page.context().close()
    },
  )

  test('[F7] the server refuses the same, whoever asks it directly, and nothing is signed', async () => {
    const own = await writeNotice(tam, { unit: 'binh-chuong', audience: ['binh-chuong'], text: 'Mai họp thôn.' })
    await submitNotice(tam, own)
    const answer = await tam.call<Refused>('POST', `/api/notices/${own.id}/approve`, { revision: own.revision })
    expect([answer.status, answer.body.refused]).toEqual([403, 'notice.ownApproval'])
    expect(await signatures()).toBe(0)
    expect((await tam.must<{ airings: unknown[] }>('GET', '/api/airings')).airings).toEqual([])
  })

  test('[F7] who saved one revision of somebody else’s notice is not its second person either; a third person is', async () => {
    const first = await writeNotice(hanh, { unit: 'binh-chuong', audience: ['binh-chuong'] })
    const voicing = await tam.must<{ id: string }>('POST', '/api/voicings', {
      ...{ unit: 'binh-chuong', text: `${floodText} Xin nhắc lại.`, accent: 'central', rate: 1 },
    })
    const second = await tam.must<Written>('PUT', `/api/notices/${first.id}`, {
      ...{ basedOn: first.revision, title: 'Cảnh báo lũ', topic: 'disaster', class: 'normal' },
      ...{ audience: ['binh-chuong'], plan: { when: 'now' }, repeats: 1 },
      versions: [{ language: 'vi', written: `${floodText} Xin nhắc lại.`, voicing: voicing.id }],
    })
    await submitNotice(hanh, second)
    const answer = await tam.call<Refused>('POST', `/api/notices/${first.id}/approve`, { revision: second.revision })
    expect(answer.body.refused).toBe('notice.ownApproval')
    expect(await signatures()).toBe(0)
    await approveNotice(await stage().world.person('an'), second)
    expect(await signatures()).toBe(1)
  })

  test('no page complained', () => {
    expect(stage().complaints).toEqual([])
  })
})
