import { describe, expect, it } from 'vitest'
import { gather, inRounds } from './gather.ts'

describe('what comes together is handled together', () => {
  it('one batch for a turn, and each waits for its own', async () => {
    const batches: (readonly number[])[] = []
    const push = gather<number>(async (batch) => {
      batches.push(batch)
      if (batch.includes(13)) throw new Error('thirteen')
    })
    await Promise.all([push(1), push(2), push(3)])
    await push(4)
    await expect(Promise.all([push(12), push(13)])).rejects.toThrow('thirteen')
    await push(14)
    expect(batches).toEqual([[1, 2, 3], [4], [12, 13], [14]])
  })

  it.each([
    ['', []],
    ['abc', ['abc']],
    ['aab', ['ab', 'a']],
    ['abcabca', ['abc', 'abc', 'a']],
  ])('"%s" is done in rounds %j, each name once in a round and in its order', (all, rounds) => {
    expect(inRounds([...all], (each) => each).map((round) => round.join(''))).toEqual(rounds)
  })
})
