import { telemetrySchema } from '@loa/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measuresOf, memberFaults } from './measures.ts'

describe('[F31] what a simulated device measures', () => {
  const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2030-01-01') })

  it('is what hardware can measure, and the same each time it is asked', () => {
    fc.assert(
      fc.property(fc.string(), instants, fc.constantFrom(undefined, ...memberFaults), (name, now, fault) => {
        const measured = measuresOf(name, now, fault)
        expect(telemetrySchema.safeParse(measured).success).toBe(true)
        expect(measuresOf(name, now, fault)).toEqual(measured)
      }),
    )
  })

  it('tells a healthy one from one whose battery is nearly empty, and one at the edge of the cell', () => {
    fc.assert(
      fc.property(fc.string(), instants, (name, now) => {
        const well = measuresOf(name, now)
        expect(well.powerVolts).toBeGreaterThan(12)
        expect(well).toMatchObject({ onMains: true })
        const low = measuresOf(name, now, 'lowPower')
        expect(low.powerVolts).toBeLessThan(11.4)
        expect(low).toMatchObject({ onMains: false })
        expect(measuresOf(name, now, 'weakSignal').signalDbm).toBeLessThan((well.signalDbm ?? 0) - 10)
      }),
    )
  })
})
