import type { Receipt } from '@loa/protocol'
import { describe, expect, test } from 'vitest'
import { clockHolds, isWellSigned, judgeReceipt, type Known, readArrived, summarise, type Tally } from './model.ts'

const NOON = Date.parse('2026-11-22T12:00:00+07:00')
const MINUTE = 60_000

const receipt: Receipt = {
  v: 1,
  id: 'cum-1.1.7',
  device: 'cum-1',
  epoch: 1,
  counter: 7,
  airing: 'A1',
  release: 'R1',
  unit: 'thon-1',
  outcome: 'completed',
  reason: null,
  startedAt: NOON,
  endedAt: NOON + MINUTE,
  clockTrusted: true,
  secondsWritten: 60,
  levelDbfs: -18,
  volume: 80,
  output: 'null',
  sounds: [],
}
const key = { id: '0'.repeat(32), alg: 'ed25519', public: 'A'.repeat(44) } as const
const allKnown: Known = { deviceKnown: true, key, signatureHolds: true, airingRelease: 'R1' }

describe('whose word a receipt is comes before what it says', () => {
  // title, what differs in the receipt, what differs in what we know, outcome, acknowledged
  const cases: [string, Partial<Receipt>, Partial<Known>, string, boolean][] = [
    ['a device’s word about an airing of ours is taken', {}, {}, 'take', true],
    [
      'a receipt of silence is taken as well',
      { outcome: 'silent', startedAt: null, secondsWritten: 0 },
      {},
      'take',
      true,
    ],
    ['one sent under another device’s topic', { device: 'cum-2', id: 'cum-2.1.7' }, {}, 'receipt.foreign', false],
    ['one whose id is not made of its parts', { counter: 8 }, {}, 'receipt.foreign', false],
    ['a device nobody knows', {}, { deviceKnown: false, key: undefined }, 'receipt.deviceUnknown', false],
    [
      'a key of a time we know nothing of',
      { epoch: 3, id: 'cum-1.3.7' },
      { key: undefined },
      'receipt.epochUnknown',
      false,
    ],
    ['a forged signature', {}, { signatureHolds: false }, 'receipt.badSignature', false],
    [
      'a forged receipt of an unknown airing',
      {},
      { signatureHolds: false, airingRelease: undefined },
      'receipt.badSignature',
      false,
    ],
    ['an airing that a restored database lost', {}, { airingRelease: undefined }, 'receipt.airingUnknown', true],
    ['an airing of another release', {}, { airingRelease: 'R2' }, 'receipt.releaseForeign', true],
  ]
  test.each(cases)('%s', (_, differs, unknown, expected, acknowledged) => {
    const judged = judgeReceipt('cum-1', { ...receipt, ...differs }, { ...allKnown, ...unknown })
    expect(judged).toBe(expected)
    expect(judged === 'take' || isWellSigned(judged)).toBe(acknowledged)
  })
})

describe('reading what arrives', () => {
  const envelope = (body: unknown) =>
    JSON.stringify({ body: JSON.stringify(body), signatures: [{ key: '0'.repeat(32), value: 'A'.repeat(88) }] })
  const topic = 'loa/v1/up/cum-1/receipt'
  const cases: [string, string, string, 'read' | 'malformed' | 'ignored'][] = [
    ['a receipt on its topic', topic, envelope(receipt), 'read'],
    ['another topic', 'loa/v1/up/cum-1/status', envelope(receipt), 'ignored'],
    ['a topic that is none', 'loa/v1/up/../receipt', envelope(receipt), 'ignored'],
    ['no JSON', topic, '\u0000{', 'malformed'],
    ['an envelope without a receipt', topic, envelope({ hello: 1 }), 'malformed'],
    ['one key too many', topic, envelope({ ...receipt, extra: 1 }), 'malformed'],
    ['more seconds than eight half-hour versions', topic, envelope({ ...receipt, secondsWritten: 1e9 }), 'malformed'],
    ['an empty payload', topic, '', 'malformed'],
  ]
  test.each(cases)('%s', (_, where, payload, expected) => {
    const read = readArrived({ topic: where, payload, at: NOON })
    expect(read === undefined ? 'ignored' : read.receipt === undefined ? 'malformed' : 'read').toBe(expected)
  })
})

describe('a device’s clock', () => {
  const cases: [string, Partial<Receipt>, number, boolean][] = [
    ['in time is believed', {}, NOON + 2 * MINUTE, true],
    ['is believed three days later, when the line came back', {}, NOON + 3 * 86_400_000, true],
    ['the device itself does not trust is not', { clockTrusted: false }, NOON + 2 * MINUTE, false],
    ['an hour ahead is not', { startedAt: NOON + 60 * MINUTE, endedAt: NOON + 61 * MINUTE }, NOON + 2 * MINUTE, false],
    ['that starts before the airing was due is not', { startedAt: NOON - 60 * MINUTE }, NOON + 2 * MINUTE, false],
    ['at the year 1970 is not', { startedAt: 1000, endedAt: 2000 }, NOON + 2 * MINUTE, false],
    ['that ends before it starts is not', { startedAt: NOON + 60 * MINUTE, endedAt: NOON }, NOON + 90 * MINUTE, false],
  ]
  test.each(cases)('%s', (_, differs, receivedAt, expected) => {
    expect(clockHolds({ ...receipt, ...differs }, { airingAt: NOON, receivedAt })).toBe(expected)
  })
})

describe('[F13] how an airing was heard', () => {
  const cluster = (device: string) => ({ device, kind: 'cluster' as const, own: 1, behind: 0 })
  const gateway = (device: string, behind: number) => ({ device, kind: 'gateway' as const, own: 0, behind })
  type How = 'whole' | 'cut' | 'none'
  const said = (device: string, how: How, firstAt: number | null = how === 'none' ? null : NOON + 400) => ({
    airing: 'A1',
    device,
    completed: how === 'whole',
    sounded: how !== 'none',
    firstAt,
  })
  const reached = [cluster('c1'), cluster('c2'), cluster('c3'), gateway('g1', 12), gateway('g2', 30), gateway('g3', 7)]
  const all = ['c1', 'c2', 'c3', 'g1', 'g2', 'g3']

  // title, words; own: reported/partial/silent/unknown; behind: the same; gateways: the same; first sound
  type Row = [string, ReturnType<typeof said>[], string, string, string, number | null]
  const rows: Row[] = [
    ['nobody has said anything', [], '0/0/0/3', '0/0/0/49', '0/0/0/3', null],
    [
      'one cluster and one gateway',
      [said('c1', 'whole'), said('g1', 'whole', NOON + 900)],
      '1/0/0/2',
      '12/0/0/37',
      '1/0/0/2',
      400,
    ],
    [
      'a cluster that was cut off has not reported it whole',
      [said('c1', 'cut')],
      '0/1/0/2',
      '0/0/0/49',
      '0/0/0/3',
      400,
    ],
    ['a gateway that was cut off', [said('g1', 'cut')], '0/0/0/3', '0/12/0/37', '0/1/0/2', 400],
    ['a cluster kept silent', [said('c1', 'none')], '0/0/1/2', '0/0/0/49', '0/0/0/3', null],
    ['a gateway kept silent', [said('g2', 'none')], '0/0/0/3', '0/0/30/19', '0/0/1/2', null],
    [
      'a clock that is not trusted says nothing about the first sound',
      [said('c1', 'whole', null)],
      '1/0/0/2',
      '0/0/0/49',
      '0/0/0/3',
      null,
    ],
    ['a page that played it does not count', [said('page-1', 'whole')], '0/0/0/3', '0/0/0/49', '0/0/0/3', null],
    ['everybody to the end', all.map((device) => said(device, 'whole')), '3/0/0/0', '49/0/0/0', '3/0/0/0', 400],
    ['everybody cut off', all.map((device) => said(device, 'cut')), '0/3/0/0', '0/49/0/0', '0/3/0/0', 400],
  ]
  test.each(rows)('%s', (_, words, own, behind, gateways, first) => {
    const heard = summarise(NOON, reached, words)
    const { devices, behindGateway } = heard.clusters
    const shown = ({ reported, partial, silent, unknown }: Tally) => `${reported}/${partial}/${silent}/${unknown}`
    expect(shown(devices)).toBe(own)
    expect(shown({ ...behindGateway, reported: behindGateway.gatewayReported })).toBe(behind)
    expect(shown(heard.gateways)).toBe(gateways)
    expect(heard.firstSoundMs).toBe(first)
    expect([heard.clusters.total, devices.total, behindGateway.total, heard.gateways.total]).toEqual([52, 3, 49, 3])
  })
})
