import { describe, expect, it } from 'vitest'
import { parseTopic, subscriptionsOf, topics } from './topics.ts'

describe('topics', () => {
  it.each([
    [topics.roster('u1'), 'unit', 'u1', 'roster'],
    [topics.manifest('u1'), 'unit', 'u1', 'manifest'],
    [topics.order('u1'), 'unit', 'u1', 'order'],
    [topics.stop('u1'), 'unit', 'u1', 'stop'],
    [topics.config('d1'), 'up', 'd1', 'config'],
    [topics.deviceOrder('d1'), 'up', 'd1', 'order'],
    [topics.ack('d1'), 'up', 'd1', 'ack'],
    [topics.hello('d1'), 'up', 'd1', 'hello'],
    [topics.receipt('d1'), 'up', 'd1', 'receipt'],
    [topics.status('d1'), 'up', 'd1', 'status'],
    [topics.report('d1'), 'up', 'd1', 'report'],
  ])('%s is read back as what it was made of', (topic, scope, id, leaf) => {
    expect(parseTopic(topic)).toEqual({ scope, id, leaf })
  })

  it.each([
    '',
    'loa/v2/unit/u1/order',
    'loa/v1/group/u1/order',
    'loa/v1/unit//order',
    'loa/v1/unit/u1',
    'loa/v1/unit/u1/order/more',
    'loa/v1/unit/u1/+',
    'loa/v1/unit/#',
    'loa/v1/unit/u 1/order',
    'loa/v1/unit/../order',
    `loa/v1/unit/${'u'.repeat(65)}/order`,
    'x/loa/v1/unit/u1/order',
  ])('"%s" is none of ours', (topic) => {
    expect(parseTopic(topic)).toBeUndefined()
  })

  it('a device asks for what is its own and for its units, and for nothing of another device', () => {
    expect(subscriptionsOf('d1', ['u1', 'u2'])).toEqual([
      'loa/v1/up/d1/config',
      'loa/v1/up/d1/ack',
      'loa/v1/up/d1/order',
      'loa/v1/unit/u1/+',
      'loa/v1/unit/u2/+',
    ])
  })
})
