import { describe, expect, it } from 'vitest'
import { openByRank, openLanes } from './turns.ts'

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

describe('a queue by rank', () => {
  const ALARM = 0
  const READING = 1
  const UPLOAD = 2

  const queue = (places: number) => {
    const byRank = openByRank({ places, slowFrom: UPLOAD, waitingMax: 2 })
    const begun: string[] = []
    const gates = new Map<string, () => void>()
    const ask = (rank: number, name: string, isSlow = false) =>
      byRank({ rank, isSlow }, async () => {
        begun.push(name)
        const gate = held()
        gates.set(name, gate.letGo)
        await gate.until
        return name
      })
    const finish = async (name: string) => {
      gates.get(name)?.()
      await new Promise((done) => setImmediate(done))
    }
    return { ask, begun, finish }
  }

  it('lets an alarm go before what has waited longer, and keeps the order within a rank', async () => {
    const { ask, begun, finish } = queue(1)
    void ask(UPLOAD, 'file')
    void ask(UPLOAD, 'second file')
    void ask(READING, 'reading')
    void ask(READING, 'second reading')
    void ask(ALARM, 'alarm')
    for (const name of ['file', 'alarm', 'reading', 'second reading']) await finish(name)
    expect(begun).toEqual(['file', 'alarm', 'reading', 'second reading', 'second file'])
  })

  it('keeps a place that slow work never gets', async () => {
    const { ask, begun, finish } = queue(2)
    void ask(UPLOAD, 'file')
    void ask(UPLOAD, 'second file')
    void ask(READING, 'reading')
    expect(begun).toEqual(['file', 'reading'])
    await finish('reading')
    expect(begun).toEqual(['file', 'reading'])
    void ask(ALARM, 'alarm')
    expect(begun).toEqual(['file', 'reading', 'alarm'])
    await finish('file')
    expect(begun).toEqual(['file', 'reading', 'alarm', 'second file'])
  })

  it('keeps that place from slow work of every rank: long texts that call themselves alarms hold up no alarm', async () => {
    const { ask, begun, finish } = queue(2)
    void ask(ALARM, 'long alarm', true)
    void ask(ALARM, 'second long alarm', true)
    void ask(UPLOAD, 'file')
    void ask(ALARM, 'alarm')
    expect(begun).toEqual(['long alarm', 'alarm'])
    await finish('alarm')
    expect(begun).toEqual(['long alarm', 'alarm'])
    await finish('long alarm')
    expect(begun).toEqual(['long alarm', 'alarm', 'second long alarm'])
  })

  it('refuses what is too much of one rank, and only that', async () => {
    const { ask, begun, finish } = queue(1)
    const files = ['a', 'b', 'c', 'd'].map((name) => ask(UPLOAD, name))
    expect(await files[3]).toEqual({ refused: 'system.busy' })
    void ask(ALARM, 'alarm')
    await finish('a')
    expect(begun).toEqual(['a', 'alarm'])
  })

  it('gives the place on where the work fails', async () => {
    const byRank = openByRank({ places: 1, slowFrom: UPLOAD, waitingMax: 1 })
    await expect(byRank({ rank: READING }, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await byRank({ rank: READING }, async (place) => place)).toBe(0)
  })
})
