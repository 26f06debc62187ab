import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * The only reader of the environment and of the command line. Everything else is handed a Config.
 * `parseConfig` returns every fault at once, so that a first-time operator mends them in one go.
 */
export type Config = {
  /** Where this installation keeps its data: database, sounds, keys. Default `.loa` beside package.json. */
  readonly home: string
  readonly host: string
  readonly port: number
  /** A PostgreSQL server by URL; absent: the embedded one under `home`. */
  readonly databaseUrl: string | undefined
  /** An MQTT 3.1.1 broker by URL; absent: the embedded one in its own process. */
  readonly mqttUrl: string | undefined
  /** TLS certificate and key files; required when `host` is not loopback. */
  readonly tls: { certFile: string; keyFile: string } | undefined
  /** The name by which others reach this server, as it stands in the certificate; absent: `host`. */
  readonly publicName?: string
  /** Where devices from elsewhere reach the embedded broker over TLS; absent: 8883. */
  readonly devicePort?: number
  /** Whether to make the demonstration network on an empty database; never on a host that others can reach. */
  readonly demo: boolean
  /** Folder of the built console. */
  readonly consoleFolder: string
}

/** What is wrong with the settings, each in words a person can act on, Vietnamese first. */
export type ConfigFaults = { readonly faults: readonly string[] }

const DEFAULT_PORT = 8080
const root = join(import.meta.dirname, '..', '..')

const flags = {
  home: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  'database-url': { type: 'string' },
  'mqtt-url': { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  name: { type: 'string' },
  'device-port': { type: 'string' },
  demo: { type: 'boolean' },
} as const

type Environment = Readonly<Record<string, string | undefined>>
type Settings = Partial<Record<Exclude<keyof typeof flags, 'demo'>, string>> & { demo: boolean | undefined }

/** Both `--name value` and its environment variable; the command line wins. An empty value counts as absent. */
const gather = (argv: readonly string[], env: Environment): Settings => {
  const { values } = parseArgs({ args: [...argv], options: flags, allowNegative: true })
  const one = (name: Exclude<keyof typeof flags, 'demo'>, variable: string) => {
    const value = values[name] ?? env[variable]
    return value === undefined || value === '' ? {} : { [name]: value }
  }
  return {
    ...one('home', 'LOA_HOME'),
    ...one('host', 'LOA_HOST'),
    ...one('port', 'LOA_PORT'),
    ...one('database-url', 'DATABASE_URL'),
    ...one('mqtt-url', 'MQTT_URL'),
    ...one('tls-cert', 'LOA_TLS_CERT'),
    ...one('tls-key', 'LOA_TLS_KEY'),
    ...one('name', 'LOA_NAME'),
    ...one('device-port', 'LOA_DEVICE_PORT'),
    demo: values.demo ?? (env.LOA_DEMO === undefined || env.LOA_DEMO === '' ? undefined : env.LOA_DEMO !== '0'),
  }
}

/** Whether only this machine can reach a server that listens on `host`. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

type Check = (settings: Settings) => string | undefined

const urlFault =
  (name: 'database-url' | 'mqtt-url', schemes: readonly string[]): Check =>
  (settings) => {
    const value = settings[name]
    if (value === undefined || (URL.canParse(value) && schemes.includes(new URL(value).protocol))) return undefined
    return `--${name}: phải là một địa chỉ bắt đầu bằng ${schemes.join(' hoặc ')}// / must be a URL starting with one of these`
  }

const portFault =
  (name: 'port' | 'device-port'): Check =>
  ({ [name]: port = '0' }) =>
    /^\d{1,5}$/.test(port) && Number(port) < 65_536
      ? undefined
      : `--${name} ${port}: cổng phải là số từ 0 đến 65535 / the port must be a number from 0 to 65535`

/** A server that listens on every address of the machine cannot tell by which one it is reached. */
const WILDCARDS = new Set(['0.0.0.0', '::', '*'])

const checks: readonly Check[] = [
  portFault('port'),
  portFault('device-port'),
  urlFault('database-url', ['postgres:', 'postgresql:']),
  urlFault('mqtt-url', ['mqtt:', 'mqtts:']),
  (settings) =>
    (settings['tls-cert'] === undefined) === (settings['tls-key'] === undefined)
      ? undefined
      : '--tls-cert và --tls-key phải đi cùng nhau / must be given together',
  (settings) =>
    isLoopback(settings.host ?? '127.0.0.1') || settings['tls-cert'] !== undefined
      ? undefined
      : `--host ${settings.host}: mở ra ngoài máy này cần chứng thư HTTPS; hãy thêm --tls-cert và --tls-key, vì micrô và ` +
        'đăng nhập chỉ an toàn qua HTTPS / to be reached from elsewhere a certificate is needed: add --tls-cert and --tls-key',
  ({ demo, host = '127.0.0.1' }) =>
    demo === true && !isLoopback(host)
      ? `--demo với --host ${host}: bản dùng thử có mật khẩu ai cũng biết nên chỉ chạy trên máy này; hãy bỏ --demo hoặc --host / ` +
        'the demonstration has well-known passwords and runs on this machine only: leave out --demo or --host'
      : undefined,
  ({ host = '', name }) =>
    WILDCARDS.has(host) && name === undefined
      ? `--host ${host}: hãy thêm --name với tên mà các máy khác dùng để vào đây, như trong chứng thư / ` +
        'add --name with the name by which others reach this server, as in the certificate'
      : undefined,
  ...(['tls-cert', 'tls-key'] as const).map(
    (name): Check =>
      (settings) =>
        settings[name] === undefined || existsSync(settings[name])
          ? undefined
          : `--${name}: không đọc được tệp ${settings[name]} / cannot read this file`,
  ),
]

const configOf = (settings: Settings): Config => ({
  home: resolve(settings.home ?? join(root, '.loa')),
  host: settings.host ?? '127.0.0.1',
  port: Number(settings.port ?? DEFAULT_PORT),
  databaseUrl: settings['database-url'],
  mqttUrl: settings['mqtt-url'],
  tls:
    settings['tls-cert'] === undefined || settings['tls-key'] === undefined
      ? undefined
      : { certFile: settings['tls-cert'], keyFile: settings['tls-key'] },
  demo: settings.demo ?? isLoopback(settings.host ?? '127.0.0.1'),
  consoleFolder: join(root, 'console', 'dist'),
  ...(settings.name === undefined ? {} : { publicName: settings.name }),
  ...(settings['device-port'] === undefined ? {} : { devicePort: Number(settings['device-port']) }),
})

/**
 * Reads settings from the command line (`--port 8080`, `--no-demo`) and the environment (`LOA_PORT`, `DATABASE_URL` …).
 * Returns every fault at once.
 */
export const parseConfig = (argv: readonly string[], env: Environment): Config | ConfigFaults => {
  let settings: Settings
  try {
    settings = gather(argv, env)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const known = Object.keys(flags).map((name) => `--${name}`)
    return { faults: [`Không hiểu tham số / unknown setting: ${words}. Có thể dùng / known: ${known.join(' ')}`] }
  }
  const faults = checks.map((check) => check(settings)).filter((fault) => fault !== undefined)
  return faults.length > 0 ? { faults } : configOf(settings)
}

/** The environment of this process, for `parseConfig`. */
export const environment = (): Environment => process.env

/** Where the database specs make their databases; absent: each file starts an embedded server. Set by tools/vitest. */
export const testServers = (): { databaseUrl: string | undefined; mqttUrl: string | undefined } => ({
  databaseUrl: process.env.LOA_TEST_DATABASE_URL || process.env.DATABASE_URL || undefined,
  mqttUrl: process.env.MQTT_URL || undefined,
})
