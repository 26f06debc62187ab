import { statfs } from 'node:fs/promises'
import type { Clock } from '@loa/protocol'
import type { Log } from './context.ts'
import type { Tickable } from './tick.ts'

/** Below this somebody must make room: two hours of voice work write some 200 MB. */
export const DISK_LOW_BYTES = 200_000_000
/** Below this the database may not get its next file of 16 MB. */
export const DISK_FULL_BYTES = 16_000_000
/** Below this nothing new is written: what is left is for approving, for receipts and for stopping. */
export const NO_ROOM_BYTES = 4_000_000
const LOOK_EVERY_MS = 30_000

/** Bytes that may still be written where `folder` lies. */
export const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** How the disk is, in words: `Đĩa sắp đầy: còn 120 MB`. */
export const diskWords = (free: number): string => {
  const left = `còn ${Math.floor(free / 1_000_000)} MB`
  if (free < DISK_FULL_BYTES) return `Đĩa đầy: ${left}`
  return free < DISK_LOW_BYTES ? `Đĩa sắp đầy: ${left}` : left
}

type Watched = { readonly clock: Clock; readonly log: Log; readonly free: () => Promise<number> }

/** Says on the terminal and in the log when the disk begins to fill, when it is full, and when there is room again. */
export const watchDisk = ({ clock, log, free }: Watched): Tickable => {
  let lookAt = 0
  let before: 'well' | 'low' | 'full' = 'well'
  return {
    name: 'đĩa',
    tick: async () => {
      if (clock.now() < lookAt) return
      lookAt = clock.now() + LOOK_EVERY_MS
      const left = await free()
      const now = left < DISK_FULL_BYTES ? 'full' : left < DISK_LOW_BYTES ? 'low' : 'well'
      if (now !== before) {
        if (now === 'well') log.info(`Đĩa đã có chỗ trống: ${diskWords(left)}.`)
        else log.warn(`${diskWords(left)}. Hãy giải phóng chỗ trống cho thư mục dữ liệu.`)
      }
      before = now
    },
  }
}
