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
  /** Whether to make the demonstration network on an empty database. */
  readonly demo: boolean
  /** Folder of the built console. */
  readonly consoleFolder: string
}
