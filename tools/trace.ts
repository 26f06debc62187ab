import { environment, parseConfig } from '../server/src/config.ts'
import type { TraceKind } from '../server/src/modules/statistics/index.ts'
import { openInstallation } from './trace/installation.ts'
import { type Asked, trace } from './trace/trace.ts'
import { say } from './trace/words.ts'

const kinds: readonly string[] = ['figure', 'errand', 'receipt', 'airing', 'release', 'notice']

/** What was asked for, and the settings after it (`--home …`). */
const readArguments = (argv: readonly string[]): { asked: Asked; rest: string[] } | undefined => {
  const plain = argv.findIndex((word) => word.startsWith('--'))
  const words = plain < 0 ? argv : argv.slice(0, plain)
  const rest = plain < 0 ? [] : argv.slice(plain)
  const [first, second] = words
  if (first === undefined || words.length > 2) return undefined
  if (second === undefined) return kinds.includes(first) ? undefined : { asked: { kind: undefined, id: first }, rest }
  return kinds.includes(first) ? { asked: { kind: first as TraceKind, id: second }, rest } : undefined
}

const EXIT = { holds: 0, fails: 1, notFound: 2 } as const

const print = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`)
}

const endWith = (words: string): number => {
  print(words)
  return EXIT.notFound
}

const run = async (): Promise<number> => {
  const read = readArguments(process.argv.slice(2))
  if (read === undefined) return endWith(say('usage'))
  const config = parseConfig(read.rest, environment())
  if ('faults' in config) return endWith([...config.faults, say('usage')].join('\n'))
  const installation = await openInstallation(config)
  if (installation === undefined) return endWith(say('noHome', { home: config.home }))
  try {
    const { lines, outcome } = await trace({ db: installation.database.db, home: config.home }, read.asked)
    print(...lines)
    return EXIT[outcome]
  } finally {
    await installation.close()
  }
}

process.exitCode = await run()
