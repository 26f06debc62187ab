/**
 * Packs the player for a small board: `node tools/run.mjs player/pack.ts [folder]`, then `node loa-player.mjs …` there. The
 * packed program reads no TypeScript, leaves out what a player never calls, and runs without V8's optimising compilers:
 * a player has little to compute and little memory. koffi stays beside it.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = import.meta.dirname
const folder = resolve(process.argv[2] ?? join(here, 'dist'))

/**
 * Measured while playing, Node 24 on x64: 92 MB resident and 2.3 % of a core with V8 as it comes, 74 MB and 1.5 % with
 * these. The interpreter is fast enough, and nothing is compiled twice. They only work from the beginning of a process.
 */
const v8Flags = ['--no-opt', '--no-maglev', '--no-sparkplug', '--liftoff-only', '--max-semi-space-size=1']

/** Becomes the player with these flags, as the same process, where the system can do that; Windows cannot. */
const launcher = `import { fileURLToPath } from 'node:url'
const flags = ${JSON.stringify(v8Flags)}
const program = new URL('./program.mjs', import.meta.url)
if (process.platform !== 'win32' && process.execve) {
  // execve is new, and mqtt asks for url.parse: neither concerns whoever looks after a loudspeaker.
  const quiet = ['--disable-warning=ExperimentalWarning', '--disable-warning=DEP0169']
  const { execPath, argv, env } = process
  process.execve(execPath, [execPath, ...flags, ...quiet, fileURLToPath(program), ...argv.slice(2)], env)
}
await import(program.href)
`

await build({
  configFile: false,
  logLevel: 'warn',
  root: here,
  ssr: { target: 'node', noExternal: true, external: ['koffi'] },
  build: {
    ssr: join(here, 'src', 'main.ts'),
    outDir: folder,
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    rolldownOptions: { output: { entryFileNames: 'program.mjs', chunkFileNames: '[name].mjs' } },
  },
})

writeFileSync(join(folder, 'loa-player.mjs'), launcher)
writeFileSync(
  join(folder, 'package.json'),
  `${JSON.stringify({ name: 'loa-player', private: true, type: 'module' })}\n`,
)

/** koffi finds its binary in `@koromix/koffi-<platform>` beside it: of this machine, or of those npm was told to install. */
const koffi = dirname(fileURLToPath(import.meta.resolve('koffi')))
const modules = join(koffi.slice(0, koffi.lastIndexOf('node_modules')), 'node_modules')
mkdirSync(join(folder, 'node_modules'), { recursive: true })
for (const name of ['koffi', '@koromix']) {
  cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true, dereference: true })
}
