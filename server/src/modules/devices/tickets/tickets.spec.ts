import { describe, expect, test } from 'vitest'
import { MORNING } from '../../../demo/small-town.ts'
import { type Condition, isPowerLow, type Step, type SystemKind, stepOf, type TicketRow, troublesOf } from './model.ts'

const MINUTE = 60_000
const well: Condition = {
  device: 'cum-1',
  enrolledAt: MORNING - 86_400_000,
  replacing: false,
  online: true,
  since: MORNING - 3_600_000,
  clockDoubtedSince: null,
  telemetry: null,
  reports: [],
}

describe('[F31] what the system sees of itself', () => {
  // biome-ignore format: a table
  test.each<[string, Partial<Condition>, readonly SystemKind[]]>([
    ['nothing, where all is well',                         {},                                                              []],
    ['a device away for fourteen minutes is let be',       { online: false, since: MORNING - 14 * MINUTE },                 []],
    ['a device away for a quarter of an hour',             { online: false, since: MORNING - 15 * MINUTE },                 ['offline']],
    ['one that was enrolled and never came',               { online: false, since: null },                                  ['offline']],
    ['one enrolled just now that has not come yet',        { online: false, since: null, enrolledAt: MORNING - MINUTE },    []],
    ['one whose machine is being replaced is known to be away', { online: false, since: null, replacing: true },            []],
    ['a card that cannot be opened',                       { reports: ['output.failed'] },                                  ['fault']],
    ['a refused message is no fault of the device',        { reports: ['manifest.replayed'] },                              []],
    ['a clock that has found no time for ten minutes',     { clockDoubtedSince: MORNING - 10 * MINUTE },                    ['clock']],
    ['a clock that is just being set is let be',           { clockDoubtedSince: MORNING - MINUTE },                         []],
    ['a clock from the year 2000, although it has been told the time', { telemetry: { clockErrorMs: -26 * 365 * 86_400_000 } }, ['clock']],
    ['a clock that stood still while the power was off is let be', { telemetry: { clockErrorMs: -9 * 86_400_000 } },        []],
    ['a battery of 12 volts that has 11.2 left',           { telemetry: { powerVolts: 11.2 } },                             ['power']],
    ['what a device measured before it went away is past', { online: false, since: MORNING - MINUTE, telemetry: { powerVolts: 11.2 } },              []],
    ['two machines with one identity',                     { reports: ['device.doubled'] },                                 ['doubled']],
    ['two troubles at once are two',                       { reports: ['storage.full'], telemetry: { powerVolts: 4.5 } },   ['fault', 'power']],
  ])('%s', (_, differs, troubles) => {
    expect(troublesOf({ ...well, ...differs }, MORNING)).toEqual(troubles)
  })

  // biome-ignore format: a table
  test.each([
    [3.9, false], [3.3, true], [5.1, false], [4.6, true], [12.6, false], [11.3, true], [24.5, false], [22, true], [0, true],
  ])('a supply of %s volts is failing: %s', (volts, low) => {
    expect(isPowerLow(volts)).toBe(low)
  })
})

describe('[F31] an open ticket of the system', () => {
  const ticket = (differs: Partial<TicketRow> = {}) => ({
    ...{ kind: 'fault' as const, recoveredAt: null, assignedTo: null, openedBy: null },
    ...differs,
  })
  const away = { ...well, online: false }
  const faulty = { ...well, reports: ['output.failed'] }
  // biome-ignore format: a table
  test.each<[string, Partial<TicketRow>, Condition, Step | undefined]>([
    ['stays while the trouble lasts',                                        {},                                        faulty, undefined],
    ['is marked when the trouble has gone, and waits for a person',          {},                                        well,   'recover'],
    ['is marked once',                                                       { recoveredAt: MORNING },                  well,   undefined],
    ['is marked again when the trouble comes back',                          { recoveredAt: MORNING },                  faulty, 'again'],
    ['stays as it is while nothing can be known of the device',              {},                                        away,   undefined],
    ['closes by itself when a device is back before anybody took it up',     { kind: 'offline' },                       well,   'close'],
    ['waits for whoever took it up',                                         { kind: 'offline', assignedTo: 'tho' },    well,   'recover'],
    ['of a device that has just gone again is let be',                       { kind: 'offline' },                       away,   undefined],
    ['that a person opened is theirs to close',                              { kind: 'manual', openedBy: 'lan' },       well,   undefined],
    ['about the chime is the next chime’s affair',                           { kind: 'chime' },                         well,   undefined],
  ])('%s', (_, differs, condition, step) => {
    // a device that has gone a minute ago
    const now = condition === away ? (well.since ?? 0) + MINUTE : MORNING
    expect(stepOf(ticket(differs), condition, troublesOf(condition, now))).toBe(step)
  })
})
