import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseArgs } from 'node:util'
import type { Clock } from '@loa/protocol'
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
import { createPlayer } from './player.ts'
import type { Output } from './ports.ts'

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
    const { server, enrol, data, output, device, rtc, ca } = values
    return { server, enrol, data, output, device, rtc, ca }
  } catch (error) {
    return { refused: 'option.unknown', subject: error instanceof Error ? error.message : '' }
  }
}

const print = (code: string, subject?: string): void => {
  process.stdout.write(`${said(code, subject)}\n`)
}

const openOutput = async (options: Options, clock: Clock): Promise<Output | { readonly refused: string }> => {
  if (options.output === 'null') return createNullOutput(clock)
  if (options.output === 'wav') return createWavOutput(clock, join(options.data, 'heard'))
  if (options.output !== 'alsa') return { refused: 'option.outputUnknown' }
  return createAlsaOutput(options.device, (line) => print('output.failed', line))
}

/** Who this device is: from an earlier run, or by enrolling now. */
const identify = async (options: Options): Promise<StoredIdentity | { readonly refused: string }> => {
  const stored = await storedIdentity(options.data)
  if (stored !== undefined) return stored
  const { server, enrol: code } = options
  if (server === undefined || code === undefined) return { refused: 'enrolment.needed' }
  const enrolled = await enrolInto(options.data, { server, code, program })
  if (!('refused' in enrolled)) print('enrolment.done', enrolled.enrolled.name)
  return enrolled
}

/** Trusts a private authority as well as those the system trusts, for HTTPS and MQTT alike. */
const trust = async (file: string | undefined): Promise<{ readonly refused: string } | undefined> => {
  if (file === undefined) return undefined
  try {
    setDefaultCACertificates([...getCACertificates('default'), await readFile(file, 'utf8')])
    return undefined
  } catch {
    return { refused: 'option.caUnreadable' }
  }
}

const run = async (): Promise<{ readonly refused: string; readonly subject?: string } | undefined> => {
  const options = readOptions(process.argv.slice(2))
  if ('refused' in options) return options
  const untrusted = await trust(options.ca)
  if (untrusted) return untrusted
  const clock = createSystemClock()
  const output = await openOutput(options, clock)
  if ('refused' in output) return output
  const identity = await identify(options)
  if ('refused' in identity) return identity

  const { server, enrolled, privateKey, countFrom } = identity
  const { device, secret, mqttUrl } = enrolled
  const player = createPlayer(
    { ...enrolled, rtc: options.rtc, program, ...(countFrom === undefined ? {} : { countFrom }) },
    {
      clock,
      link: createMqttLink({ url: mqttUrl, device, secret, onTrouble: print }),
      fetchSound: createFetchSound(options.server ?? server, device, secret),
      sounds: await openSoundFolder({ folder: join(options.data, 'sounds') }),
      journal: openJournalFile({ path: join(options.data, 'journal.jsonl') }).of(device),
      output,
      keys: keysFrom(privateKey),
      random,
      log: ({ code, subject }) => print(code, subject),
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
