import { topics } from '@loa/protocol'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../../../kernel/refusal.ts'
import { makeKey } from '../../../platform/crypto.ts'
import { type Ask, openTown, type Town } from '../../../scene/town.ts'
import { revoke } from '../commands.ts'
import { enrol, makeCode } from '../index.ts'

const MINUTE = 60_000
let town: Town
let technician: Ask
let officer: Ask
let neighbour: Ask

beforeAll(async () => {
  town = await openTown()
  technician = await town.signIn('tho')
  officer = await town.signIn('lan')
  neighbour = await town.signIn('hoa')
})
afterAll(() => town.close())

type Ticket = {
  id: string
  device: string
  kind: string
  state: string
  facts: Record<string, unknown>
  events: { kind: string; note: string; by: { person: string } | null }[]
  assignedTo: { person: string } | null
  recoveredAt: string | null
  cause: string | null
  may: { assign: boolean; close: boolean }
}
const ticketsOf = async (ask: Ask, query = ''): Promise<Ticket[]> => {
  const { body } = await ask.get(`/api/tickets${query}`)
  return (body as { tickets: Ticket[] }).tickets
}
const of = async (device: string, kind: string): Promise<Ticket | undefined> =>
  (await ticketsOf(technician)).find((each) => each.device === device && each.kind === kind)

/** On to the next half minute at least so much later: the system looks around, and devices that speak are heard. */
const later = async (ms: number): Promise<void> => {
  await town.settled()
  await town.clock.leapTo(Math.ceil((town.clock.now() + ms) / 30_000) * 30_000)
  await town.settled()
}

describe('[F31] a ticket', () => {
  test('opens by itself when a device has been away for a quarter of an hour, with what was last known of it', async () => {
    const device = await town.device('cum-a1')
    await device.hello()
    await town.settled()
    await device.status({ telemetry: { signalDbm: -82, powerVolts: 12.4, onMains: true } })
    await later(1_000)
    await device.status({ online: false, at: null })
    await town.settled()
    await later(14 * MINUTE)
    expect(await of('cum-a1', 'offline')).toBeUndefined()
    await later(MINUTE)
    const ticket = await of('cum-a1', 'offline')
    expect(ticket).toMatchObject({
      state: 'open',
      facts: { online: false, telemetry: { signalDbm: -82, powerVolts: 12.4 } },
    })
    await later(MINUTE)
    expect((await ticketsOf(technician)).filter((each) => each.device === 'cum-a1')).toHaveLength(1)
    await device.status()
    await later(30_000)
    expect(await of('cum-a1', 'offline')).toMatchObject({ state: 'closed', cause: 'recovered' })
    const { body } = await technician.get('/api/clusters/cum-a1')
    const { samples } = (body as { device: { samples: { online: boolean; signalDbm: number | null }[] } }).device
    expect(samples.map(({ online, signalDbm }) => [online, signalDbm])).toEqual([
      [true, -82],
      [false, null],
      [true, null],
    ])
  })

  test('opens for a failing supply and a card that fails, and waits for a person when they mend', async () => {
    const device = await town.device('cum-a2')
    await device.status({ telemetry: { powerVolts: 11.1, onMains: false } })
    await device.report('output.failed')
    await town.settled()
    await later(30_000)
    expect(await of('cum-a2', 'power')).toMatchObject({ state: 'open', facts: { telemetry: { onMains: false } } })
    expect(await of('cum-a2', 'fault')).toMatchObject({ state: 'open', facts: { reports: ['output.failed'] } })
    await device.status({ telemetry: { powerVolts: 12.6, onMains: true } })
    await later(30_000)
    const mended = await of('cum-a2', 'power')
    expect(mended?.state).toBe('open')
    expect(mended?.recoveredAt).not.toBeNull()
    expect(mended?.events.map(({ kind }) => kind)).toEqual(['opened', 'recovered'])
  })

  test('opens for a clock that finds no time', async () => {
    const device = await town.device('cong-a')
    const startedIn2000 = { bootedAt: Date.parse('2000-01-01T00:00:07Z') }
    await device.hello(startedIn2000)
    await town.settled()
    const at = startedIn2000.bootedAt + MINUTE
    await device.status({ at, clockTrusted: false })
    await later(4 * MINUTE)
    await device.status({ at: at + 4 * MINUTE, clockTrusted: false })
    await later(4 * MINUTE)
    expect(await of('cong-a', 'clock')).toBeUndefined()
    await device.status({ at: at + 8 * MINUTE, clockTrusted: false })
    await later(3 * MINUTE)
    expect(await of('cong-a', 'clock')).toMatchObject({ state: 'open', facts: { clockTrusted: false } })
    expect((await technician.get('/api/clusters/x1')).body).toMatchObject({
      device: { id: 'cong-a', clock: 'doubted' },
    })
  })

  test('is opened by anybody of the commune, given to somebody, worked on, and closed with its cause', async () => {
    const { status, body } = await officer.post('/api/tickets', { device: 'cum-a1', note: 'Bà con nói loa rè' })
    expect(status).toBe(200)
    const { id, may } = body as Ticket
    expect(may).toEqual({ assign: false, close: false })
    expect((await officer.post(`/api/tickets/${id}/close`, { cause: 'x', note: '' })).status).toBe(403)
    const again = (await officer.post('/api/tickets', { device: 'cum-a1', note: 'Vẫn rè' })).body as Ticket
    expect(again.id).toBe(id)
    expect((await technician.post(`/api/tickets/${id}/assign`, { person: 'hoa' })).body).toMatchObject({
      refused: 'ticket.personElsewhere',
    })
    expect((await technician.post(`/api/tickets/${id}/assign`, { person: 'tho' })).body).toMatchObject({
      state: 'assigned',
      assignedTo: { person: 'tho' },
    })
    await technician.post(`/api/tickets/${id}/note`, { note: 'Đã thay dây' })
    const closed = (await technician.post(`/api/tickets/${id}/close`, { cause: 'Dây loa đứt', note: '' }))
      .body as Ticket
    expect(closed).toMatchObject({ state: 'closed', cause: 'Dây loa đứt' })
    expect(closed.events.map(({ kind }) => kind)).toEqual(['opened', 'noted', 'assigned', 'noted', 'closed'])
    expect((await technician.post(`/api/tickets/${id}/note`, { note: 'nữa' })).body).toMatchObject({
      refused: 'ticket.closed',
    })
  })

  test('of another commune does not exist, for every verb', async () => {
    const ticket = await of('cum-a2', 'fault')
    if (ticket === undefined) throw new Error('no ticket')
    expect(await ticketsOf(neighbour)).toEqual([])
    const asked = [
      await neighbour.get(`/api/tickets/${ticket.id}`),
      await neighbour.get('/api/tickets?unit=xa-a'),
      await neighbour.post('/api/tickets', { device: 'cum-a1', note: 'rè' }),
      await neighbour.post(`/api/tickets/${ticket.id}/assign`, { person: 'hoa' }),
      await neighbour.post(`/api/tickets/${ticket.id}/note`, { note: 'x' }),
      await neighbour.post(`/api/tickets/${ticket.id}/close`, { cause: 'x', note: '' }),
    ]
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
  })
})

const enrolOnce = async (id: string) => {
  const code = await makeCode(town.ctx, id, null)
  if (isRefusal(code)) throw new Error(code.refused)
  const enrolled = await enrol(town.ctx, { code: code.code, key: makeKey().key, program: 'thử' })
  if (isRefusal(enrolled)) throw new Error(enrolled.refused)
  return enrolled
}

/** A machine connects with an identity and says hello; `pushedOff` resolves when the broker ends its connection. */
const connected = async (
  { device, secret, mqttUrl, epoch }: Awaited<ReturnType<typeof enrolOnce>>,
  { bootedAt, program }: { bootedAt: number; program: string },
) => {
  const signIn = { clientId: device, username: device, password: secret, reconnectPeriod: 0 }
  const client = await connectAsync(mqttUrl, { protocolVersion: 4, ...signIn })
  client.on('error', () => undefined)
  const pushedOff = new Promise<void>((resolve) => void client.once('close', () => resolve()))
  const hello = { v: 1, device, nonce: 'n'.repeat(22), epoch, program, output: 'alsa', bootedAt }
  await client.publishAsync(topics.hello(device), JSON.stringify(hello), { qos: 1 })
  await town.settled()
  return { pushedOff, leave: () => client.endAsync(true) }
}

describe('[F9] two machines with one identity', () => {
  test('push one another off the line; a ticket says so and tells them apart', async () => {
    const identity = await enrolOnce('cum-a1')
    const first = { bootedAt: town.clock.now() - 60 * MINUTE, program: 'máy ở thôn' }
    const second = { bootedAt: town.clock.now() - 30 * MINUTE, program: 'máy chép' }
    let last = await connected(identity, first)
    for (const machine of [second, first, second]) {
      const next = await connected(identity, machine)
      await last.pushedOff
      last = next
    }
    await later(1000)
    const ticket = await of('cum-a1', 'doubled')
    const boots = ticket?.facts.boots as { program: string }[]
    expect(boots.map(({ program }) => program).sort()).toEqual(['máy chép', 'máy ở thôn'])
    await last.leave()
  })
})

describe('[F9] a broken machine that is replaced', () => {
  test('can do nothing from that moment; its place keeps its clusters and its history, and the next machine has the next epoch', async () => {
    const old = await enrolOnce('cum-a2')
    const { body } = await technician.post('/api/devices/cum-a2/replace', { note: 'Sét đánh' })
    const { code, url } = body as { code: string; url: string }
    expect(url).toBe(`${town.server.url}/ghep#${code}`)
    const shown = { headers: { authorization: `Bearer ${old.device}.${old.secret}` } }
    expect((await fetch(`${town.server.url}/api/device/sounds/${'0'.repeat(64)}`, shown)).status).toBe(401)
    const sheet = (await technician.get('/api/clusters/cum-a2')).body as { parts: object[]; device: object }
    expect(sheet.parts[0]).toMatchObject({ epoch: old.epoch, note: 'Sét đánh', by: { person: 'tho' } })
    expect(sheet.device).toMatchObject({ replacingSince: expect.any(String) })
    const next = await enrol(town.ctx, { code, key: makeKey().key, program: 'máy mới' })
    expect(next).toMatchObject({ device: 'cum-a2', epoch: old.epoch + 1 })
    const after = (await technician.get('/api/clusters/cum-a2')).body as { parts: object[]; cluster: object }
    expect(after.parts.slice(0, 2)).toMatchObject([
      { epoch: old.epoch + 1, removedAt: null, program: 'máy mới' },
      { epoch: old.epoch, note: 'Sét đánh' },
    ])
    expect(after).toMatchObject({ device: { replacingSince: null } })
    expect((await neighbour.post('/api/devices/cum-a2/replace', {})).status).toBe(404)
    expect((await officer.post('/api/devices/cum-a2/replace', {})).status).toBe(403)
    const open = await technician.post('/api/tickets', { device: 'cum-a2', note: 'Cột đổ' })
    await revoke(town.ctx, 'cum-a2', 'tho')
    expect((await technician.get(`/api/tickets/${(open.body as Ticket).id}`)).body).toMatchObject({
      state: 'closed',
      cause: 'revoked',
    })
  })
})
