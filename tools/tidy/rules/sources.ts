import { type Fault, faultsIn, isTest, lineAt, type Node, nameOf, type Rule, type Source, textOf } from '../tree.ts'

/** Programs that measure or drive others from outside are not part of the product. */
const isOutside = (path: string): boolean => /^(tools|bench|stories)\//.test(path) || !path.includes('/')
const isPlatform = (path: string): boolean => path.includes('/platform/')

/** Settings are read in one place. */
export const environment: Rule = {
  name: 'environment',
  why: 'configuration is read once, in server/src/config.ts, where every setting is named, checked and reported',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => path !== 'server/src/config.ts' && !path.startsWith('tools/'))
      .flatMap((source) =>
        faultsIn(source, (node) => (nameOf(node) === 'process.env' ? 'reads process.env' : undefined)),
      ),
}

const CLOCK_CALLS = new Set(['Date.now', 'Date', 'performance.now', 'process.hrtime', 'process.hrtime.bigint'])
const CHANCE_CALLS = new Set(['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'])
const TIMER_CALLS = new Set([
  'setTimeout',
  'setInterval',
  'globalThis.setTimeout',
  'window.setTimeout',
  'window.setInterval',
])
const CHANCE_IMPORTS = new Set(['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'randomFill'])

const importedChance = (node: Node): string | undefined => {
  if (node.type !== 'ImportDeclaration') return undefined
  const from = textOf(node.source) ?? ''
  if (/^(node:)?timers(\/promises)?$/.test(from)) return `imports ${from}`
  if (!/^(node:)?crypto$/.test(from)) return undefined
  const names = (node.specifiers as readonly Node[]).map((each) => nameOf(each.imported))
  const chance = names.find((name) => CHANCE_IMPORTS.has(name))
  return chance === undefined ? undefined : `imports ${chance}`
}

const clockOrChance = (node: Node): string | undefined => {
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && (node.arguments as unknown[]).length === 0) {
    return 'asks for the time (new Date())'
  }
  if (node.type !== 'CallExpression') return importedChance(node)
  const name = nameOf(node.callee)
  if (CLOCK_CALLS.has(name)) return `asks for the time (${name})`
  if (CHANCE_CALLS.has(name)) return `asks for chance (${name})`
  return TIMER_CALLS.has(name) ? `sets a timer (${name})` : undefined
}

/** Time, chance and timers come from a platform folder. */
export const chance: Rule = {
  name: 'time-and-chance',
  why: 'time, chance and ids are handed in, so that a test can turn the clock and repeat every run',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => !isOutside(path) && !isPlatform(path) && !isTest(path))
      .flatMap((source) => faultsIn(source, clockOrChance)),
}

const SLEEPS = /(^|\.)(sleep|delay|waitForTimeout)$/

/** Time is turned in tests, never slept. */
export const sleep: Rule = {
  name: 'sleep',
  why: 'a test that waits for time to pass is slow when it passes and wrong when the machine is busy; turn the clock',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => isTest(path))
      .flatMap((source) =>
        faultsIn(source, (node) => {
          if (node.type === 'ImportDeclaration' && /timers/.test(textOf(node.source) ?? ''))
            return `imports ${textOf(node.source)}`
          const name = node.type === 'CallExpression' ? nameOf(node.callee) : ''
          return TIMER_CALLS.has(name) || SLEEPS.test(name) ? `sleeps (${name})` : undefined
        }),
      ),
}

const SQL_TIME =
  /\b(now\s*\(\s*\)|current_date|current_timestamp|current_time|localtimestamp|clock_timestamp\s*\(|statement_timestamp\s*\(|transaction_timestamp\s*\()/i

const isSqlTag = (node: Node): boolean =>
  node.type === 'TaggedTemplateExpression' && /^(sql|sql\.raw)$/.test(nameOf(node.tag))

const templateText = (node: Node): string => {
  const { quasis } = node.quasi as { quasis: readonly { value: { raw: string } }[] }
  return quasis.map(({ value }) => value.raw).join(' ? ')
}

const queryText = (node: Node): string | undefined => {
  if (isSqlTag(node)) return templateText(node)
  if (node.type !== 'CallExpression' || !/\.(query|raw)$/.test(nameOf(node.callee))) return undefined
  return textOf((node.arguments as readonly unknown[])[0])
}

const withoutComments = (text: string): string => text.replace(/--.*$/gm, '')

const migrationFaults = ({ path, text }: Source): readonly Fault[] =>
  text.split('\n').flatMap((line, place) => {
    const found = SQL_TIME.exec(withoutComments(line))
    return found === null ? [] : [{ path, line: place + 1, what: `SQL asks for the time (${found[1]})` }]
  })

/** SQL is told the time. */
export const sqlTime: Rule = {
  name: 'sql-time',
  why: 'SQL receives the time as a parameter; a database that asks its own clock cannot be turned, and may be wrong',
  check: ({ sources }) =>
    sources.flatMap((source) =>
      source.path.endsWith('.sql')
        ? migrationFaults(source)
        : faultsIn(source, (node) => {
            const found = SQL_TIME.exec(withoutComments(queryText(node) ?? ''))
            return found === null ? undefined : `SQL asks for the time (${found[1]})`
          }),
    ),
}

/** SQL stands in store.ts. */
export const sqlPlace: Rule = {
  name: 'sql-place',
  why: 'all SQL of a module stands in its store.ts, one operation per function, where it can be reviewed as SQL',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => !isOutside(path) && !isPlatform(path) && !isTest(path) && !path.endsWith('/store.ts'))
      .flatMap((source) => faultsIn(source, (node) => (isSqlTag(node) ? 'holds SQL' : undefined))),
}

/** `any` only where the outside world has no types. */
export const anyType: Rule = {
  name: 'any',
  why: 'any turns the type checker off for everything that it touches',
  check: ({ sources }) =>
    sources
      .filter(({ path }) => !isPlatform(path) && !path.endsWith('.d.ts'))
      .flatMap((source) => faultsIn(source, (node) => (node.type === 'TSAnyKeyword' ? 'says any' : undefined))),
}

const FUNCTION_LINES_MAX = 70
const FILE_LINES_MAX = 500

const isFunction = (node: Node): boolean =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)

const isGroupOfTests = (parent: Node | undefined): boolean => {
  if (parent?.type !== 'CallExpression') return false
  const callee = parent.callee as Node
  const name =
    callee.type === 'CallExpression' || callee.type === 'TaggedTemplateExpression'
      ? nameOf(callee.callee ?? callee.tag)
      : nameOf(callee)
  return /^describe\b/.test(name)
}

/** A function fits a screen. */
export const functionLength: Rule = {
  name: 'function-length',
  why: `a function of more than ${FUNCTION_LINES_MAX} lines does not fit a screen; name its steps`,
  check: ({ sources }) =>
    sources.flatMap((source) =>
      faultsIn(source, (node, parent) => {
        if (!isFunction(node) || (isTest(source.path) && isGroupOfTests(parent))) return undefined
        const lines = lineAt(source.text, node.end) - lineAt(source.text, node.start) + 1
        return lines > FUNCTION_LINES_MAX ? `a function of ${lines} lines` : undefined
      }),
    ),
}

/** A file is one idea. */
export const fileLength: Rule = {
  name: 'file-length',
  why: `a source file of more than ${FILE_LINES_MAX} lines holds more than one idea; golden tables are data (CSV, JSON)`,
  check: ({ sources }) =>
    sources
      .filter(({ program }) => program !== undefined)
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > FILE_LINES_MAX)
      .map(({ path, lines }) => ({ path, line: lines, what: `${lines} lines` })),
}

const MEANINGLESS = /^(shared|common|utils?|helpers?|misc|managers?)$/

/** Names say what is inside. */
export const names: Rule = {
  name: 'names',
  why: 'a folder or file named shared, common, utils or helpers says nothing of what is in it and gathers everything',
  check: ({ sources, folders }) =>
    [...folders.map((path) => path), ...sources.map(({ path }) => path)]
      .filter((path) => MEANINGLESS.test((path.split('/').at(-1) ?? '').replace(/\..*$/, '')))
      .map((path) => ({ path, line: 1, what: 'a name that says nothing' })),
}
