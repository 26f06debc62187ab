import { parseArgs } from 'node:util'
import type { Faults } from './faults.ts'

export type Settings = {
  readonly server: string
  readonly gateways: number
  readonly clusters: number
  readonly unit: string | undefined
  readonly user: string | undefined
  readonly passwordFile: string | undefined
  readonly data: string | undefined
  readonly stalled: number
  /** Ends by itself after so many minutes; 0: when it is told to. */
  readonly minutes: number
  readonly faults: Faults
}

/** Numbers a setting may have, both ends included. */
const bounds = {
  gateways: [0, 5_000],
  clusters: [0, 20_000],
  stalled: [0, 5_000],
  minutes: [0, 100_000],
  seed: [0, 4_294_967_295],
  loss: [0, 50],
  slow: [0, 1_000_000],
  reboots: [0, 10_000],
  'clock-error': [0, 100_000_000_000],
} as const

const text = { type: 'string' } as const

const given = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      ...{ server: text, gateways: text, clusters: text, unit: text, user: text, 'password-file': text, data: text },
      ...{ stalled: text, minutes: text, seed: text, loss: text, slow: text, reboots: text, 'clock-error': text },
      help: { type: 'boolean' },
    },
  }).values

const parsed = (args: readonly string[]): ReturnType<typeof given> | undefined => {
  try {
    return given(args)
  } catch {
    return undefined
  }
}

/** What the command line asks for; a refusal names the setting that makes no sense. */
export const readSettings = (
  args: readonly string[],
): Settings | { readonly refused: 'settings.help' | 'settings.wrong'; readonly subject?: string } => {
  const values = parsed(args)
  if (values === undefined || values.help) return { refused: 'settings.help' }
  const wrong = Object.keys(bounds).find((name) => {
    const value = values[name as keyof typeof bounds]
    const [least, most] = bounds[name as keyof typeof bounds]
    return value !== undefined && !(/^\d+(\.\d+)?$/.test(value) && Number(value) >= least && Number(value) <= most)
  })
  if (wrong !== undefined)
    return { refused: 'settings.wrong', subject: `--${wrong} ${bounds[wrong as keyof typeof bounds].join('–')}` }
  const number = (name: keyof typeof bounds, otherwise: number): number => Number(values[name] ?? otherwise)
  return {
    server: (values.server ?? 'http://127.0.0.1:8080').replace(/\/+$/, ''),
    gateways: number('gateways', 0),
    clusters: number('clusters', 0),
    unit: values.unit,
    user: values.user,
    passwordFile: values['password-file'],
    data: values.data,
    stalled: number('stalled', 0),
    minutes: number('minutes', 0),
    faults: {
      seed: number('seed', 1),
      loss: number('loss', 0) / 100,
      bitsPerSecond: number('slow', 0) * 1000,
      rebootsPerMinute: number('reboots', 0),
      clockErrorMs: number('clock-error', 0),
    },
  }
}
