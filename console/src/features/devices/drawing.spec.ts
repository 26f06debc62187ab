import { describe, expect, test } from 'vitest'
import type { Mark } from '../../api/network.ts'
import { SINGLE_MAX, signsFor, strokesFor, within } from './drawing.ts'
import type { Drawn } from './layout.ts'

const drawn = (nth: number, more: Partial<Mark> = {}): Drawn => ({
  mark: {
    cluster: `${nth}`,
    name: `${nth}`,
    village: `thon-${nth % 20}`,
    station: null,
    device: `${nth}`,
    gateway: null,
    state: 'reported',
    horns: 2,
    place: null,
    lon: null,
    lat: null,
    tickets: 0,
    invented: false,
    ...more,
  },
  at: { x: nth % 100, y: Math.floor(nth / 100) },
})
const many = (count: number): Drawn[] =>
  Array.from({ length: count }, (_, nth) =>
    drawn(nth, nth % 1000 === 0 ? { state: 'fault' } : nth % 2 === 0 ? { state: 'behindGateway' } : {}),
  )

describe('signs on the map', () => {
  test('a province of 554 clusters has a sign for each', () => {
    expect(signsFor(many(554))).toMatchObject({ together: false, signs: { length: 554 } })
  })

  test('ten thousand from afar: a village has one sign for each state, states stay apart, and every fault keeps its own', () => {
    const { signs, together } = signsFor(many(10_000))
    expect(together).toBe(true)
    const count = (state: string) => signs.filter((sign) => sign.state === state).length
    expect({ fault: count('fault'), behind: count('behindGateway'), reported: count('reported') }).toEqual({
      fault: 10,
      behind: 10,
      reported: 10,
    })
  })

  test('looked at closely they come apart again', () => {
    const close = within(many(10_000), { x: 10, y: 10, width: 20, height: 20 })
    expect(close.length).toBeLessThan(SINGLE_MAX)
    expect(signsFor(close).together).toBe(false)
  })

  test('however many signs there are, the picture has a handful of parts, faults on top', () => {
    const strokes = strokesFor(signsFor(many(10_000)).signs, 3)
    expect(strokes.length).toBeLessThan(10)
    expect(strokes.at(-1)?.className).toBe('dot-fault')
  })
})
