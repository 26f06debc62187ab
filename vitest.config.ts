import { defineConfig } from 'vitest/config'

/** Folders that hold no specs of ours; `.loa` is a home, and may hold anything. */
const exclude = ['**/node_modules/**', '**/dist/**', '**/.loa/**']
/** One PostgreSQL for the run; each file clones a database of its own. */
const globalSetup = ['tools/test-database.ts']

export default defineConfig({
  test: {
    projects: [
      // a spec that runs a real program takes seconds where the machine is busy
      {
        test: {
          name: 'spec',
          include: ['**/*.spec.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.spec.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['**/*.db.spec.ts'],
          exclude,
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['**/*.contract.ts'],
          exclude,
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'story',
          include: ['stories/**/*.story.ts'],
          exclude,
          // each story runs a whole network; two at once would measure each other
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
