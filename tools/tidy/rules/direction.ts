import type { Fault, Rule, Source, Tree } from '../tree.ts'

const top = (path: string): string => path.split('/')[0] ?? ''

/** Who may import whom, besides itself and `protocol`. Who is not named here may import anything. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  speech: [],
  audio: [],
  portal: [],
  voice: [],
  console: [],
  server: ['speech', 'audio', 'portal'],
  player: ['audio'],
  board: [],
  simulator: ['player'],
}

const isWrongWay = (from: string, to: string): boolean => {
  const allowed = EDGES[from]
  return allowed !== undefined && to !== from && to !== 'protocol' && !allowed.includes(to)
}

/** The top folders import each other one way, and by their package's name. */
export const topFolders: Rule = {
  name: 'direction',
  why: 'the top level is the architecture; an import the wrong way ties two programs together (ARCHITECTURE.md)',
  check: ({ sources }) =>
    sources.flatMap((source) =>
      source.imports.flatMap(({ from, file, line }): Fault[] => {
        if (file === undefined || top(file) === top(source.path)) return []
        if (isWrongWay(top(source.path), top(file))) {
          return [{ path: source.path, line, what: `${top(source.path)} imports ${top(file)}` }]
        }
        const reachesIn = from.startsWith('.') && EDGES[top(source.path)] !== undefined
        return reachesIn ? [{ path: source.path, line, what: `imports ${from}; use @loa/${top(file)}` }] : []
      }),
    ),
}

const MODULE = /^server\/src\/modules\/([a-z]+)\//

const moduleOf = (path: string): string | undefined => MODULE.exec(path)?.[1]

/** Module names in the order of server/src/modules.ts. */
export const moduleOrder = (tree: Tree): readonly string[] => {
  const list = tree.sources.find(({ path }) => path === 'server/src/modules.ts')
  if (list === undefined) return []
  const imported = new Map<string, string>()
  for (const match of list.text.matchAll(/import \{([^}]*)\} from '\.\/modules\/([a-z]+)\/index\.ts'/g)) {
    for (const name of (match[1] ?? '').split(',')) imported.set(name.trim().split(' as ').at(-1) ?? '', match[2] ?? '')
  }
  const body =
    /modules\b[^=]*=\s*\[([^\]]*)\]/.exec(list.text.slice(list.text.indexOf('export const modules')))?.[1] ?? ''
  const names = body.split(',').map((each) =>
    imported.get(
      each
        .replace(/\/\/.*$/gm, '')
        .replace(/\(.*$/s, '')
        .trim(),
    ),
  )
  return [...new Set(names.filter((name) => name !== undefined))]
}

const moduleFault = (source: Source, order: readonly string[], file: string): string | undefined => {
  const [from, to] = [moduleOf(source.path), moduleOf(file)]
  if (to === undefined || from === to) return undefined
  if (file !== `server/src/modules/${to}/index.ts`) return `reaches into the module ${to}; use its index.ts`
  if (from === undefined) return undefined
  if (order.indexOf(to) === -1) return `imports the module ${to}, which is not in modules.ts`
  if (order.indexOf(from) === -1) return undefined
  return order.indexOf(to) > order.indexOf(from) ? `the module ${from} imports ${to}, which stands below it` : undefined
}

/** A module imports only modules above it, only through their door. */
export const modules: Rule = {
  name: 'modules',
  why: 'modules.ts is the map: a module knows only those above it, so it can be read, tested and removed alone',
  check: (tree) => {
    const order = moduleOrder(tree)
    const unlisted = [...new Set(tree.sources.map(({ path }) => moduleOf(path)))].filter(
      (name) => name !== undefined && !order.includes(name),
    )
    return [
      ...unlisted.map((name) => ({
        path: 'server/src/modules.ts',
        line: 1,
        what: `the module ${name} is not in the list`,
      })),
      ...tree.sources.flatMap((source) =>
        source.imports.flatMap(({ file, line }) => {
          const what = file === undefined ? undefined : moduleFault(source, order, file)
          return what === undefined ? [] : [{ path: source.path, line, what }]
        }),
      ),
    ]
  },
}

/** Inside a program: from → folders it may not import. */
const INNER: readonly { readonly from: RegExp; readonly to: RegExp; readonly what: string }[] = [
  { from: /\/src\/kernel\//, to: /\/src\/(platform|modules)\//, what: 'the kernel imports what does input and output' },
  { from: /^server\/src\/platform\//, to: /^server\/src\/(modules|demo)\//, what: 'the platform imports a module' },
  { from: /^console\/src\/ui\//, to: /^console\/src\/(features|app)\//, what: 'ui imports what is built from it' },
  { from: /^console\/src\/features\//, to: /^console\/src\/app\//, what: 'a feature imports the application' },
]

const feature = (path: string): string | undefined => /^console\/src\/features\/([^/]+)/.exec(path)?.[1]

/** Kernel, platform, modules; ui, features, app: one way as well. */
export const layers: Rule = {
  name: 'layers',
  why: 'decisions stay pure and features stay apart only while nothing imports upward',
  check: ({ sources }) =>
    sources.flatMap((source) =>
      source.imports.flatMap(({ file, line }): Fault[] => {
        if (file === undefined) return []
        const inner = INNER.find(({ from, to }) => from.test(source.path) && to.test(file))
        if (inner !== undefined) return [{ path: source.path, line, what: `${inner.what} (${file})` }]
        const [mine, other] = [feature(source.path), feature(file)]
        const crosses = mine !== undefined && other !== undefined && mine !== other
        return crosses ? [{ path: source.path, line, what: `the feature ${mine} imports the feature ${other}` }] : []
      }),
    ),
}

type Graph = ReadonlyMap<string, readonly { readonly file: string; readonly line: number }[]>

const graphOf = (sources: readonly Source[]): Graph => {
  const known = new Set(sources.map(({ path }) => path))
  return new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.flatMap(({ file, line }) => (file !== undefined && known.has(file) ? [{ file, line }] : [])),
    ]),
  )
}

/** Every cycle once, by depth-first search. */
export const cycles: Rule = {
  name: 'cycles',
  why: 'files that import each other in a ring can only be understood, tested and moved together',
  check: ({ sources }) => {
    const graph = graphOf(sources)
    const done = new Set<string>()
    const faults: Fault[] = []
    const follow = (path: string, trail: readonly string[]): void => {
      if (done.has(path)) return
      for (const { file, line } of graph.get(path) ?? []) {
        const start = [...trail, path].indexOf(file)
        if (start === -1) follow(file, [...trail, path])
        else
          faults.push({
            path,
            line,
            what: `a ring of imports: ${[...[...trail, path].slice(start), file].join(' → ')}`,
          })
      }
      done.add(path)
    }
    for (const path of graph.keys()) follow(path, [])
    return faults
  },
}
