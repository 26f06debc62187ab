import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Log } from '../context.ts'
import type { Cluster } from './cluster.ts'

/** A fast stop writes a checkpoint; on a slow disk with much unwritten that takes seconds. */
const FAST_STOP_MAX_MS = 30_000
const LOOK_EVERY_MS = 20

/** Process id in postmaster.pid, or `undefined`. */
export const postmasterPid = (dataFolder: string): number | undefined => {
  const file = join(dataFolder, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 0 ? pid : undefined
}

/** Whether the process runs. A zombie has ended: an init that does not reap must not look like a running server. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether that process is a PostgreSQL working in this very data folder, not a newcomer with a used-again number. */
const worksIn = (pid: number, dataFolder: string): boolean => {
  if (process.platform !== 'linux') return isAlive(pid)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder)
  } catch {
    return false
  }
}

export const untilEnded = async (pid: number, longestMs: number): Promise<boolean> => {
  for (let waited = 0; waited < longestMs; waited += LOOK_EVERY_MS) {
    if (!isAlive(pid)) return true
    await wait(LOOK_EVERY_MS)
  }
  return !isAlive(pid)
}

/** Fast stop (SIGINT: sessions are dropped, a checkpoint is written), then harder ones where it hangs. */
export const stopPostmaster = async (cluster: Pick<Cluster, 'dataFolder' | 'binaries'>, pid: number): Promise<void> => {
  if (process.platform === 'win32') {
    const stop = ['stop', '-D', cluster.dataFolder, '-m', 'fast', '-w', '-t', '30']
    await promisify(execFile)(cluster.binaries.pgCtl, stop, { windowsHide: true }).catch(() => undefined)
    return
  }
  for (const [signal, longestMs] of [
    ['SIGINT', FAST_STOP_MAX_MS],
    ['SIGQUIT', 5000],
    ['SIGKILL', 2000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await untilEnded(pid, longestMs)) return
  }
}

/**
 * What a killed Loa left behind: a PostgreSQL that still runs on our data is stopped properly (we hold the home, so
 * it can be nobody else's), and a pid file whose number now belongs to something else is put away.
 */
export const clearOrphan = async (cluster: Pick<Cluster, 'dataFolder' | 'binaries'>, log: Log): Promise<void> => {
  const pid = postmasterPid(cluster.dataFolder)
  if (pid === undefined) return
  if (isAlive(pid) && worksIn(pid, cluster.dataFolder)) {
    log.info('Dừng cơ sở dữ liệu còn chạy từ lần trước.', { pid })
    await stopPostmaster(cluster, pid)
    return
  }
  if (isAlive(pid)) rmSync(join(cluster.dataFolder, 'postmaster.pid'), { force: true })
}
