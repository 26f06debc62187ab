import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptedDevice } from '../../../scene/device.ts'
import { openTown, type Town } from '../../../scene/town.ts'
import { insertSamples, presencesOf, samplesOf, saveStatuses } from './store.ts'

let town: Town
let bad: ScriptedDevice
let good: ScriptedDevice

beforeAll(async () => {
  town = await openTown()
  bad = await town.device('cum-a1')
  good = await town.device('cum-a2')
})
afterAll(() => town.close())

describe('[F11] what one device says cannot lose what the others say with it', () => {
  test('by numbers that no column holds', async () => {
    const { db, clock } = town.ctx
    const state = { v: 1, at: null, online: true, playing: null, clockTrusted: true, soundsCached: 2 ** 50 } as const
    const telemetry = { signalDbm: -1e-60, powerVolts: 1e-300, temperatureC: 12.3456 }
    const together = [
      { ...state, device: bad.id, volume: 1e-60, receiptsWaiting: 2 ** 40, telemetry },
      { ...state, device: good.id, volume: 80, receiptsWaiting: 0 },
    ]
    await saveStatuses(db, together, clock.now())
    await insertSamples(db, together, clock.now())
    const heard = await presencesOf(db, [bad.id, good.id])
    expect(Object.fromEntries(heard.map(({ device, volume }) => [device, volume]))).toEqual({
      [bad.id]: 0,
      [good.id]: 80,
    })
    const [sample] = await samplesOf(db, { device: bad.id, since: clock.now(), max: 1 })
    expect(sample).toMatchObject({ powerVolts: 0, temperatureC: 12.346 })
  })

  test.each(['a\0b', '\ud800'])('by a name of its program that cannot be written down', async (program) => {
    await Promise.all([bad.hello({ program }), good.hello({ program: 'thật 1' })])
    await town.settled()
    const heard = await presencesOf(town.ctx.db, [bad.id, good.id])
    expect(heard.find(({ device }) => device === good.id)?.program).toBe('thật 1')
    expect(heard.find(({ device }) => device === bad.id)?.program).toBe('')
  })
})
