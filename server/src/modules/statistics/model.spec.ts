import { describe, expect, test } from 'vitest'
import { figureId, minutesByCommune, onMap, parseFigureId } from './model.ts'

describe('minutes of broadcasting by commune', () => {
  const row = (commune: string, seconds: number) => ({ commune, seconds })
  const cases: [string, ReturnType<typeof row>[], Record<string, [number, number]>][] = [
    ['a commune that heard nothing stands there with nothing', [], { a: [0, 0], b: [0, 0] }],
    ['each airing counts with its longest time', [row('a', 90), row('a', 30)], { a: [2, 2], b: [0, 0] }],
    ['communes are kept apart', [row('a', 60), row('b', 120)], { a: [1, 1], b: [2, 1] }],
    ['it is rounded once, at the end', [row('a', 2.9), row('a', 2.9), row('a', 2.9)], { a: [0.1, 3], b: [0, 0] }],
    ['half a tenth is rounded up', [row('a', 63)], { a: [1.1, 1], b: [0, 0] }],
    ['a commune nobody asked for is left out', [row('c', 600)], { a: [0, 0], b: [0, 0] }],
  ]
  test.each(cases)('%s', (_, rows, expected) => {
    const minutes = minutesByCommune(['a', 'b'], rows)
    const plain = [...minutes].map(([commune, found]) => [commune, [found.minutes, found.airings]])
    expect(Object.fromEntries(plain)).toEqual(expected)
  })
})

describe('the id of a figure', () => {
  const cases: [string, string, boolean][] = [
    ['a commune and a month', 'broadcast-minutes.binh-chuong.2026-11-01.2026-11-30', true],
    ['one day', 'broadcast-minutes.binh-chuong.2026-11-01.2026-11-01', true],
    ['days the wrong way round', 'broadcast-minutes.binh-chuong.2026-11-30.2026-11-01', false],
    ['30 February', 'broadcast-minutes.binh-chuong.2026-02-01.2026-02-30', false],
    ['another figure', 'listeners.binh-chuong.2026-11-01.2026-11-30', false],
    ['a path', 'broadcast-minutes.../etc.2026-11-01.2026-11-30', false],
    ['nothing', '', false],
  ]
  test.each(cases)('%s', (_, id, valid) => {
    const parsed = parseFigureId(id)
    expect(parsed !== undefined).toBe(valid)
    if (parsed !== undefined) expect(figureId(parsed)).toBe(id)
  })
})

test('[F1] an airing heard in two communes that are one now was heard once there, as long as where it was longest', () => {
  const heard = [
    { commune: 'a', airing: '1', seconds: 60 },
    { commune: 'b', airing: '1', seconds: 90 },
    { commune: 'b', airing: '2', seconds: 30 },
    { commune: 'c', airing: '1', seconds: 12 },
  ]
  const became = new Map([
    ['a', 'm'],
    ['b', 'm'],
  ])
  expect(onMap(heard, became)).toEqual([
    { commune: 'm', airing: '1', seconds: 90 },
    { commune: 'm', airing: '2', seconds: 30 },
    { commune: 'c', airing: '1', seconds: 12 },
  ])
})
