/**
 * `npm test [-- path …]`: the law, the format, the types, then every spec, contract and story. With DATABASE_URL (and
 * MQTT_URL) set, the database specs and contracts run a second time against those. Ends with "N passed, N failed".
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureConsole } from './build.mjs'
import { ensureInstalled, findNode, root } from './install.mjs'

ensureInstalled('full')
const node = findNode()
const filters = process.argv.slice(2)
const results = mkdtempSync(join(tmpdir(), 'loa-results-'))
const { DATABASE_URL, MQTT_URL, ...environment } = process.env

const run = (args, env = environment) =>
  spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status === 0

const bin = (...parts) => join(root, 'node_modules', ...parts)

const say = (words) => process.stderr.write(`\n── ${words}\n`)

/** One check counts as one test. */
const check = (name, args) => {
  say(name)
  const passed = run(args)
  if (!passed) process.stderr.write(`✗ ${name}\n`)
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 }
}

const lawOf = (name) => () => check(name, [join(root, 'tools', 'tidy', 'main.ts')])
const formatOf = (name) => () => check(name, [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'])
const typesOf = (name) => () => check(name, [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'])

/** A file that fails before its first test counts as one failure, and so does a run that fails with no test at fault. */
const countOf = (file, succeeded) => {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
  ).length
  const failed = report.numFailedTests + broken
  return { passed: report.numPassedTests, failed: failed === 0 && !succeeded ? 1 : failed }
}

const specs = (name, projects, env) => () => {
  say(name)
  const file = join(results, `${projects.join('-')}-${env === environment ? 'own' : 'given'}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--passWithNoTests']
  const succeeded = run([bin('vitest', 'vitest.mjs'), 'run', ...chosen, ...reporters, ...filters], env)
  return countOf(file, succeeded)
}

/** The stories open the console in a browser. */
const builds = (name) => () => {
  say(name)
  const built = ensureConsole()
  return { passed: built ? 1 : 0, failed: built ? 0 : 1 }
}

const given = { ...environment, ...(DATABASE_URL ? { DATABASE_URL } : {}), ...(MQTT_URL ? { MQTT_URL } : {}) }

const steps = [
  lawOf('tidy'),
  formatOf('biome'),
  typesOf('tsc'),
  specs('specs', ['spec'], environment),
  specs('database specs and contracts, on our own servers', ['db', 'contract'], environment),
  ...(DATABASE_URL || MQTT_URL ? [specs('the same on the given servers', ['db', 'contract'], given)] : []),
  builds('console'),
  specs('stories', ['story'], environment),
]

let passed = 0
let failed = 0
for (const step of steps) {
  const count = step()
  passed += count.passed
  failed += count.failed
}
rmSync(results, { recursive: true, force: true })
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
