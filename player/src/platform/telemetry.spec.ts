import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openTelemetry } from './telemetry.ts'

const root = mkdtempSync(join(tmpdir(), 'loa-board-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

it('[F31] a board is read where Linux keeps what it measures, and one without sensors says nothing', async () => {
  expect((await openTelemetry(root))()).toEqual({})
  put('proc/net/wireless', 'Inter-|\n face |\n wlan0: 0000   40.  -70.  -256        0      0\n')
  put('sys/class/power_supply/bat/type', 'Battery\n')
  put('sys/class/power_supply/bat/status', 'Discharging\n')
  put('sys/class/power_supply/bat/voltage_now', '12110000\n')
  put('sys/class/thermal/thermal_zone0/temp', '51000\n')
  expect((await openTelemetry(root))()).toEqual({ signalDbm: -70, powerVolts: 12.11, onMains: false, temperatureC: 51 })
})
