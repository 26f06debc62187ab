import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCodes, stillGood } from '../modules/devices/index.ts'
import { type Companion, keepCompanion } from '../platform/companion.ts'
import type { Context } from '../platform/context.ts'
import { demoDevices } from './network.ts'

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'simulator', 'src', 'main.ts')

/**
 * What the simulator is given, one line of JSON. `data` is its own folder, where it keeps each member's identity under the
 * code it was made with; a member without one enrols with the code. The simulator runs until its input closes.
 */
export type FleetOrders = {
  readonly server: string
  readonly data: string
  readonly members: readonly { readonly code: string; readonly name: string; readonly fault?: string }[]
}

/** Invented faults, so that the demonstration has something to be mended: a gateway that is switched off, a battery nearly empty, a weak link. */
const faults: Readonly<Record<string, string>> = {
  'cong-chau-o': 'away',
  'binh-chuong-thon-3-cum-4': 'lowPower',
  'binh-my-thon-2-cum-5': 'weakSignal',
}

const codesFile = (folder: string): string => join(folder, 'codes.json')

/** Codes handed out at an earlier start. A file that is broken counts as none: the fleet enrols anew. */
const keptCodes = (folder: string): ReadonlyMap<string, string> => {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(codesFile(folder), 'utf8')) as Record<string, string>))
  } catch {
    return new Map()
  }
}

const keepCodes = (folder: string, codes: ReadonlyMap<string, string>): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(codesFile(folder), JSON.stringify(Object.fromEntries(codes)), { mode: 0o600 })
}

/** The code of each device: the one its identity was made with, or a new one where that is no longer good. */
export const fleetOrders = async (ctx: Context, server: string): Promise<FleetOrders> => {
  const data = join(ctx.config.home, 'fleet')
  const devices = demoDevices(ctx.clock.now())
  const good = await stillGood(ctx, keptCodes(data))
  const missing = devices.filter(({ id }) => !good.has(id)).map(({ id }) => id)
  const made = missing.length === 0 ? new Map<string, string>() : await makeCodes(ctx, missing, null)
  const codes = new Map([...good, ...made])
  keepCodes(data, codes)
  return {
    server,
    data,
    members: devices.flatMap(({ id, name }) => {
      const code = codes.get(id)
      const fault = faults[id]
      return code === undefined ? [] : [{ name, code, ...(fault === undefined ? {} : { fault }) }]
    }),
  }
}

/** Runs the simulated devices of the demonstration beside the server, whose own address is `server`. */
export const startDemoFleet = (ctx: Context, server: string): Companion | undefined => {
  if (!existsSync(PROGRAM)) return undefined
  const orders = async () => JSON.stringify(await fleetOrders(ctx, server))
  return keepCompanion({ program: PROGRAM, name: 'Thiết bị mô phỏng', orders, log: ctx.log })
}
