/**
 * Voices that the operator has added: one folder each under `<home>/voices`, described by its `voice.json`. Nothing outside such
 * a folder is read, and nothing of a size no voice has.
 */
import type { Dirent, Stats } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { z } from 'zod'
import type { VoiceAccent, VoiceTrouble } from './context.ts'

export type FoundVoice = {
  readonly id: string
  readonly name: string
  readonly accents: readonly VoiceAccent[]
} & (
  | { readonly kind: 'model'; readonly folder: string; readonly speaker: number }
  | { readonly kind: 'http'; readonly url: string; readonly token: string | undefined }
  | { readonly kind: 'refused'; readonly trouble: VoiceTrouble }
)

const VOICES_MAX = 20
/** The voice that comes with Loa. */
const BUILT_IN = 'espeak'
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/
const MEGABYTE = 1_048_576
/** Piper's and MMS's largest are some 150 MB, their tokens some kilobytes, a lexicon of a language a few megabytes. */
const bytesMax = { 'model.onnx': 600 * MEGABYTE, 'tokens.txt': MEGABYTE, 'lexicon.txt': 64 * MEGABYTE } as const
const DESCRIPTION_BYTES_MAX = 65_536
const TOKEN_BYTES_MAX = 4_096
/** eSpeak NG's data of all languages: 24 MB in some 400 files. */
const DATA_FILES_MAX = 3_000

const accent = z.enum(['north', 'central', 'south'])
const about = z.object({
  name: z.string().trim().min(1).max(60),
  accent: z.union([accent, z.array(accent).min(1).max(3)]),
  /** By what right it is used: for people, and for who asks later. */
  licence: z.string().trim().min(1).max(200),
})
const description = z.union([
  about.extend({
    url: z.url({ protocol: /^https?$/ }).max(2_000),
    /** A file of the folder with the token that is sent along. */
    tokenFile: z
      .string()
      .regex(/^[\w.-]{1,64}$/)
      .optional(),
  }),
  about.extend({ speaker: z.number().int().min(0).max(10_000).default(0), url: z.undefined().optional() }),
])
type Description = z.infer<typeof description>

/** Why a folder is not taken, in the words of an operator's screen: the file, and what is wrong with it. */
class FolderRefused extends Error {}

const sizeOf = (bytes: number): string => `${Math.ceil(bytes / MEGABYTE)} MB`

const kindOf = (stats: Stats): string => (stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other')

/** Where a file of the folder really is, once it is a plain file (or folder) inside it and not too large. */
const within = async (
  folder: string,
  name: string,
  { kind, limit }: { readonly kind: 'file' | 'folder'; readonly limit: number },
): Promise<string | undefined> => {
  const path = await realpath(join(folder, name)).catch(() => undefined)
  if (path === undefined) return undefined
  if (!path.startsWith(folder + sep)) throw new FolderRefused(`${name}: ngoài thư mục của giọng / outside the folder`)
  const stats = await stat(path)
  if (kindOf(stats) !== kind) throw new FolderRefused(`${name}: không phải ${kind} / not a ${kind}`)
  if (kind === 'file' && stats.size > limit) {
    throw new FolderRefused(`${name}: ${sizeOf(stats.size)} > ${sizeOf(limit)}`)
  }
  return path
}

const required = async (folder: string, name: string, limit: number): Promise<string> => {
  const path = await within(folder, name, { kind: 'file', limit })
  if (path === undefined) throw new FolderRefused(`${name}: không có / missing`)
  return path
}

const describe = async (folder: string): Promise<Description> => {
  const path = await required(folder, 'voice.json', DESCRIPTION_BYTES_MAX)
  let written: unknown
  try {
    written = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw new FolderRefused('voice.json: không phải JSON / not JSON')
  }
  const read = description.safeParse(written)
  if (read.success) return read.data
  const [first] = read.error.issues
  const where = first?.path.join('.') || 'name, accent, licence'
  throw new FolderRefused(`voice.json: ${where}`)
}

/** Data of eSpeak NG must not lead elsewhere either. */
const checkData = async (folder: string): Promise<void> => {
  const data = await within(folder, 'espeak-ng-data', { kind: 'folder', limit: 0 })
  if (data === undefined) return
  const entries = await readdir(data, { recursive: true, withFileTypes: true })
  if (entries.length > DATA_FILES_MAX) throw new FolderRefused(`espeak-ng-data: > ${DATA_FILES_MAX}`)
  const odd = entries.find((entry) => !entry.isFile() && !entry.isDirectory())
  if (odd !== undefined) throw new FolderRefused(`espeak-ng-data/${odd.name}: không phải tệp thường / not a plain file`)
}

const tokenOf = async (folder: string, file: string | undefined): Promise<string | undefined> =>
  file === undefined ? undefined : (await readFile(await required(folder, file, TOKEN_BYTES_MAX), 'utf8')).trim()

type Named = { readonly id: string; readonly name: string; readonly accents: readonly VoiceAccent[] }

const voiceIn = async (folder: string, { id }: { readonly id: string }): Promise<FoundVoice> => {
  const described = await describe(folder)
  const accents = [described.accent].flat()
  const named: Named = { id, name: described.name, accents: [...new Set(accents)] }
  if (described.url !== undefined) {
    const token = await tokenOf(folder, described.tokenFile)
    return { ...named, kind: 'http', url: described.url, token }
  }
  await required(folder, 'model.onnx', bytesMax['model.onnx'])
  await required(folder, 'tokens.txt', bytesMax['tokens.txt'])
  await within(folder, 'lexicon.txt', { kind: 'file', limit: bytesMax['lexicon.txt'] })
  await checkData(folder)
  return { ...named, kind: 'model', folder, speaker: described.speaker }
}

const voiceAt = async (root: string, id: string): Promise<FoundVoice> => {
  try {
    const folder = await within(root, id, { kind: 'folder', limit: 0 })
    if (folder === undefined) throw new FolderRefused(id)
    return await voiceIn(folder, { id })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { id, name: id, accents: ['central'], kind: 'refused', trouble: { code: 'folderRefused', detail } }
  }
}

const isFolder = (entry: Dirent): boolean =>
  (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.')
const isId = (name: string): boolean => ID.test(name) && name !== BUILT_IN

const NAME_CHARACTERS_MAX = 20

/** A folder whose name cannot be an id is shown with the reason: whoever made it looks for it. */
const misnamed = (name: string): FoundVoice => {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()
  const kept = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, NAME_CHARACTERS_MAX)
  const rule = name === BUILT_IN ? 'đã dùng / taken' : 'a-z 0-9 -, ≤ 32'
  const detail = `tên thư mục / folder name: ${rule}`
  const trouble = { code: 'folderRefused', detail } as const
  return { id: `${kept || 'thu-muc'}-sai-ten`, name: name.slice(0, 60), accents: ['central'], kind: 'refused', trouble }
}

/** The voices under this folder, by name of their folders. A folder that is not right is one too, with the reason. */
export const voicesIn = async (folder: string): Promise<FoundVoice[]> => {
  const root = await realpath(folder).catch(() => undefined)
  if (root === undefined) return []
  const entries = await readdir(root, { withFileTypes: true })
  const names = entries.filter(isFolder).map(({ name }) => name)
  const ids = names.filter(isId).sort().slice(0, VOICES_MAX)
  const others = names
    .filter((name) => !isId(name))
    .sort()
    .slice(0, VOICES_MAX)
  return [...(await Promise.all(ids.map((id) => voiceAt(root, id)))), ...others.map(misnamed)]
}
