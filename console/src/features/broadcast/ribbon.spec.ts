import { describe, expect, it } from 'vitest'
import type { Airing } from '../../api/types.ts'
import { tracksOf } from './ribbon.ts'

const none = { total: 0, silent: 0, unknown: 0 }
const airing = (time: string, minutes: number): Airing => ({
  id: time,
  notice: null,
  release: 'r',
  title: time,
  class: 'normal',
  unit: 'binh-chuong',
  unitName: 'xã Bình Chương',
  at: `2026-11-22T${time}:00+07:00`,
  latestStart: `2026-11-22T${time}:00+07:00`,
  durationMs: minutes * 60_000,
  state: 'planned',
  stoppedBy: null,
  sounds: [],
  heard: {
    clusters: { total: 0, devices: { ...none, reported: 0 }, behindGateway: { ...none, gatewayReported: 0 } },
    gateways: { ...none, reported: 0 },
    firstSoundMs: null,
  },
})
const at = (time: string): number => Date.parse(`2026-11-22T${time}:00+07:00`)

describe('the ribbon of the day', () => {
  it('has one line for the morning and one for the afternoon, each from its first hour to its last', () => {
    const tracks = tracksOf([airing('17:05', 30), airing('05:30', 15), airing('19:50', 20)], at('17:20'))
    expect(tracks.map(({ half, hours }) => [half, hours[0], hours.at(-1)])).toEqual([
      ['morning', '05:00', '07:00'],
      ['afternoon', '17:00', '21:00'],
    ])
  })

  it('draws an airing at its true place and length', () => {
    const [track] = tracksOf([airing('17:30', 30)], at('17:30'))
    expect(track?.blocks.map(({ left, width }) => [left, width])).toEqual([[0.25, 0.25]])
    expect(track?.now).toBe(0.25)
  })

  it('marks the present only on the line it falls on', () => {
    const tracks = tracksOf([airing('05:30', 15), airing('17:05', 30)], at('12:10'))
    expect(tracks.map(({ now }) => now)).toEqual([null, null])
  })

  it('a day without airings has no line', () => expect(tracksOf([], at('12:00'))).toEqual([]))
})
