import { describe, expect, it } from 'vitest'
import { enrolmentIn } from './enrolment.ts'

const CODE = 'K7QM-2XWB-90FD-HTZA'

describe('[F9] what a technician hands to a device', () => {
  // biome-ignore format: a table
  it.each([
    ['a code beside the address of the server',    CODE,                                      'http://192.168.1.5:8080', 'http://192.168.1.5:8080', CODE],
    ['the address of a QR code alone',             `https://loa.xa.vn/ghep#${CODE}`,          undefined,                 'https://loa.xa.vn',       CODE],
    ['one with a port and a path',                 `http://10.0.0.2:8080/loa/ghep#${CODE}\n`, undefined,                 'http://10.0.0.2:8080/loa', CODE],
    ['one beside an address that is nearer',       `https://loa.xa.vn/ghep#${CODE}`,          'http://10.0.0.2',         'http://10.0.0.2',         CODE],
    ['an address without a code is no code',       'https://loa.xa.vn/ghep',                  undefined,                 undefined,                 'https://loa.xa.vn/ghep'],
    ['nothing',                                    undefined,                                 undefined,                 undefined,                 undefined],
  ])('%s', (_, enrol, server, at, code) => {
    expect(enrolmentIn(enrol, server)).toEqual({ server: at, code })
  })
})
