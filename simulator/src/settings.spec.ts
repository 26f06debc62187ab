import { describe, expect, it } from 'vitest'
import { noFaults } from './faults.ts'
import { readSettings } from './settings.ts'

describe('[F13] what the simulator is asked for', () => {
  it('is a town of so many gateways and clusters on the server of this machine', () => {
    expect(readSettings(['--gateways', '22', '--clusters', '554'])).toMatchObject({
      server: 'http://127.0.0.1:8080',
      gateways: 22,
      clusters: 554,
      faults: noFaults,
    })
  })

  it('loss is in percent, speed in kbit/s', () => {
    const args = '--loss 1 --slow 64 --reboots 30 --clock-error 5000 --stalled 500 --seed 7'.split(' ')
    expect(readSettings(args)).toMatchObject({
      stalled: 500,
      faults: { seed: 7, loss: 0.01, bitsPerSecond: 64_000, rebootsPerMinute: 30, clockErrorMs: 5_000 },
    })
  })

  it.each([
    ['--clusters', '-1', 'settings.help'],
    ['--clusters', 'many', 'settings.wrong'],
    ['--clusters', '1000000', 'settings.wrong'],
    ['--loss', '51', 'settings.wrong'],
    ['--seed', '', 'settings.wrong'],
    ['--clustres', '5', 'settings.help'],
  ])('%s %s is refused: %s', (name, value, refused) => {
    expect(readSettings([name, value])).toMatchObject({ refused })
  })
})
