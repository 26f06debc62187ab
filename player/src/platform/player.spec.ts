import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Candidate, instantOf, type Manifest, topics } from '@loa/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPlayer, type Player } from '../player.ts'
import type { Identity, LogLine, PlayerPorts } from '../ports.ts'
import { openJournalFile } from './journal-file.ts'
import { keysFrom, makePrivateKey, random } from './keys.ts'
import { createMqttLink } from './mqtt-link.ts'
import { createVirtualOutput } from './outputs/null.ts'
import { openSoundFolder } from './sound-folder.ts'
import { sha256, sign, Town, TownBroker, toneOf } from './town.ts'
import { createTurnedClock, type TurnedClock } from './turned-clock.ts'

const noon = instantOf('2026-11-22', '12:00')
const second = 1_000
const minute = 60_000
const device = 'loa-1'
const privateKey = makePrivateKey()

let folder = ''
let clock: TurnedClock
let town: Town
let broker: TownBroker
let brokerUrl = ''
let player: Player | undefined
let said: LogLine[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-player-'))
  clock = createTurnedClock(noon)
  town = new Town(clock)
  broker = await TownBroker.open(town, clock)
  brokerUrl = broker.url
  said = []
})

afterEach(async () => {
  await player?.stop()
  player = undefined
  expect(clock.waiting()).toBe(0)
  await broker.close()
  await rm(folder, { recursive: true })
})

const boot = async (identity: Partial<Identity> = {}, ports: Partial<PlayerPorts> = {}): Promise<Player> => {
  player = createPlayer(town.identity(device, identity), {
    clock,
    link: createMqttLink({ url: brokerUrl, device, secret: 'secret' }),
    fetchSound: town.fetchSound,
    sounds: await openSoundFolder({ folder: join(folder, 'sounds') }),
    journal: openJournalFile({ path: join(folder, 'journal.jsonl') }).of(device),
    output: createVirtualOutput(clock),
    keys: keysFrom(privateKey),
    random,
    log: (line) => said.push(line),
    prefetchJitterMs: 0,
    ...ports,
  })
  await player.start()
  return player
}

/** A device that knows the time, its roster and its configuration. */
const ready = async (identity: Partial<Identity> = {}, ports: Partial<PlayerPorts> = {}): Promise<Player> => {
  await broker.roster(town.roster())
  await broker.config(town.config(device))
  const booted = await boot(identity, ports)
  await until(() => booted.state().clockTrusted && broker.statuses().some(({ clockTrusted }) => clockTrusted))
  return booted
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition(), said.map(({ code }) => code).join(' ')).toBe(true), {
    timeout: 10_000,
    interval: 5,
  })

const playing = (candidate?: Candidate): Promise<void> =>
  until(() =>
    candidate ? (player?.state().playing?.includes(candidate.release) ?? false) : player?.state().playing === null,
  )
const begun = (times = 1): Promise<void> =>
  until(() => said.filter(({ code }) => code === 'airing.started').length >= times)

/** The receipts so far, in the order of their counters, as words. */
const accounts = (): string[] =>
  broker
    .receipts()
    .toSorted((a, b) => a.counter - b.counter)
    .map(({ release, outcome, reason }) => `${release} ${outcome}${reason ? ` ${reason}` : ''}`)
const accounted = async (...expected: readonly string[]): Promise<void> => {
  await vi.waitFor(() => expect(accounts()).toEqual(expected), { timeout: 10_000, interval: 5 })
}

const cached = (candidate: Candidate): Promise<void> =>
  until(() => (player?.state().soundsCached ?? 0) > 0 && candidate.versions.length > 0)

const holding = (candidates: readonly Candidate[], at: number, more: Partial<Manifest> = {}): Manifest =>
  town.manifest({
    airings: candidates.map((candidate) => town.airing(candidate, at)),
    releases: candidates.map((candidate) => town.approved(candidate)),
    ...more,
  })

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
    broker = await TownBroker.open(town, clock, port)
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
    broker = await TownBroker.open(town, clock, port)
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

describe('[F9][F10] the device is the last guard', () => {
  it('a broker that invents an order is met with silence and a report', async () => {
    await ready()
    const order = town.order(town.candidate(await town.sound(5)))
    await broker.publish(topics.order('commune'), sign('order', JSON.stringify(order), town.stranger))
    await until(() => broker.reports().includes('order.badSignature'))
    expect(player?.state().playing).toBeNull()
    expect(accounts()).toEqual([])
  })

  it('an order that is played back is met with silence and a report', async () => {
    await ready()
    const [old, next] = [
      town.order(town.candidate(await town.sound(2))),
      town.order(town.candidate(await town.sound(2))),
    ]
    await broker.order(next)
    await begun()
    await clock.turn(minute)
    await broker.order(old)
    await until(() => broker.reports().includes('order.replayed'))
    await accounted('release-2 completed')
  })

  it('a server that invents a release is met with silence and a receipt that says so', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5))
    const release = { ...town.approved(candidate), signatures: [] }
    await broker.order(town.order(candidate, { release }))
    await accounted('release-1 silent candidate.tooFewSigners')
  })

  it('quiet hours hold for all but an emergency', async () => {
    await ready()
    await broker.config(town.config(device, { quiet: [{ from: '11:00', to: '13:00' }], volume: 100, volumeMax: 60 }))
    await broker.order(town.order(town.candidate(await town.sound(5), { class: 'priority' })))
    await accounted('release-1 silent device.quietHours')
    await broker.order(town.order(town.candidate(await town.sound(5), { class: 'emergency' })))
    await begun()
    await clock.turn(minute)
    await accounted('release-1 silent device.quietHours', 'release-2 completed')
    expect(broker.receipts().map(({ volume }) => volume)).toEqual([100, 100])
  })

  it('the minutes of a day are used up, also across a restart', async () => {
    await ready()
    await broker.config(town.config(device, { minutesPerDayMax: 0.1 }))
    await broker.order(town.order(town.candidate(await town.sound(5))))
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
    await player?.stop()
    await ready()
    await broker.config(town.config(device, { minutesPerDayMax: 0.1 }))
    await broker.order(town.order(town.candidate(await town.sound(5, 0.3))))
    await accounted('release-1 completed', 'release-2 silent device.minutesUsedUp')
  })

  it('without trusted time a schedule stays silent and says so; when the time comes, what is not too late is heard', async () => {
    broker.welcomes = false
    await broker.roster(town.roster())
    await broker.config(town.config(device))
    await boot()
    const candidate = town.candidate(await town.sound(5))
    await broker.manifest(holding([candidate], noon + minute))
    await cached(candidate)
    await clock.turn(3 * minute)
    await accounted('release-1 silent clock.untrusted')
    expect(broker.receipts()[0]).toMatchObject({ clockTrusted: false, startedAt: null })
    broker.welcomes = true
    await clock.turn(minute)
    await begun()
    await clock.turn(minute)
    await accounted('release-1 silent clock.untrusted', 'release-1 completed')
  })

  it('a sound that is not what was signed is never heard', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5))
    town.sounds.set(candidate.versions[0]?.sound ?? '', await toneOf(5, 0.9))
    await broker.order(town.order(candidate))
    await until(() => broker.reports().includes('sound.wrongHash'))
    await clock.turn(11 * minute)
    await accounted('release-1 silent sound.wrongHash')
  })

  it('a sound that comes late is heard if there is still time', async () => {
    await ready()
    const sound = await town.sound(5)
    const bytes = town.sounds.get(sound.sound)
    town.sounds.clear()
    await broker.order(town.order(town.candidate(sound)))
    await until(() => broker.reports().includes('sound.missing'))
    if (bytes) town.sounds.set(sound.sound, bytes)
    await clock.turn(minute)
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
  })

  it('a file that matches what was signed but is no sound is a broken sound', async () => {
    await ready()
    const bytes = new TextEncoder().encode('no sound at all')
    town.sounds.set(sha256(bytes), bytes)
    const candidate = town.candidate({ sound: sha256(bytes), bytes: bytes.length, durationMs: 1_000 })
    await broker.order(town.order(candidate))
    await accounted('release-1 silent sound.broken')
  })

  it('a sound that has rotted on the card is fetched again', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5))
    await broker.manifest(holding([candidate], noon + minute))
    await cached(candidate)
    await writeFile(join(folder, 'sounds', `${candidate.versions[0]?.sound}.opus`), 'rotten')
    await clock.turn(minute)
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
  })
})

describe('[F11] a device follows its unit', () => {
  it('through a merger: from a date it listens to the new unit, whose post it already has', async () => {
    await ready()
    const merged = { unit: 'merged', from: noon + 10 * minute, to: null }
    await broker.roster(town.roster({ unit: 'merged', covers: ['merged'] }))
    await broker.config(
      town.config(device, { listens: [{ unit: 'commune', from: 0, to: noon + 10 * minute }, merged] }),
    )
    const candidate = town.candidate(await town.sound(5), { audience: ['merged'] })
    await broker.manifest(
      town.manifest({
        unit: 'merged',
        airings: [town.airing(candidate, noon + 20 * minute)],
        releases: [town.approved(candidate)],
      }),
    )
    await clock.turn(11 * minute)
    await until(() => player?.state().listens.join() === 'merged')
    await cached(candidate)
    await clock.turn(9 * minute)
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
    expect(broker.receipts()[0]?.unit).toBe('merged')
  })

  it('says when it goes, and the broker says it where it cannot', async () => {
    await ready()
    await player?.stop()
    player = undefined
    await until(() => broker.statuses().at(-1)?.online === false)
  })
})
