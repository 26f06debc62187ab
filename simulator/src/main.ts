import { createInterface } from 'node:readline'
import { createNullOutput, createSystemClock } from '@loa/player'
import { createFleet } from './fleet.ts'
import { said } from './i18n.ts'
import { readOrders } from './orders.ts'

/** One line says what to simulate; the end of the input ends it. */
const input = createInterface({ input: process.stdin })
const lines = input[Symbol.asyncIterator]()
const first = await lines.next()
const orders = readOrders(first.done ? '' : first.value)

if ('refused' in orders) {
  process.stderr.write(`${said(orders.refused)}\n`)
  process.exit(1)
}

const clock = createSystemClock()
const fleet = createFleet({ ...orders, clock, output: createNullOutput(clock) })
const ended = (async () => {
  while (!(await lines.next()).done);
})()

for (const { member, refused } of await fleet.start()) process.stderr.write(`${said(refused, member)}\n`)
process.stdout.write(`${said('fleet.running', String(fleet.players.size))}\n`)
await ended
await fleet.stop()
process.exit(0)
