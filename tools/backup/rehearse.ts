import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Made } from './make.ts'
import { type Restored, type RestoreRefusal, restoreBackup } from './restore.ts'

/** Restores a backup into a temporary home, compares, and takes the home away again. */
export const rehearse = async (
  { folder }: Pick<Made, 'folder'>,
  databaseUrl: string | undefined,
): Promise<Restored | RestoreRefusal> => {
  const place = await mkdtemp(join(tmpdir(), 'loa-rehearsal-'))
  try {
    return await restoreBackup({ from: folder, home: join(place, 'home'), databaseUrl })
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
