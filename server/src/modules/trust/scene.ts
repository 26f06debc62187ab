import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '../../kernel/actor.ts'
import { type TurnedClock, turnedClock } from '../../platform/clock.ts'
import type { Context, Db } from '../../platform/context.ts'
import { systemIds } from '../../platform/ids.ts'
import { silentLog, testDatabase } from '../../platform/testing.ts'
import { addUnits } from '../org/index.ts'
import { addPerson, givePost } from '../people/index.ts'

export const MORNING = Date.parse('2026-11-22T08:00:00+07:00')

export type Scene = {
  readonly ctx: Context
  readonly clock: TurnedClock
  /** The posts as they were and no key file; the tables must be empty. */
  reset(): Promise<void>
  close(): Promise<void>
}

const addTown = async (db: Db): Promise<void> => {
  const unit = (id: string, kind: 'province' | 'commune' | 'village', parent: string | null) => ({
    ...{ id, kind, parent, name: id, shortName: id, population: 100, invented: true },
    ...{ gsoCode: null, from: '2025-07-01', to: null, source: 'bịa ra cho bài thử' },
  })
  await addUnits(db, [
    unit('tinh', 'province', null),
    unit('xa-a', 'commune', 'tinh'),
    unit('xa-b', 'commune', 'tinh'),
    unit('thon-a1', 'village', 'xa-a'),
    unit('thon-a2', 'village', 'xa-a'),
    unit('thon-b1', 'village', 'xa-b'),
  ])
}

const posts: [string, string, Role][] = [
  ['lan', 'xa-a', 'officer'],
  ['minh', 'xa-a', 'approver'],
  ['hoa', 'xa-b', 'approver'],
  ['tho', 'xa-a', 'technician'],
  ['chu-tich', 'tinh', 'leader'],
]

/** A province with two communes, three villages, five people, and a clock at 8 o'clock on a Sunday morning. */
export const openScene = async (): Promise<Scene> => {
  const { db, drop } = await testDatabase()
  const home = mkdtempSync(join(tmpdir(), 'loa-trust-'))
  const clock = turnedClock(MORNING)
  // no sound, no broker: trust speaks to neither
  const ctx = { db, clock, ids: systemIds(clock), log: silentLog, config: { home } } as unknown as Context
  await addTown(db)
  const reset = async (): Promise<void> => {
    rmSync(join(home, 'keys'), { recursive: true, force: true })
    for (const [person, unit, role] of posts) {
      await addPerson(ctx, { id: person, name: person, languages: ['vi'], invented: true })
      await givePost(ctx, { person, unit, role, title: role, from: '2026-01-01', to: null })
    }
  }
  return {
    ctx,
    clock,
    reset,
    close: async () => {
      await drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
