/**
 * What every command of this repository needs before it can run: the packages of the lockfile and a Node that runs
 * TypeScript. Plain JavaScript for Node ≥ 20, no packages, Linux and Windows.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..')

/** TypeScript runs directly, and `import.meta.main` exists, from this version on. */
const NODE_NEEDED = [24, 2]

const lockFile = join(root, 'package-lock.json')
const stampFile = join(root, 'node_modules', '.loa-installed')

const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex')

/** `run`: without development packages; `full`: everything. */
const isStamped = (kind) => {
  if (!existsSync(stampFile)) return false
  const [hash, stamped] = readFileSync(stampFile, 'utf8').trim().split(' ')
  return hash === lockHash() && (stamped === 'full' || stamped === kind)
}

const writeStamp = (kind) => writeFileSync(stampFile, `${lockHash()} ${kind}\n`)

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {}

/** Whether npm's own record says that somebody has already installed what the lockfile asks for. */
const isInstalledByHand = (kind) => {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const present = packagesOf(record)
  return Object.entries(packagesOf(lockFile)).every(([place, wanted]) => {
    if (!place.startsWith('node_modules/') || wanted.link || wanted.optional || wanted.devOptional) return true
    if (kind === 'run' && wanted.dev) return true
    return present[place]?.version === wanted.version
  })
}

/** npm's own program where npm started us: Windows cannot start `npm.cmd` without a shell. */
const npm = (args) => {
  const program = process.env.npm_execpath
  if (program !== undefined && /npm-cli\.c?js$/.test(program)) {
    return spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  }
  return spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
}

/**
 * Installs exactly what the lockfile says, unless it is there already. Install scripts never run: what they would do
 * is done by our own code.
 */
export const ensureInstalled = (kind) => {
  if (isStamped(kind)) return
  if (isInstalledByHand(kind)) return writeStamp(kind)
  process.stderr.write('Đang cài các gói cần thiết (chỉ lần đầu hoặc sau khi nâng cấp)…\n')
  const omit = kind === 'run' ? ['--omit=dev'] : []
  const { status } = npm([
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
    ...omit,
  ])
  if (status !== 0) {
    process.stderr.write(
      'Không cài được các gói. Hãy kiểm tra kết nối mạng rồi chạy lại. / npm ci failed; see above.\n',
    )
    process.exit(1)
  }
  writeStamp(kind)
}

const isEnough = (version) => {
  const [major, minor] = version.split('.').map(Number)
  return major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1])
}

/** The Node that runs our code: this one where it is new enough, else the one that was installed with the packages. */
export const findNode = () => {
  if (isEnough(process.versions.node)) return process.execPath
  const system = process.platform === 'win32' ? 'win' : process.platform
  const folder = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin')
  const bundled = join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(bundled)) return bundled
  process.stderr.write(
    `Cần Node.js từ bản ${NODE_NEEDED.join('.')} (đang có ${process.versions.node}), và không có bản kèm theo cho ` +
      `${process.platform}-${process.arch}. Hãy cài Node.js mới hơn rồi chạy lại.\n` +
      `Node.js ${NODE_NEEDED.join('.')} or newer is needed on this system.\n`,
  )
  process.exit(1)
}
