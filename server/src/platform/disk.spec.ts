import { expect, test } from 'vitest'
import type { Config } from '../config.ts'
import { turnedClock } from './clock.ts'
import { diskWords, watchDisk } from './disk.ts'
import { createApp } from './http.ts'
import { silentLog } from './testing.ts'

test('how full the disk is stands in words', () => {
  expect(diskWords(120_000_000)).toBe('Đĩa sắp đầy: còn 120 MB')
  expect(diskWords(1_500_000)).toBe('Đĩa đầy: còn 1 MB')
  expect(diskWords(5_000_000_000)).toBe('còn 5000 MB')
})

test('a disk that fills is spoken of when it begins, when it is full and when there is room again, once each', async () => {
  const said: string[] = []
  const say = (words: string) => void said.push(words)
  const clock = turnedClock(Date.parse('2026-11-22T01:00:00Z'))
  let left = 900_000_000
  const { tick } = watchDisk({ clock, log: { info: say, warn: say, error: say }, free: async () => left })
  for (const next of [900_000_000, 120_000_000, 110_000_000, 1_000_000, 900_000_000]) {
    left = next
    await tick()
    await clock.turnBy(30_000)
  }
  expect(said.map((words) => words.split(':')[0])).toEqual(['Đĩa sắp đầy', 'Đĩa đầy', 'Đĩa đã có chỗ trống'])
})

test('with no room left a new text is refused at once and said in words, while approving and stopping go on', async () => {
  const said: string[] = []
  const config = { host: '127.0.0.1' } as unknown as Config
  const log = { ...silentLog, error: (words: string) => void said.push(words) }
  const app = createApp({ config, log, freeBytes: async () => 0 })
  app.post('/api/notices/:id/approve', (c) => c.text('approved'))
  app.post('/api/airings/:id/stop', (c) => c.text('stopped'))
  const post = async (path: string) =>
    (await app.request(path, { method: 'POST', headers: { host: '127.0.0.1' } })).status
  const bringing = ['/api/notices', '/api/notices/n1/submit', '/api/recordings', '/api/uploads', '/api/uploads/u1']
  for (const path of bringing) expect(await post(path)).toBe(507)
  for (const path of ['/api/notices/n1/approve', '/api/airings/a1/stop']) expect(await post(path)).toBe(200)
  expect(said.every((words) => words.startsWith('Đĩa đầy'))).toBe(true)
  expect(said).toHaveLength(bringing.length)
})
