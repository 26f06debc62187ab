import { join } from 'node:path'
import { connectAsync, type MqttClient } from 'mqtt'
import { type BrokerOrders, SERVER_NAME } from '../../server/src/platform/broker/serve.ts'
import { brokerPortOf, databaseUrlOf, repository } from './installation.ts'
import { startProgram } from './programs.ts'
import { tried, until } from './waiting.ts'

/** The product's broker program, run by the bench with a password that the bench knows. */
export type ManagedBroker = {
  /** For the server's `--mqtt-url`. */
  readonly serverUrl: string
  readonly pid: number
  /** Connects with the server's own rights. */
  connect(name: string): Promise<MqttClient>
  stop(): Promise<void>
}

const PASSWORD = 'bench-only'

export const startManagedBroker = async (home: string): Promise<ManagedBroker> => {
  const port = brokerPortOf(home)
  const orders: BrokerOrders = { port, databaseUrl: databaseUrlOf(home), serverSecret: PASSWORD }
  const program = startProgram(process.execPath, [join(repository, 'server', 'src', 'broker.ts')], {
    cwd: repository,
    log: join(home, 'bench-broker.log'),
    input: `${JSON.stringify(orders)}\n`,
  })
  const connect = (name: string): Promise<MqttClient> =>
    connectAsync(`mqtt://127.0.0.1:${port}`, {
      protocolVersion: 4,
      clientId: `bench-${name}`,
      username: SERVER_NAME,
      password: PASSWORD,
      reconnectPeriod: 0,
    })
  await until('the broker', () => tried(async () => (await connect('probe')).endAsync(true).then(() => true)), {
    withinMs: 15_000,
    everyMs: 100,
  })
  return {
    serverUrl: `mqtt://${encodeURIComponent(SERVER_NAME)}:${PASSWORD}@127.0.0.1:${port}`,
    pid: program.pid,
    connect,
    stop: async () => {
      // the end of its input is its sign to stop
      program.child.stdin?.end()
      await program.ended
    },
  }
}
