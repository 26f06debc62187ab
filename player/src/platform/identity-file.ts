import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Enrolled, enrolledSchema } from '@loa/protocol'
import { isAbsent, replaceFile } from './files.ts'
import { keysFrom, makePrivateKey, random } from './keys.ts'
import { enrol } from './server-http.ts'

/** What a device remembers of its enrolment, with the address it was enrolled at. */
export type StoredIdentity = {
  readonly server: string
  readonly enrolled: Enrolled
  readonly privateKey: string
  /** Of a device that has run before: where receipts are numbered from if its journal is gone. */
  readonly countFrom?: number
}

/** Far above what a device counts in its life, and by chance, so that no earlier loss began at the same number. */
const countFromAnew = (): number => 1_000_000_000 + Buffer.from(random(4)).readUInt32BE()

const read = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** The device's key: made once, readable by its user only, and never sent anywhere. */
const privateKeyIn = async (folder: string): Promise<string> => {
  const path = join(folder, 'device.key')
  const known = await read(path)
  if (known !== undefined) return known
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const made = makePrivateKey()
  await replaceFile(path, made, 0o600)
  return made
}

/** The identity stored in a folder by an earlier run. */
export const storedIdentity = async (folder: string): Promise<StoredIdentity | undefined> => {
  const text = await read(join(folder, 'identity.json'))
  if (text === undefined) return undefined
  const { server, enrolled } = JSON.parse(text)
  return {
    server: String(server),
    enrolled: enrolledSchema.parse(enrolled),
    privateKey: await privateKeyIn(folder),
    countFrom: countFromAnew(),
  }
}

/** Enrols with a code and stores the identity in the folder. */
export const enrolInto = async (
  folder: string,
  options: { readonly server: string; readonly code: string; readonly program: string },
): Promise<StoredIdentity | { readonly refused: string }> => {
  const privateKey = await privateKeyIn(folder)
  const { server, code, program } = options
  const enrolled = await enrol(server, { code, key: keysFrom(privateKey).public, program })
  if ('refused' in enrolled) return enrolled
  await replaceFile(join(folder, 'identity.json'), `${JSON.stringify({ server, enrolled }, null, 2)}\n`, 0o600)
  return { server, enrolled, privateKey }
}
