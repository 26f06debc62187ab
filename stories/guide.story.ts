import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { openBook } from './guide/book.ts'
import { floodText } from './notice.ts'
import { goTo, OFFICE, useStage } from './stage.ts'

/** What docs/guide/ tells, done once as it is told; its pictures are made here (`npm run guide`), so that they cannot age. */
describe('the guide for station officers', () => {
  const stage = useStage()
  const book = openBook('can-bo-dai.md')
  let hanh: Page

  beforeAll(async () => {
    hanh = await stage().person('hanh', OFFICE)
  })

  test('begins at Hôm nay', async () => {
    await hanh.getByRole('button', { name: 'Bật loa trong trang này' }).waitFor()
    await book.show(hanh, 'hom-nay')
  })

  test('writes a notice', async () => {
    await goTo(hanh, 'Soạn tin')
    await hanh.getByLabel('Tên tin').fill('Cảnh báo lũ sông Trà Bồng')
    await hanh.getByLabel('Nội dung').fill(floodText)
    await book.show(hanh, 'soan-tin')
  })

  test('shows every picture of the page', () => {
    expect(book.notShown()).toEqual([])
  })
})
