import { expect, test } from 'vitest'
import { vi } from '../../i18n/vi.ts'
import { groupsOf, step } from './results.ts'

const places = [
  { title: 'Soạn tin', to: '/soan' },
  { title: 'Dừng tất cả', to: '/#dung-tat-ca' },
  { title: 'Đã phát', to: '/da-phat' },
]
const found = {
  groups: [
    {
      kind: 'notice' as const,
      hits: [
        { id: 'n1', title: '', where: 'Xã A', at: '2026-11-22T17:05:00.000+07:00', to: '/tin/n1', note: 'submitted' },
      ],
    },
  ],
}

test('before anything is typed, every page and action is offered', () => {
  expect(groupsOf(vi, '', { places, found: { groups: [] } })[0]?.results.map(({ title }) => title)).toEqual([
    'Soạn tin',
    'Dừng tất cả',
    'Đã phát',
  ])
})

test('pages come first, then what the server found, in words', () => {
  const groups = groupsOf(vi, 'dung tat', { places, found })
  expect(groups.map(({ title }) => title)).toEqual(['Trang và việc', 'Tin'])
  expect(groups[0]?.results).toEqual([
    { key: 'page /#dung-tat-ca', title: 'Dừng tất cả', detail: '', to: '/#dung-tat-ca' },
  ])
  expect(groups[1]?.results[0]).toMatchObject({
    title: 'Tin chưa có tên',
    detail: 'Xã A · Chờ duyệt · 17:05 ngày 22/11/2026',
  })
})

test('arrows go round and round, and nowhere where nothing was found', () => {
  expect([step(-1, 1, 3), step(2, 1, 3), step(0, -1, 3), step(-1, -1, 3), step(-1, 1, 0)]).toEqual([0, 0, 2, 2, -1])
})
