import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** `npm run guide`: makes the pictures of `docs/guide/` anew, by the story that shows what the guide tells. */
const root = join(import.meta.dirname, '..')
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--mode',
    'guide',
    '--project',
    'story',
    'stories/guide.story.ts',
  ],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
