import { describe, expect, it } from 'vitest'
import { roomOf } from './room.ts'

const waiting = { notice: 'n', title: 'n', class: 'normal', durationMs: 58_000, state: 'submitted' } as const

describe('whether a notice still finds room in a session', () => {
  it('what is placed and what waits for approval both count', () =>
    expect(roomOf({ capacityMs: 600_000, usedMs: 300_000, waiting: [waiting] }, 0)).toEqual({
      freeMs: 240_000,
      shortMs: 0,
    }))
  it('it is said by how much there is too little, the pause before it included', () =>
    expect(roomOf({ capacityMs: 600_000, usedMs: 580_000, waiting: [] }, 60_000)).toEqual({
      freeMs: 20_000,
      shortMs: 42_000,
    }))
  it('an empty session takes what is as long as itself', () =>
    expect(roomOf({ capacityMs: 600_000, usedMs: 0, waiting: [] }, 600_000).shortMs).toBe(0))
})
