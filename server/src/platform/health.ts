import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db, VoiceInfo } from './context.ts'
import { DISK_LOW_BYTES, diskWords, freeBytes } from './disk.ts'

/** One part of the server: whether it is well, and a word on how it is. */
export type PartHealth = { readonly ok: boolean; readonly state: string }

export type Health = {
  /** Every part that the system cannot work without is well. */
  readonly ok: boolean
  readonly parts: Readonly<Record<string, PartHealth>>
}

export type Probe = {
  /** Without it the server answers 503. */
  readonly vital: boolean
  look(): Promise<PartHealth> | PartHealth
}

const LOOK_MAX_MS = 2000

const late: PartHealth = { ok: false, state: 'no answer' }

const lookAt = async (probe: Probe): Promise<PartHealth> => {
  const ended = new AbortController()
  const limit = wait(LOOK_MAX_MS, late, { signal: ended.signal }).catch(() => late)
  try {
    return await Promise.race([Promise.resolve(probe.look()), limit])
  } catch {
    return { ok: false, state: 'away' }
  } finally {
    ended.abort()
  }
}

/** Looks at every part at once; none can hold up the answer for more than two seconds. */
export const healthOf = async (probes: Readonly<Record<string, Probe>>): Promise<Health> => {
  const seen = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => ({ name, vital: probe.vital, health: await lookAt(probe) })),
  )
  return {
    ok: seen.every(({ vital, health }) => !vital || health.ok),
    parts: Object.fromEntries(seen.map(({ name, health }) => [name, health])),
  }
}

export const databaseProbe = (db: Db): Probe => ({
  vital: true,
  look: async () => {
    await sql`select 1`.execute(db)
    return { ok: true, state: 'running' }
  },
})

const WELL = new Set(['running', 'ready'])

export const stateProbe = (vital: boolean, state: () => string): Probe => ({
  vital,
  look: () => ({ ok: WELL.has(state()), state: state() }),
})

/** Every voice by name where there are several, and what ails it; without one, others are tried, and texts can be recorded. */
export const voiceProbe = (list: () => readonly VoiceInfo[]): Probe => ({
  vital: false,
  look: () => {
    const voices = list()
    const why = ({ trouble }: VoiceInfo): string => (trouble === undefined ? '' : ` (${trouble.code})`)
    const state = voices
      .map((voice) => (voices.length === 1 ? '' : `${voice.id} `) + voice.state + why(voice))
      .join(', ')
    return { ok: voices.every(({ state }) => WELL.has(state)), state }
  },
})

/** Never unwell: it only says how things are. */
export const wordProbe = (state: () => Promise<string>): Probe => ({
  vital: false,
  look: async () => ({ ok: true, state: await state() }),
})

export const diskProbe = (folder: string): Probe => ({
  vital: true,
  look: async () => {
    const free = await freeBytes(folder)
    return { ok: free >= DISK_LOW_BYTES, state: diskWords(free) }
  },
})

export const consoleProbe = (folder: string): Probe => ({
  vital: false,
  look: () =>
    existsSync(join(folder, 'index.html')) ? { ok: true, state: 'built' } : { ok: false, state: 'not built' },
})
