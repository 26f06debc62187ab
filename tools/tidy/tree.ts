import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'rolldown/utils'

/** A node of the syntax tree, as the parser of the bundler gives it (ESTree with types). */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>

/** `file` is where the import leads in this repository, where it leads to a file of ours. */
export type Import = { readonly from: string; readonly file: string | undefined; readonly line: number }

/** A source file of ours, `path` from the root with forward slashes. `program` is absent where it is not TypeScript. */
export type Source = {
  readonly path: string
  readonly text: string
  readonly program: Node | undefined
  readonly imports: readonly Import[]
}

export type Fault = { readonly path: string; readonly line: number; readonly what: string }

/** One law: its name, the reason it exists, and what breaks it. */
export type Rule = { readonly name: string; readonly why: string; check(tree: Tree): readonly Fault[] }

/** The repository, as the rules see it. */
export type Tree = { readonly sources: readonly Source[]; readonly folders: readonly string[] }

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.loa', 'coverage', 'artefacts', 'tmp', '.cache', '.vite'])
const CODE = /\.(ts|tsx|mjs|js)$/
const READ = /\.(ts|tsx|mjs|js|sql|csv)$|(^|\/)package-lock\.json$/

export const isTest = (path: string): boolean => /\.(spec|contract|story)\.tsx?$/.test(path)

/** Line (from 1) of an offset. */
export const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Calls `see` for every node, outermost first, with the node that holds it. */
export const visit = (node: Node, see: (node: Node, parent: Node | undefined) => void, parent?: Node): void => {
  see(node, parent)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see, node)
  }
}

/** All nodes of the file that `wanted` accepts, as faults. */
export const faultsIn = (
  source: Source,
  wanted: (node: Node, parent: Node | undefined) => string | undefined,
): readonly Fault[] => {
  const faults: Fault[] = []
  if (source.program === undefined) return faults
  visit(source.program, (node, parent) => {
    const what = wanted(node, parent)
    if (what !== undefined) faults.push({ path: source.path, line: lineAt(source.text, node.start), what })
  })
  return faults
}

/** `Date.now` for a member expression, `setTimeout` for a name, else ''. */
export const nameOf = (node: unknown): string => {
  if (!isNode(node)) return ''
  if (node.type === 'Identifier') return String(node.name)
  if (node.type !== 'MemberExpression') return ''
  return `${nameOf(node.object)}.${nameOf(node.property)}`
}

export const textOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

const resolveImport = (path: string, from: string): string | undefined => {
  if (from.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), from))
  const own = /^@loa\/([a-z]+)$/.exec(from)
  return own === null ? undefined : `${own[1]}/src/index.ts`
}

const importsOf = (path: string, text: string, program: Node): readonly Import[] => {
  const found: Import[] = []
  visit(program, (node) => {
    const from = /^(Import|ExportNamed|ExportAll)(Declaration|Expression)$/.test(node.type)
      ? textOf(node.source)
      : undefined
    if (from !== undefined) found.push({ from, file: resolveImport(path, from), line: lineAt(text, node.start) })
  })
  return found
}

/** A file as the rules see it. */
export const sourceOf = (path: string, text: string): Source => {
  if (!CODE.test(path)) return { path, text, program: undefined, imports: [] }
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const root = program as unknown as Node
  return { path, text, program: root, imports: importsOf(path, text, root) }
}

type Found = { readonly files: readonly string[]; readonly folders: readonly string[] }

const walk = (root: string, folder: string): Found => {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(({ name }) => !SKIPPED.has(name))
  const path = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => walk(root, path(name)))
  const files = entries.filter((entry) => entry.isFile() && READ.test(entry.name)).map(({ name }) => path(name))
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => path(name))
  return {
    files: [...files, ...below.flatMap((each) => each.files)],
    folders: [...folders, ...below.flatMap((each) => each.folders)],
  }
}

/** Reads the repository at `root`. */
export const readTree = (root: string): Tree => {
  if (!existsSync(join(root, 'package.json'))) throw new Error(`${root} is not the repository`)
  const { files, folders } = walk(root, '')
  return { folders, sources: files.map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8'))) }
}
