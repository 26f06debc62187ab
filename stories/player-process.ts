import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

const program = join(import.meta.dirname, '..', 'player', 'src', 'main.ts')

/** The player program itself, as a technician starts it on a pole: a process of its own, on the machine's clock. */
export type PlayerProcess = {
  readonly pid: number
  /** Pulls the plug: SIGKILL, nothing is said goodbye to. Resolves when the process is gone. */
  pullThePlug(): Promise<void>
}

const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) =>
    child.exitCode === null && child.signalCode === null ? child.once('exit', () => resolve()) : resolve(),
  )

/** Starts it. With a code it enrols first; without one it goes on as who it is in `data`. */
export const startPlayerProcess = ({
  url,
  code,
  data,
}: {
  url: string
  code?: string
  data: string
}): PlayerProcess => {
  const enrol = code === undefined ? [] : ['--enrol', code]
  const args = [program, '--server', url, ...enrol, '--data', data, '--output', 'wav']
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  if (child.pid === undefined) throw new Error('the player did not start')
  return {
    pid: child.pid,
    pullThePlug: async () => {
      child.kill('SIGKILL')
      await gone(child)
    },
  }
}
