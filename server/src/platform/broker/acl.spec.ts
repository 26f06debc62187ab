import { describe, expect, it } from 'vitest'
import { deviceMayPublish, deviceMaySubscribe, deviceMayUseClientId } from './acl.ts'

describe('[F9] what the broker lets a device do', () => {
  it.each([
    // topic                      allowed
    ['loa/v1/up/d1/hello', true],
    ['loa/v1/up/d1/receipt', true],
    ['loa/v1/up/d1/report', true],
    ['loa/v1/up/d1/status', true],
    ['loa/v1/up/d1/ack', false],
    ['loa/v1/up/d1/config', false],
    ['loa/v1/up/d2/receipt', false],
    ['loa/v1/up/d1/receipt/more', false],
    ['loa/v1/up/d1/order', false],
    ['loa/v1/unit/thon-1/order', false],
    ['loa/v1/unit/thon-1/roster', false],
    ['$SYS/anything', false],
    ['', false],
  ] as const)('device d1 publishes to %s: %s', (topic, allowed) => {
    expect(deviceMayPublish('d1', topic)).toBe(allowed)
  })

  it.each([
    ['loa/v1/unit/thon-1/+', true],
    ['loa/v1/unit/thon-1/order', true],
    ['loa/v1/unit/+/#', true],
    ['loa/v1/up/d1/ack', true],
    ['loa/v1/up/d1/config', true],
    ['loa/v1/up/d1/order', true],
    ['loa/v1/up/d2/order', false],
    ['loa/v1/up/d1/receipt', false],
    ['loa/v1/up/d1/+', false],
    ['loa/v1/up/+/ack', false],
    ['loa/v1/up/d2/ack', false],
    ['loa/v1/#', false],
    ['#', false],
    ['+/v1/unit/thon-1/order', false],
    ['$SYS/#', false],
    ['loa/v1/unit/a/b/c/d/e/f/g/h', false],
  ] as const)('device d1 subscribes to %s: %s', (filter, allowed) => {
    expect(deviceMaySubscribe('d1', filter)).toBe(allowed)
  })

  it.each([
    ['d1', true],
    ['d1/2', false],
    ['d1-live', false],
    ['', true],
    ['d2', false],
    ['d10', false],
  ] as const)('device d1 connects under the client id "%s": %s', (clientId, allowed) => {
    expect(deviceMayUseClientId('d1', clientId)).toBe(allowed)
  })
})
