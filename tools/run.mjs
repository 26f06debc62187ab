/** `node tools/run.mjs <file.ts> [arguments]`: runs a TypeScript program of this repository with the right Node. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runChild } from './child.mjs'
import { ensureInstalled, findNode } from './install.mjs'

const [file, ...args] = process.argv.slice(2)
if (file === undefined || !existsSync(file)) {
  process.stderr.write(
    file === undefined ? 'usage: node tools/run.mjs <file> [arguments]\n' : `no such file: ${file}\n`,
  )
  process.exit(2)
}
ensureInstalled('full')
process.exit(await runChild(findNode(), [resolve(file), ...args]))
