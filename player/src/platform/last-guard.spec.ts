import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { topics } from '@loa/protocol'
import { describe, expect, it } from 'vitest'
import {
  accounted,
  accounts,
  begun,
  boot,
  broker,
  cached,
  clock,
  device,
  folder,
  holding,
  minute,
  noon,
  onAPole,
  player,
  ready,
  second,
  town,
  until,
} from './pole.ts'
import { sha256, sign, toneOf } from './town.ts'

onAPole()

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

  it('a test tone for this device alone sounds although no manifest holds it', async () => {
    await ready()
    const order = { ...town.order(town.candidate(await town.sound(2))), device }
    await broker.orderFor(device, order)
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
  })

  it('a test tone for another device, or sent to all of its unit, is met with silence and a report', async () => {
    await ready()
    const order = town.order(town.candidate(await town.sound(2)))
    await broker.orderFor(device, { ...order, device: 'neighbour' })
    await until(() => broker.reports().includes('order.foreign'))
    await broker.order({ ...order, device })
    await broker.orderFor(device, order)
    await until(() => broker.reports().filter((code) => code === 'order.foreign').length > 0)
    expect(player?.state().playing).toBeNull()
    expect(accounts()).toEqual([])
  })

  it('a server that invents a release is met with silence and a receipt that says so', async () => {
    await ready()
    const candidate = town.candidate(await town.sound(5))
    const release = { ...town.approved(candidate), signatures: [] }
    await broker.order(town.order(candidate, { release }))
    await accounted('release-1 silent candidate.tooFewSigners')
  })

  it('nobody is called a stranger before the roster has come', async () => {
    await broker.config(town.config(device))
    await boot()
    await until(() => player?.state().clockTrusted ?? false)
    await broker.order(town.order(town.candidate(await town.sound(2))))
    await until(() => (player?.state().soundsCached ?? 0) === 1)
    expect(accounts()).toEqual([])
    await broker.roster(town.roster())
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
  })

  it('where the roster never comes, the airing is told as one that nobody known has signed', async () => {
    await broker.config(town.config(device))
    await boot()
    await until(() => player?.state().clockTrusted ?? false)
    await broker.order(town.order(town.candidate(await town.sound(2))))
    await until(() => (player?.state().soundsCached ?? 0) === 1)
    await clock.turn(11 * minute)
    await accounted('release-1 silent candidate.tooFewSigners')
  })

  it('what is queued does not begin while the device is being switched off', async () => {
    await ready()
    const [first, then] = [town.candidate(await town.sound(60)), town.candidate(await town.sound(5))]
    await broker.manifest(holding([first, then], noon + second))
    await until(() => player?.state().soundsCached === 2)
    await clock.turn(second)
    await begun()
    await player?.stop()
    await accounted('release-1 interrupted power.lost')
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

  it('a server key in wrong hands cannot send the device to the year 2200: it says so, and goes on when told the true time', async () => {
    broker.tells = Date.parse('2200-01-01T00:00:00+07:00')
    await broker.roster(town.roster())
    await broker.config(town.config(device))
    await boot()
    await until(() => broker.reports().includes('clock.farAhead'))
    expect(player?.state().clockTrusted).toBe(false)
    broker.tells = undefined
    await clock.turn(minute)
    await until(() => player?.state().clockTrusted ?? false)
    await broker.order(town.order(town.candidate(await town.sound(2))))
    await begun()
    await clock.turn(minute)
    await accounted('release-1 completed')
  })

  it('a welcome that was slow on a busy machine is soon followed by a better one', async () => {
    broker.welcomeTakesMs = 900
    await broker.roster(town.roster())
    await boot()
    await until(() => broker.heard.some(({ topic }) => topic.endsWith('/hello')))
    await clock.turn(900)
    await until(() => player?.state().clockTrusted ?? false)
    expect(Math.abs((player?.state().now ?? 0) - clock.now())).toBe(450)
    broker.welcomeTakesMs = 0
    await clock.turn(4 * second)
    await until(() => player?.state().now === clock.now())
    const hellos = () => broker.heard.filter(({ topic }) => topic.endsWith('/hello')).length
    expect(hellos()).toBe(2)
    await clock.turn(10 * minute)
    expect(hellos()).toBe(2)
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

  it('the configuration of yesterday, sent again as it was, holds today: a server need not sign it anew', async () => {
    await ready()
    const config = town.config(device, { volume: 42 })
    await broker.config(config)
    await until(() => player?.state().volume === 42)
    await clock.turn(13 * 60 * minute)
    await broker.config(config)
    await broker.config(town.config(device, { seq: config.seq - 1, volume: 99 }))
    await until(() => broker.reports().includes('config.replayed'))
    expect(broker.reports().filter((code) => code.startsWith('config'))).toEqual(['config.replayed'])
    expect(player?.state().volume).toBe(42)
  })

  it('says when it goes, and the broker says it where it cannot', async () => {
    await ready()
    await player?.stop()
    await until(() => broker.statuses().at(-1)?.online === false)
  })
})
