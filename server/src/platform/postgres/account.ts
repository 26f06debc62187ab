import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Whom PostgreSQL runs as; `undefined`: as we do. */
export type Account = { readonly uid: number; readonly gid: number } | undefined

/** PostgreSQL refuses to run as root and wants its user in passwd. `nobody` is in every passwd; the others are for odd ones. */
const UNPRIVILEGED = ['nobody', 'postgres', 'daemon']

const accountNamed = (passwd: string, name: string): Account => {
  const fields = passwd
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':')
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) }
}

/** Started as root, the owner of an existing data folder, else the first unprivileged account; otherwise `undefined`. */
export const accountFor = (dataFolder: string): Account => {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return undefined
  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder)
    if (uid !== 0) return { uid, gid }
  }
  const passwd = readFileSync('/etc/passwd', 'utf8')
  const found = UNPRIVILEGED.map((name) => accountNamed(passwd, name)).find((account) => account !== undefined)
  if (found === undefined) throw new Error('no unprivileged user (nobody) in /etc/passwd to run PostgreSQL as')
  return found
}

const SEARCH = 0o1

const maySearch = (folder: string, { uid, gid }: NonNullable<Account>): boolean => {
  const about = statSync(folder)
  const shift = about.uid === uid ? 6 : about.gid === gid ? 3 : 0
  return ((about.mode >> shift) & SEARCH) !== 0
}

/** Whether the account can go down to a folder, judged by the permission bits of it and everything above it. */
export const canReach = (folder: string, account: Account): boolean => {
  if (account === undefined) return true
  const above = dirname(folder)
  return maySearch(folder, account) && (above === folder || canReach(above, account))
}
