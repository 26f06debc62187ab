import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Clock } from '@loa/protocol'
import { enrolmentIn } from './kernel/enrolment.ts'
import { trustAuthority } from './platform/authority.ts'
import { holdFolder } from './platform/data-lock.ts'
import { enrolInto, type StoredIdentity, storedIdentity } from './platform/identity-file.ts'
import { openJournalFile } from './platform/journal-file.ts'
import { keysFrom, random } from './platform/keys.ts'
import { createMqttLink } from './platform/mqtt-link.ts'
import { createAlsaOutput } from './platform/outputs/alsa.ts'
import { createNullOutput } from './platform/outputs/null.ts'
import { createWavOutput } from './platform/outputs/wav.ts'
import { createFetchSound } from './platform/server-http.ts'
import { openSoundFolder } from './platform/sound-folder.ts'
import { createSystemClock } from './platform/system-clock.ts'
import { openTelemetry } from './platform/telemetry.ts'
import { createPlayer } from './player.ts'
import type { Output, OutputMeta } from './ports.ts'

const { said } = await import('./i18n.ts')
const program = 'loa-player/0.1.0'

type Options = {
  readonly server: string | undefined
  readonly enrol: string | undefined
  readonly data: string
  readonly output: string
  readonly device: string
  readonly rtc: boolean
  readonly ca: string | undefined
}

type Refused = { readonly refused: string; readonly subject?: string }

const readOptions = (args: readonly string[]): Options | { readonly refused: string; readonly subject: string } => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        server: { type: 'string' },
        enrol: { type: 'string' },
        data: { type: 'string' },
        output: { type: 'string', default: 'alsa' },
        device: { type: 'string', default: 'default' },
        rtc: { type: 'boolean', default: false },
        ca: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help || values.data === undefined) return { refused: 'usage', subject: '' }
    const { data, output, device, rtc, ca } = values
    const { server, code } = enrolmentIn(values.enrol, values.server)
    return { server, enrol: code, data, output, device, rtc, ca }
  } catch (error) {
    return { refused: 'option.unknown', subject: error instanceof Error ? error.message : '' }
  }
}

const print = (code: string, subject?: string): void => {
  process.stdout.write(`${said(code, subject)}\n`)
}

/** A device whose card cannot be had keeps its place in the network, and says of every airing that it failed. */
const brokenOutput: Output = { kind: 'alsa', chunkMs: 40, open: async () => ({ refused: 'output.failed' }) }

const trial: OutputMeta = {
  airing: 'thu',
  release: 'thu',
  title: '',
  class: 'normal',
  counter: 0,
  startedAt: 0,
}

/** The card is opened once at the start: a technician still stands beside it then. */
const openCard = async (device: string): Promise<Output> => {
  let starting: string[] | undefined = []
  const card = await createAlsaOutput(device, (line) => (starting ? starting.push(line) : print('output.failed', line)))
  if ('refused' in card) {
    print(card.refused)
    return brokenOutput
  }
  const opened = await card.open(trial)
  if ('refused' in opened) print('output.cannotOpen', `${device} (${starting.join('; ')})`)
  else await opened.stop()
  starting = undefined
  return card
}

const openOutput = async (options: Options, clock: Clock): Promise<Output | { readonly refused: string }> => {
  if (options.output === 'null') return createNullOutput(clock)
  if (options.output === 'wav') return createWavOutput(clock, join(options.data, 'heard'))
  return options.output === 'alsa' ? openCard(options.device) : { refused: 'option.outputUnknown' }
}

/** Who this device is: from an earlier run, or by enrolling now. */
const identify = async (options: Options): Promise<StoredIdentity | { readonly refused: string }> => {
  const stored = await storedIdentity(options.data)
  const { server, enrol: code } = options
  if (stored !== undefined) {
    if (code !== undefined) print('enrolment.already', stored.enrolled.name)
    return stored
  }
  if (server === undefined || code === undefined) return { refused: 'enrolment.needed' }
  const enrolled = await enrolInto(options.data, { server, code, program })
  if (!('refused' in enrolled)) print('enrolment.done', enrolled.enrolled.name)
  return enrolled
}

/** Says what keeps the device from its server, once each time: the broker and the sounds may tell the same. */
const tellOnce = () => {
  let told: string | undefined
  return {
    trouble: (code: string): void => {
      if (code !== told) print(code)
      told = code
    },
    well: (): void => {
      told = undefined
    },
  }
}

const HTTP_REVOKED = new Set(['http.401', 'http.403'])

const run = async (): Promise<Refused | undefined> => {
  const options = readOptions(process.argv.slice(2))
  if ('refused' in options) return options
  if (options.ca !== undefined) {
    const trusted = await trustAuthority(options.ca)
    if (trusted !== 'trusted') return { ...trusted, subject: options.ca }
  }
  const held = await holdFolder(options.data)
  if ('refused' in held) return { ...held, subject: options.data }
  const clock = createSystemClock()
  const output = await openOutput(options, clock)
  if ('refused' in output) return output
  const identity = await identify(options)
  return 'refused' in identity ? identity : play(options, identity, { clock, output })
}

const play = async (
  options: Options,
  identity: StoredIdentity,
  { clock, output }: { readonly clock: Clock; readonly output: Output },
): Promise<undefined> => {
  const tell = tellOnce()
  const { server, enrolled, privateKey, countFrom } = identity
  const { device, secret, mqttUrl } = enrolled
  const fetchSound = createFetchSound(options.server ?? server, device, secret)
  const player = createPlayer(
    { ...enrolled, rtc: options.rtc, program, ...(countFrom === undefined ? {} : { countFrom }) },
    {
      clock,
      link: createMqttLink({ url: mqttUrl, device, secret, onTrouble: tell.trouble }),
      fetchSound: async (hash) => {
        const answer = await fetchSound(hash)
        if ('refused' in answer && HTTP_REVOKED.has(answer.refused)) tell.trouble('link.revoked')
        return answer
      },
      sounds: await openSoundFolder({ folder: join(options.data, 'sounds') }),
      journal: openJournalFile({ path: join(options.data, 'journal.jsonl') }).of(device),
      output,
      keys: keysFrom(privateKey),
      random,
      telemetry: await openTelemetry(),
      log: ({ code, subject }) => {
        if (code === 'link.up') tell.well()
        print(code, subject)
      },
    },
  )
  const leave = (): void => {
    void player.stop().then(() => {
      print('player.stopped')
      process.exit(0)
    })
  }
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  await player.start()
  print('player.started', `${enrolled.name} (${device})`)
  return undefined
}

const refused = await run()
if (refused !== undefined) {
  process.stderr.write(`${said(refused.refused, refused.subject)}\n`)
  process.exitCode = 1
}
