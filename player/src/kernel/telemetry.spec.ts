import { telemetrySchema } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import { type BoardFiles, telemetryOf } from './telemetry.ts'

const wireless = (
  line: string,
): string => `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
${line}
`

describe('[F31] what a board measures of itself', () => {
  // biome-ignore format: a table
  it.each<[string, Partial<BoardFiles>, object]>([
    ['the radio link in dBm',                      { wireless: wireless(' wlan0: 0000   54.  -56.  -256        0      0') }, { signalDbm: -56 }],
    ['the radio link as an unsigned byte',         { wireless: wireless(' wlan0: 0000   54.  200.  0        0      0') },     { signalDbm: -56 }],
    ['no radio link where no interface is up',     { wireless: wireless('') },                                                {}],
    ['the voltage of its battery, and that it runs from it',
      { supplies: [{ type: 'Mains', online: '0\n' }, { type: 'Battery', microvolts: '11870000\n', status: 'Discharging\n' }] }, { powerVolts: 11.87, onMains: false }],
    ['mains, where they are there',                { supplies: [{ type: 'USB', online: '1\n', microvolts: '5080000' }] },     { powerVolts: 5.08, onMains: true }],
    ['a battery alone that is being filled',       { supplies: [{ type: 'Battery', status: 'Charging' }] },                   { onMains: true }],
    ['its temperature',                            { millidegrees: '48312\n' },                                               { temperatureC: 48.3 }],
    ['nothing of a sensor that says nonsense',     { millidegrees: '999999999', supplies: [{ microvolts: 'n/a' }] },          {}],
    ['nothing, where there is nothing',            {},                                                                        {}],
  ])('%s', (_, files, telemetry) => {
    const told = telemetryOf({ supplies: [], ...files })
    expect(told).toEqual(telemetry)
    expect(telemetrySchema.safeParse(told).success).toBe(true)
  })
})
