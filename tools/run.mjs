/**
 * `node tools/run.mjs [--in-service] <file.ts> [arguments]`: runs a TypeScript program of this repository with the right
 * Node. `--in-service`: it needs no development packages, and must not have them installed under a server that runs.
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runChild } from './child.mjs'
import { ensureInstalled, findNode } from './install.mjs'

const words = process.argv.slice(2)
const inService = words[0] === '--in-service'
const [file, ...args] = inService ? words.slice(1) : words
if (file === undefined || !existsSync(file)) {
  process.stderr.write(
    file === undefined ? 'usage: node tools/run.mjs <file> [arguments]\n' : `no such file: ${file}\n`,
  )
  process.exit(2)
}
ensureInstalled(inService ? 'run' : 'full')
process.exit(await runChild(findNode(), [resolve(file), ...args]))
