import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Another Loa already works on this home. `main` prints it and ends with code 2. */
export class HomeInUse extends Error {
  override readonly name = 'HomeInUse'
}

const lockAddress = (home: string): string => {
  const name = `loa-home-${createHash('sha256').update(realpathSync(home)).digest('hex').slice(0, 32)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  // an abstract socket has no file: the kernel drops it with its process, also after kill -9
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

const holderOf = (home: string): string => {
  try {
    return readFileSync(join(home, 'server.pid'), 'utf8').trim()
  } catch {
    return '?'
  }
}

const inUseWords = (home: string): string =>
  `Thư mục dữ liệu ${home} đang được một chương trình Loa khác sử dụng (tiến trình ${holderOf(home)}). ` +
  'Hãy dừng chương trình đó, hoặc chọn thư mục khác bằng --home.\n' +
  `The data folder ${home} is in use by another Loa (process ${holderOf(home)}). ` +
  'Stop that one, or choose another folder with --home.'

/**
 * Takes the home for this process: one Loa per home. The hold is a listening socket named after the home's real path,
 * so it cannot be left behind. Throws HomeInUse. Returns what releases it.
 */
export const takeHome = async (home: string): Promise<() => Promise<void>> => {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const hold = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    hold.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new HomeInUse(inUseWords(home)) : error),
    )
    hold.listen(lockAddress(home), resolve)
  })
  hold.unref()
  writeKept(home, 'server.pid', String(process.pid))
  return async () => {
    rmSync(join(home, 'server.pid'), { force: true })
    await new Promise((resolve) => hold.close(resolve))
  }
}

/** A short text kept in the home over restarts (a port, a password); `undefined` where there is none. */
export const readKept = (home: string, name: string): string | undefined => {
  const file = join(home, name)
  if (!existsSync(file)) return undefined
  return readFileSync(file, 'utf8').trim() || undefined
}

/** Keeps a short text in the home, readable by its owner only; whole or not at all. */
export const writeKept = (home: string, name: string, text: string): void => {
  const file = join(home, name)
  writeFileSync(`${file}.new`, `${text}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
