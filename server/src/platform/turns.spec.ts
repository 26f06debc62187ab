import { describe, expect, it } from 'vitest'
import { openLanes, openOneByOne } from './turns.ts'

const held = () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { until: promise, letGo: () => resolve() }
}

describe('a lane', () => {
  it('lets so many run, so many wait, and refuses the rest; another lane is free', async () => {
    const lanes = openLanes({ running: 2, waiting: 1 })
    const gate = held()
    const begun: string[] = []
    const ask = (key: string, name: string) =>
      lanes(key, async () => {
        begun.push(name)
        await gate.until
        return name
      })
    const asked = [ask('hanh', 'a'), ask('hanh', 'b'), ask('hanh', 'c'), ask('hanh', 'd'), ask('son', 'e')]
    expect(await asked[3]).toEqual({ refused: 'system.busy' })
    expect(begun).toEqual(['a', 'b', 'e'])
    gate.letGo()
    expect(await Promise.all(asked)).toEqual(['a', 'b', 'c', { refused: 'system.busy' }, 'e'])
  })

  it('is as wide as before once its work is done, also where the work failed', async () => {
    const lanes = openLanes({ running: 1, waiting: 0 })
    const fail = () => lanes('hanh', () => Promise.reject(new Error('broken')))
    await expect(fail()).rejects.toThrow('broken')
    await expect(fail()).rejects.toThrow('broken')
    expect(await lanes('hanh', async () => 'done')).toBe('done')
  })
})

describe('work that holds the event loop', () => {
  it('is done one piece after another, and what others wait for comes in between', async () => {
    const oneByOne = openOneByOne()
    const order: string[] = []
    const hold = (name: string) =>
      oneByOne(() => {
        const until = performance.now() + 5
        while (performance.now() < until);
        order.push(name)
      })
    const all = Promise.all([hold('first'), hold('second')])
    await new Promise((done) => setImmediate(done))
    order.push('an approval')
    await all
    expect(order).toEqual(['first', 'an approval', 'second'])
  })

  it('that fails fails alone', async () => {
    const oneByOne = openOneByOne()
    await expect(
      oneByOne(() => {
        throw new Error('broken')
      }),
    ).rejects.toThrow('broken')
    expect(await oneByOne(() => 'done')).toBe('done')
  })
})
