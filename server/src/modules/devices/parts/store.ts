import type { Instant } from '@loa/protocol'
import { sql } from 'kysely'
import type { Db } from '../../../platform/context.ts'
import { at } from '../../../platform/database.ts'

export type PartRow = {
  readonly epoch: number
  readonly installedAt: Instant
  readonly removedAt: Instant | null
  readonly removedBy: string | null
  readonly program: string
  readonly note: string
}

/** Machines that have stood at a device's place, the newest first. */
export const partsOf = async (db: Db, device: string, max: number): Promise<readonly PartRow[]> => {
  const { rows } = await sql<PartRow>`select epoch, installed_at as "installedAt", removed_at as "removedAt",
      removed_by as "removedBy", program, note
    from device_part where device = ${device} order by epoch desc limit ${max}`.execute(db)
  return rows
}

/** A machine has come to a device's place. */
export const insertPart = async (
  db: Db,
  part: { readonly device: string; readonly epoch: number; readonly program: string; readonly now: Instant },
): Promise<void> => {
  await sql`insert into device_part (device, epoch, installed_at, program)
    values (${part.device}, ${part.epoch}, ${at(part.now)}, ${part.program})
    on conflict (device, epoch) do update set installed_at = excluded.installed_at, program = excluded.program`.execute(
    db,
  )
}

/** The machines that still stand at a device's place are taken away. */
export const removeParts = async (
  db: Db,
  removed: { readonly device: string; readonly by: string | null; readonly note: string; readonly now: Instant },
): Promise<void> => {
  await sql`update device_part set removed_at = ${at(removed.now)}, removed_by = ${removed.by}, note = ${removed.note}
    where device = ${removed.device} and removed_at is null`.execute(db)
}
