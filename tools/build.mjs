/** Builds the console when its sources have changed since the last build, and packs its files for the wire. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { findNode, root } from './install.mjs'

const dist = join(root, 'console', 'dist')
const stampFile = join(dist, '.stamp')

/** What the console is made of. */
const SOURCES = ['console', 'protocol/src', 'package-lock.json']
const SKIPPED = new Set(['dist', 'node_modules', '.vite'])
const PACKED = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest', '.txt'])
/** Below this a packed form saves nothing that a packet would notice. */
const PACK_MIN_BYTES = 1000

const filesUnder = (path) => {
  if (!existsSync(path)) return []
  if (extname(path) === '.json') return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
}

const sourcesHash = () => {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesUnder(join(root, source)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

const pack = () => {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  for (const entry of files.filter((each) => each.isFile() && PACKED.has(extname(each.name)))) {
    const file = join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    if (bytes.length < PACK_MIN_BYTES) continue
    // 9 of 11: the last two steps cost ten times the time for 3 % of the size
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}

const isBuilt = (hash) => existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === hash

/** Brings console/dist up to date. Returns whether there is a console to show. */
export const ensureConsole = () => {
  if (!existsSync(join(root, 'console', 'vite.config.ts'))) return false
  const hash = sourcesHash()
  if (isBuilt(hash)) return true
  process.stderr.write('Đang dựng giao diện (chỉ lần đầu hoặc sau khi nâng cấp)…\n')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(findNode(), [vite, 'build', 'console', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) {
    process.stderr.write('Chưa dựng được giao diện; máy chủ vẫn chạy. / The console could not be built; see above.\n')
    return existsSync(join(dist, 'index.html'))
  }
  mkdirSync(dist, { recursive: true })
  pack()
  writeFileSync(stampFile, `${hash}\n`)
  return true
}
