/** `npm start`: installs what is missing, builds the console where it changed, then runs the server. */
import { join } from 'node:path'
import { ensureConsole } from './build.mjs'
import { runChild } from './child.mjs'
import { ensureInstalled, findNode, root } from './install.mjs'

ensureInstalled('run')
const node = findNode()
ensureConsole()
process.exit(await runChild(node, [join(root, 'server', 'src', 'main.ts'), ...process.argv.slice(2)]))
