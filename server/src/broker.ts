import { createInterface } from 'node:readline'
import { type BrokerOrders, type RunningBroker, serveBroker } from './platform/broker/serve.ts'

/**
 * The broker process. Its orders come as one line of JSON on standard input; when that input closes, the server that
 * started it is gone and it ends too. It speaks lines of JSON on standard output: `{"ready":true}`, then log lines.
 */
const say = (line: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

let broker: RunningBroker | undefined

const end = async (code: number): Promise<void> => {
  await broker?.stop().catch(() => undefined)
  process.exit(code)
}

// Ctrl-C goes to the whole terminal and a service manager's stop to the whole group; the server decides when we stop
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
// the server is gone in the middle of a line
process.stdout.on('error', () => process.exit(0))

const input = createInterface({ input: process.stdin })
input.once('line', (line) => {
  serveBroker(JSON.parse(line) as BrokerOrders, (level, message, details) => say({ level, message, ...details })).then(
    (running) => {
      broker = running
      say({ ready: true })
    },
    (error: NodeJS.ErrnoException & { port?: number }) => {
      say({ failed: error.message, failure: error.code, port: error.port })
      void end(1)
    },
  )
})
input.once('close', () => void end(0))
