import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Telemetry } from '@loa/protocol'
import { type BoardFiles, telemetryOf } from '../kernel/telemetry.ts'

/** A board has a handful of supplies; a desktop with many devices is not read to the end. */
const suppliesMax = 16

/** A file that is not there, or that its driver cannot read now, says nothing. */
const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

const known = (name: string, text: string | undefined): Record<string, string> =>
  text === undefined ? {} : { [name]: text }

const supplyIn = async (folder: string): Promise<BoardFiles['supplies'][number]> => ({
  ...known('type', (await textOf(join(folder, 'type')))?.trim()),
  ...known('online', await textOf(join(folder, 'online'))),
  ...known('status', await textOf(join(folder, 'status'))),
  ...known('microvolts', await textOf(join(folder, 'voltage_now'))),
})

const filesUnder = async (root: string): Promise<BoardFiles> => {
  const folder = join(root, 'sys/class/power_supply')
  const names = (await readdir(folder).catch(() => [])).sort().slice(0, suppliesMax)
  return {
    ...known('wireless', await textOf(join(root, 'proc/net/wireless'))),
    ...known('millidegrees', await textOf(join(root, 'sys/class/thermal/thermal_zone0/temp'))),
    supplies: await Promise.all(names.map((name) => supplyIn(join(folder, name)))),
  }
}

/**
 * Reads what a Linux board measures. What it hands out is what was last read; each asking begins the next reading, so that a
 * slow sensor never holds up a message.
 */
export const openTelemetry = async (root = '/'): Promise<() => Telemetry> => {
  let last = telemetryOf(await filesUnder(root))
  let reading = false
  return () => {
    if (!reading) {
      reading = true
      void filesUnder(root).then((files) => {
        last = telemetryOf(files)
        reading = false
      })
    }
    return last
  }
}
