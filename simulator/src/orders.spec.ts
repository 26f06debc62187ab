import { describe, expect, it } from 'vitest'
import { within } from './members.ts'
import { readOrders } from './orders.ts'

const good = {
  server: 'http://127.0.0.1:8080',
  data: '/tmp/fleet',
  members: [{ code: 'ABCDEFGH', name: 'Loa thôn 1' }],
}

describe('the line that says what to simulate', () => {
  it.each([
    ['a fleet', good, good],
    [
      'a member without a name',
      { ...good, members: [{ code: 'ABCDEFGH' }] },
      { ...good, members: [{ code: 'ABCDEFGH' }] },
    ],
    [
      'a member with a fault',
      { ...good, members: [{ code: 'ABCDEFGH', fault: 'lowPower' }] },
      { ...good, members: [{ code: 'ABCDEFGH', fault: 'lowPower' }] },
    ],
    [
      'a member with a fault nobody knows',
      { ...good, members: [{ code: 'ABCDEFGH', fault: 'tired' }] },
      { ...good, members: [{ code: 'ABCDEFGH' }] },
    ],
    ['a fleet of nobody', { ...good, members: [] }, { ...good, members: [] }],
  ])('is read: %s', (_, line, orders) => {
    expect(readOrders(JSON.stringify(line))).toEqual(orders)
  })

  it.each([
    ['nothing', ''],
    ['not JSON', 'start'],
    ['a number', '7'],
    ['no server', JSON.stringify({ ...good, server: undefined })],
    ['no folder', JSON.stringify({ ...good, data: '' })],
    ['members that are no list', JSON.stringify({ ...good, members: {} })],
    ['a member without a code', JSON.stringify({ ...good, members: [{ name: 'Loa thôn 1' }] })],
  ])('is refused: %s', (_, line) => {
    expect(readOrders(line)).toEqual({ refused: 'orders.unreadable' })
  })
})

describe('members are enrolled a few at a time', () => {
  it.each([
    // at once, items, most at the same time
    [3, 10, 3],
    [8, 2, 2],
    [1, 5, 1],
    [4, 0, 0],
  ])('%i at once over %i: never more than %i', async (atOnce, items, most) => {
    let running = 0
    let highest = 0
    const done: number[] = []
    await within(
      atOnce,
      Array.from({ length: items }, (_, i) => i),
      async (item) => {
        running += 1
        highest = Math.max(highest, running)
        await Promise.resolve()
        done.push(item)
        running -= 1
      },
    )
    expect([highest, done.length]).toEqual([most, items])
  })
})
