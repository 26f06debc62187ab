import { describe, expect, test } from 'vitest'
import type { Ticket } from '../../api/network.ts'
import { networkWords } from '../../i18n/vi-network.ts'
import { causeWritten, factsWritten, matching, sortedFor, waitingFor } from './tickets.ts'

const facts: Ticket['facts'] = {
  online: false,
  since: null,
  seenAt: null,
  clockTrusted: true,
  program: '',
  telemetry: null,
  reports: [],
}

const ticket = (id: string, more: Partial<Ticket> = {}): Ticket => ({
  id,
  device: 'd',
  deviceName: 'Cụm 2, ngã ba chợ',
  deviceKind: 'cluster',
  cluster: 'c',
  unit: 'thon-5',
  unitName: 'Thôn 5, Bình Minh',
  kind: 'offline',
  state: 'open',
  openedAt: '2026-11-22T14:20:00+07:00',
  openedBy: null,
  facts,
  assignedTo: null,
  events: [],
  recoveredAt: null,
  closedAt: null,
  closedBy: null,
  cause: null,
  may: { assign: true, close: true },
  ...more,
})

const ky = { person: 'ky', name: 'Kỳ' }
const tickets = [
  ticket('new'),
  ticket('old', { openedAt: '2026-11-20T08:00:00+07:00' }),
  ticket('mine', { state: 'assigned', assignedTo: ky }),
  ticket('other', { state: 'assigned', assignedTo: { person: 'x', name: 'X' } }),
  ticket('done', { state: 'closed', assignedTo: ky, closedAt: '2026-11-21T08:00:00+07:00', cause: 'power' }),
]

describe('tickets', () => {
  test('each stands in one heap, what has waited longest first', () => {
    const heaps = Object.entries(sortedFor(tickets, 'ky')).map(([view, heap]) => [view, heap.map(({ id }) => id)])
    expect(Object.fromEntries(heaps)).toEqual({
      open: ['old', 'new'],
      mine: ['mine'],
      others: ['other'],
      closed: ['done'],
    })
  })

  test('what nobody took and what was given to me waits for me; what is closed or given to others does not', () => {
    expect(waitingFor(tickets, 'ky')).toBe(3)
    expect(waitingFor(tickets, 'somebody')).toBe(2)
  })

  test('a ticket is found by its place without marks', () => {
    expect(matching(tickets, 'nga ba cho').length).toBe(5)
    expect(matching(tickets, 'thon 6')).toEqual([])
  })

  test('what was measured is written as people write it; what was not measured, and what has no word, is not shown', () => {
    const known: Ticket['facts'] = {
      ...facts,
      seenAt: '2026-11-22T14:05:00+07:00',
      telemetry: { signalDbm: -108, powerVolts: 11.4, onMains: false },
      reports: ['output.failed'],
      airing: 'a1',
    }
    const write = {
      number: (value: number, decimals = 0) => value.toFixed(decimals),
      at: (text: string) => text.slice(11, 16),
      report: (code: string) => (code === 'output.failed' ? 'ngõ ra âm thanh hỏng' : code),
    }
    expect(factsWritten(known, networkWords.tickets, write)).toEqual([
      { label: 'Báo lần cuối', value: '14:05' },
      { label: 'Máy báo', value: 'ngõ ra âm thanh hỏng' },
      { label: 'Sóng (dBm)', value: '-108' },
      { label: 'Điện (V)', value: '11.4' },
      { label: 'Điện lưới', value: 'không' },
    ])
  })

  test('the cause is kept in the words that were chosen', () => {
    expect(causeWritten('horn', networkWords.tickets.causes)).toBe('Loa hỏng, tuột dây')
    expect(causeWritten('recovered', networkWords.tickets.causes)).toBe('recovered')
  })
})
