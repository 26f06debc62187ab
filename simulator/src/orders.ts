import type { Member } from './fleet.ts'
import { memberFaults } from './measures.ts'

export type Orders = { readonly server: string; readonly data: string; readonly members: readonly Member[] }

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Reads the line on standard input: `{ "server": …, "data": …, "members": [{ "code": …, "name": …, "fault": … }] }`. */
export const readOrders = (line: string): Orders | { readonly refused: 'orders.unreadable' } => {
  const orders = parsed(line)
  if (!isRecord(orders) || !isText(orders.server) || !isText(orders.data) || !Array.isArray(orders.members)) {
    return { refused: 'orders.unreadable' }
  }
  const members: Member[] = []
  for (const member of orders.members) {
    if (!isRecord(member) || !isText(member.code)) return { refused: 'orders.unreadable' }
    const fault = memberFaults.find((each) => each === member.fault)
    members.push({
      code: member.code,
      ...(isText(member.name) ? { name: member.name } : {}),
      ...(fault === undefined ? {} : { fault }),
    })
  }
  return { server: orders.server, data: orders.data, members }
}
