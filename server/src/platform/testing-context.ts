import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant } from '@loa/protocol'
import { openBlobs } from './blobs.ts'
import { type TurnedClock, turnedClock } from './clock.ts'
import type { Context } from './context.ts'
import { systemIds } from './ids.ts'
import { enqueue } from './jobs.ts'
import { silentLog, testDatabase } from './testing.ts'
import { type Engine, openVoice } from './voice.ts'
import { builtInVoice, voiceOf } from './voices.ts'

export type TestContext = {
  readonly ctx: Context
  readonly clock: TurnedClock
  readonly databaseUrl: string
  close(): Promise<void>
}

const voiceProgram = join(import.meta.dirname, '..', '..', '..', 'voice', 'src', 'main.ts')

/**
 * A context for database specs: the real database, blobs in a temporary home, the real voice (started at its first use), and
 * a clock that stands at `start` until it is turned. There is no broker: a module that speaks to one brings its own.
 */
export const testContext = async (start: Instant): Promise<TestContext> => {
  const { db, url, drop } = await testDatabase()
  const home = mkdtempSync(join(tmpdir(), 'loa-spec-'))
  const clock = turnedClock(start)
  let voice: Engine | undefined
  const started = (): Engine => {
    voice ??= openVoice({ program: voiceProgram, nodePath: process.execPath, log: silentLog })
    return voice
  }
  const engine: Engine = {
    speak: (...asked) => started().speak(...asked),
    state: () => voice?.state() ?? 'starting',
    stop: async () => voice?.stop(),
  }
  const ctx = {
    config: { home, host: '127.0.0.1', port: 0, databaseUrl: url, mqttUrl: undefined, tls: undefined, demo: false },
    clock,
    ids: systemIds(clock),
    db,
    blobs: await openBlobs(join(home, 'blobs')),
    voice: voiceOf([builtInVoice(engine)]),
    log: silentLog,
    enqueue,
  } as unknown as Context
  return {
    ctx,
    clock,
    databaseUrl: url,
    close: async () => {
      await engine.stop()
      await drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
