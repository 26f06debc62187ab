import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSystemClock } from '@loa/player'
import { Crowd } from './crowd.ts'
import { type Faults, rebootsOf } from './faults.ts'
import { lineOf, said, words } from './i18n.ts'
import { Roll } from './platform/roll.ts'
import { demoAccount, signIn } from './platform/server-api.ts'
import { Stalled } from './platform/stalled.ts'
import { readSettings, type Settings } from './settings.ts'
import { peopleTown, type TownDevices } from './town.ts'

/** The line of live state is written anew this often. */
const lineEveryMs = 5_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const giveUp = (code: string, subject = ''): never => {
  process.stderr.write(`${said(code, subject)}\n`)
  process.exit(code === 'settings.help' ? 2 : 1)
}

const accountOf = async ({ server, user, passwordFile }: Settings) => {
  if (user === undefined) return demoAccount(server)
  if (passwordFile === undefined) return { refused: 'account.needed' }
  return { username: user, password: readFileSync(passwordFile, 'utf8').trim() }
}

const devicesFor = async (settings: Settings, data: string): Promise<TownDevices> => {
  const account = await accountOf(settings)
  if ('refused' in account) return giveUp(account.refused, settings.server)
  const api = await signIn(settings.server, account)
  if ('refused' in api) return giveUp(api.refused, settings.server)
  const roll = await new Roll(join(data, 'roll.jsonl')).open()
  const { server, gateways, clusters, stalled, unit } = settings
  const wish = { server, gateways, clusters, stalled, ...(unit === undefined ? {} : { unit }) }
  const onStep = (kind: string, done: number, of: number): void => {
    if (done % 100 === 0 || done === of) say(words('enrolled', { kind: words(`kind.${kind}`), done, of }))
  }
  const town = await peopleTown(api, roll, { wish, onStep })
  return 'refused' in town ? giveUp(town.refused, settings.server) : town
}

const stall = async (town: TownDevices): Promise<readonly Stalled[]> => {
  const all = town.stalled.map(({ enrolled }) => {
    const { mqttUrl: url, device, secret, listens } = enrolled
    return new Stalled({ url, device, secret, topics: listens.map(({ unit }) => `loa/v1/unit/${unit}/+`) })
  })
  await Promise.all(all.map((each) => each.open()))
  return all
}

/** Brings the power cuts that the seed has in store, one after another. */
const rebooting = (crowd: Crowd, faults: Faults): (() => void) => {
  const began = clock.now()
  const reboots = rebootsOf(faults, crowd.size)
  let cancel = (): void => {}
  const arm = (): void => {
    const next = reboots.next()
    if (next.done) return
    const { device, atMs, backAtMs } = next.value
    cancel = clock.at(began + atMs, () => {
      void crowd.cut(device)
      clock.at(began + backAtMs, () => void (stopping ? undefined : crowd.restore(device)))
      arm()
    })
  }
  arm()
  return () => cancel()
}

const settings = readSettings(process.argv.slice(2))
if ('refused' in settings) giveUp(settings.refused, settings.subject)
const asked = settings as Settings
const clock = createSystemClock()
const data = asked.data ?? join(tmpdir(), `loa-simulator-${new URL(asked.server).host.replaceAll(/[^\w.-]/g, '-')}`)
let stopping = false

const town = await devicesFor(asked, data)
const crowd = new Crowd({ server: asked.server, data, identities: town.crowd, faults: asked.faults, clock })
say(words('starting', { members: crowd.size, stalled: town.stalled.length, seed: asked.faults.seed, data }))
const stalled = await stall(town)
await crowd.start()
const endReboots = rebooting(crowd, asked.faults)

const tell = (): void => {
  if (stopping) return
  say(lineOf(crowd.state(), stalled.filter(({ connected }) => connected).length))
  clock.at(clock.now() + lineEveryMs, tell)
}
tell()

const end = async (): Promise<void> => {
  if (stopping) return
  stopping = true
  endReboots()
  say(words('ending'))
  for (const each of stalled) each.close()
  await crowd.stop()
  say(words('ended'))
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end())
if (asked.minutes > 0) clock.at(clock.now() + asked.minutes * 60_000, () => void end())
