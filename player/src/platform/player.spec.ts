import { topics } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import {
  accounted,
  begun,
  boot,
  broker,
  brokerReturns,
  cached,
  clock,
  device,
  holding,
  minute,
  noon,
  onAPole,
  player,
  playing,
  ready,
  said,
  second,
  town,
  until,
} from './pole.ts'
import { sign } from './town.ts'

onAPole()

describe('what is approved is heard, and accounted for', () => {
  it('[F13] an order is heard at once; its receipt says how long and how loud, and is forgotten when it is safe', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(12))
    await broker.order(town.order(candidate))
    await begun()
    await clock.turn(13 * second)
    await accounted('release-1 completed')
    const [receipt] = broker.receipts()
    expect(receipt).toMatchObject({
      startedAt: noon,
      endedAt: noon + 12 * second,
      secondsWritten: 12,
      volume: 80,
      clockTrusted: true,
      output: 'virtual',
      unit: 'commune',
      sounds: [candidate.versions[0]?.sound],
    })
    // A sine of half the scale, at a volume of 80 %: −6 − 3 − 2 dB.
    expect(receipt?.levelDbfs).toBeCloseTo(-11, 0)
    await until(() => player?.state().receiptsWaiting === 0)
  })

  it('[F11] a schedule is kept with the network gone, and its receipts come when the network does, each once', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5), { playsMax: 9 })
    await broker.manifest(
      town.manifest({
        airings: [town.airing(candidate, noon + minute), town.airing(candidate, noon + 5 * minute)],
        releases: [town.approved(candidate)],
      }),
    )
    await cached(candidate)
    const { port } = broker
    await broker.close()
    await until(() => player?.state().online === false)
    await clock.turn(minute)
    await begun()
    await clock.turn(4 * minute)
    await begun(2)
    await clock.turn(minute)
    await until(() => player?.state().receiptsWaiting === 2)
    await brokerReturns(port)
    await accounted('release-1 completed', 'release-1 completed')
    await until(() => player?.state().receiptsWaiting === 0)
  })

  it('[F11] a schedule survives a restart without network, where the device has a clock of its own', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5))
    await broker.manifest(holding([candidate], noon + minute))
    await cached(candidate)
    await player?.stop()
    const { port } = broker
    await broker.close()
    await boot({ rtc: true })
    await clock.turn(minute)
    await begun()
    await clock.turn(minute)
    await until(() => player?.state().receiptsWaiting === 1)
    await brokerReturns(port)
    await accounted('release-1 completed')
  })

  it('[F9] an airing plays once, however often and in whatever form it comes again', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5), { playsMax: 9 })
    const order = town.order(candidate)
    await broker.order(order)
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
    const manifest = town.manifest({ airings: [order.airing], releases: [order.release] })
    await broker.manifest(manifest)
    await broker.order({ ...order, seq: order.seq + 9 })
    await player?.stop()
    await ready()
    await clock.turn(minute)
    const other = town.candidate(await town.sound(3))
    await broker.order(town.order(other, { seq: 99 }))
    await begun(2)
    await clock.turn(minute)
    await accounted('release-1 completed', 'release-2 completed')
  })

  it('[F9] a release plays no more often than was signed', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(2), { playsMax: 2 })
    const airings = [1, 2, 3].map((at) => town.airing(candidate, noon + at * minute))
    await broker.manifest(town.manifest({ airings, releases: [town.approved(candidate)] }))
    await cached(candidate)
    for (const times of [1, 2]) {
      await clock.turn(minute)
      await begun(times)
      await clock.turn(5 * second)
      await playing()
    }
    await clock.turn(minute)
    await accounted('release-1 completed', 'release-1 completed', 'release-1 silent candidate.playsUsedUp')
  })

  it('[F13] a receipt is sent again every thirty seconds until the server has it', async () => {
    broker.acknowledges = false
    await ready()
    await broker.order(town.order(town.candidate(await town.sound(2))))
    await begun()
    await clock.turn(3 * second)
    const sent = () => broker.heard.filter(({ topic }) => topic === topics.receipt(device)).length
    await until(() => sent() === 1)
    await clock.turn(31 * second)
    await until(() => sent() === 2)
    broker.acknowledges = true
    await clock.turn(31 * second)
    await until(() => player?.state().receiptsWaiting === 0)
  })

  it.each([
    ['nobody', () => []],
    ['the root key, which acknowledges nothing', () => [town.root]],
    ['an approver', () => [town.approver]],
  ])('[F9] an acknowledgement signed by %s makes a device forget nothing', async (_who, signers) => {
    broker.acknowledges = false
    await ready()
    await broker.order(town.order(town.candidate(await town.sound(1))))
    await begun()
    await clock.turn(minute)
    await until(() => player?.state().receiptsWaiting === 1)
    const ids = broker.receipts().map(({ id }) => id)
    const body = JSON.stringify({ v: 1, kind: 'receipts', device, ids })
    await broker.publish(topics.ack(device), sign('ack', body, ...signers()))
    await until(() =>
      broker.heard.some(
        ({ topic, payload }) => topic === topics.report(device) && payload.includes('ack.badSignature'),
      ),
    )
    expect(player?.state().receiptsWaiting).toBe(1)
  })
})

describe('[F13] receipts are numbered once', () => {
  it('also by a device that has lost its journal: its numbers begin anew where none was used', async () => {
    await ready({ countFrom: 5_000_000_000 })
    await broker.order(town.order(town.candidate(await town.sound(1))))
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
    await player?.stop()
    // With its journal it goes on from there, whatever it is told to begin with.
    await ready({ countFrom: 9_000_000_000 })
    await broker.order(town.order(town.candidate(await town.sound(1, 0.3))))
    await begun(2)
    await clock.turn(minute)
    await accounted('release-1 completed', 'release-2 completed')
    expect(broker.receipts().map(({ id }) => id)).toEqual(['loa-1.1.5000000001', 'loa-1.1.5000000002'])
  })
})

describe('[F6] classes', () => {
  it('an emergency interrupts a programme, and the programme resumes where it was', async () => {
    await ready()
    const programme = town.candidate(await town.sound(60))
    await broker.order(town.order(programme))
    await begun()
    await clock.turn(20 * second)
    const emergency = town.candidate(await town.sound(5), { class: 'emergency' })
    await broker.order(town.order(emergency))
    await playing(emergency)
    await begun(2)
    await clock.turn(6 * second)
    await playing(programme)
    await begun(3)
    await clock.turn(minute)
    await accounted('release-1 preempted higherClass', 'release-2 completed', 'release-1 completed')
    const seconds = broker
      .receipts()
      .toSorted((a, b) => a.counter - b.counter)
      .map(({ secondsWritten }) => secondsWritten)
    expect(seconds).toEqual([20, 5, 40])
  })

  it('a priority item interrupts a normal one, which is not taken up again', async () => {
    await ready()
    const normal = town.candidate(await town.sound(60))
    await broker.order(town.order(normal))
    await begun()
    await clock.turn(20 * second)
    const priority = town.candidate(await town.sound(5), { class: 'priority' })
    await broker.order(town.order(priority))
    await playing(priority)
    await begun(2)
    await clock.turn(minute)
    await accounted('release-1 preempted higherClass', 'release-2 completed')
    expect(player?.state().playing).toBeNull()
  })

  it('equal classes are heard one after the other', async () => {
    await ready()
    const [first, then] = [town.candidate(await town.sound(5)), town.candidate(await town.sound(5, 0.3))]
    await broker.manifest(holding([first, then], noon + minute))
    await until(() => player?.state().soundsCached === 2)
    await clock.turn(minute)
    await begun()
    await clock.turn(6 * second)
    await begun(2)
    await clock.turn(6 * second)
    await accounted('release-1 completed', 'release-2 completed')
  })
})

describe('[F14] silence is always allowed', () => {
  it('one airing is stopped while it sounds', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(60))
    const order = town.order(candidate)
    await broker.order(order)
    await begun()
    await clock.turn(10 * second)
    await broker.stop(order.airing.id)
    await accounted('release-1 stopped airing.stopped')
    expect(broker.receipts()[0]?.secondsWritten).toBe(10)
  })

  it('everything is stopped: what sounds, and what waits behind it', async () => {
    await ready()
    const [first, then] = [town.candidate(await town.sound(60)), town.candidate(await town.sound(5))]
    await broker.manifest(holding([first, then], noon + second))
    await until(() => player?.state().soundsCached === 2)
    await clock.turn(second)
    await begun()
    await clock.turn(10 * second)
    await broker.stop(null)
    await accounted('release-1 stopped airing.stopped', 'release-2 silent airing.stopped')
  })

  it('what a later manifest no longer holds does not sound', async () => {
    await ready()
    const [dropped, kept] = [town.candidate(await town.sound(5)), town.candidate(await town.sound(5, 0.3))]
    await broker.manifest(holding([dropped, kept], noon + minute))
    await until(() => player?.state().soundsCached === 2)
    await broker.manifest(holding([kept], noon + minute))
    await until(() => said.length > 0)
    await broker.order(town.order(town.candidate(await town.sound(1))))
    await begun()
    await clock.turn(minute)
    await begun(2)
    await clock.turn(minute)
    await accounted('release-3 completed', 'release-2 completed')
  })
})

describe('[F31] a status', () => {
  it('says what the hardware measures now, and how far the own clock is from the server’s', async () => {
    let volts = 12.4
    broker.tells = clock.now() + 90_000
    await ready({}, { telemetry: () => ({ powerVolts: volts }) })
    await until(() => broker.statuses().some(({ telemetry }) => telemetry?.clockErrorMs === -90_000))
    expect(broker.statuses()[0]?.telemetry).toMatchObject({ powerVolts: 12.4 })
    volts = 11.1
    await clock.turn(minute)
    await until(() => broker.statuses().some(({ telemetry }) => telemetry?.powerVolts === 11.1))
  })
})
