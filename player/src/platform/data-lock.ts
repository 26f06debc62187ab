import { createHash } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const addressOf = (folder: string): string => {
  const name = `loa-player-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  // an abstract socket has no file: the kernel drops it with its process, also after kill -9
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

/** Holds a device's folder for this process: two on one folder would count receipts twice. Refused where another has it. */
export const holdFolder = (
  folder: string,
): Promise<{ readonly release: () => void } | { readonly refused: 'data.inUse' }> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const hold = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    hold.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve({ refused: 'data.inUse' }) : reject(error),
    )
    hold.listen(addressOf(folder), () => {
      hold.unref()
      resolve({ release: () => void hold.close() })
    })
  })
}
