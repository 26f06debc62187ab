import { cycles, layers, modules, topFolders } from './rules/direction.ts'
import { lockfile, requirements } from './rules/records.ts'
import {
  anyType,
  chance,
  environment,
  fileLength,
  functionLength,
  names,
  sleep,
  sqlPlace,
  sqlTime,
} from './rules/sources.ts'
import type { Rule, Tree } from './tree.ts'

/** The law of this repository, in the order in which faults are reported. */
export const law: readonly Rule[] = [
  topFolders,
  modules,
  layers,
  cycles,
  environment,
  chance,
  sleep,
  sqlTime,
  sqlPlace,
  anyType,
  functionLength,
  fileLength,
  names,
  requirements,
  lockfile,
]

/** One message for each breach: `file:line  rule: what — why`. */
export const breaches = (tree: Tree, rules: readonly Rule[] = law): readonly string[] =>
  rules.flatMap((rule) =>
    rule.check(tree).map(({ path, line, what }) => `${path}:${line}  ${rule.name}: ${what} — ${rule.why}`),
  )
