import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repository } from './installation.ts'
import { journeysPage } from './journeys/page.ts'
import { thisMachine } from './machine.ts'
import { approveToSound } from './measurements/approve-to-sound.ts'
import { freshClone } from './measurements/fresh-clone.ts'
import { journeys } from './measurements/journeys.ts'
import { kill } from './measurements/kill.ts'
import { network } from './measurements/network.ts'
import { player } from './measurements/player.ts'
import { reconnect } from './measurements/reconnect.ts'
import { speech } from './measurements/speech.ts'
import { stopAll } from './measurements/stop-all.ts'
import { voicing } from './measurements/voicing.ts'
import { warmStart } from './measurements/warm-start.ts'
import { openPlace, type Place } from './place.ts'
import { stopAllPrograms } from './programs.ts'
import { type Measured, pageOf, type Result, tableOf } from './report.ts'

type Measurement = {
  readonly name: string
  readonly title: string
  /** Left out of a quick run unless it is asked for by name. */
  readonly slow?: true
  readonly run: (place: Place) => Promise<Measured>
}

/** In the order in which they run and stand on the page. */
const measurements: readonly Measurement[] = [
  { name: 'fresh-clone', title: 'Fresh clone to first announcement', slow: true, run: freshClone },
  { name: 'warm-start', title: 'Warm start', run: warmStart },
  { name: 'voicing', title: 'Text to loudspeaker-ready sound', run: voicing },
  { name: 'speech', title: 'Official text to words', run: speech },
  { name: 'approve-to-sound', title: 'Approval to first sound', run: approveToSound },
  { name: 'stop-all', title: 'Stop to silence', run: stopAll },
  { name: 'journeys', title: 'Journeys', slow: true, run: journeys },
  { name: 'network', title: 'One approval, thousands of loudspeakers', slow: true, run: network },
  { name: 'reconnect', title: 'Everybody comes back at once', slow: true, run: reconnect },
  { name: 'player', title: 'The player while playing', run: player },
  { name: 'kill', title: 'Killed in the middle of work', run: kill },
]

const resultsFolder = join(repository, 'bench', 'results')
const page = join(repository, 'docs', 'performance.md')
const fileOf = (name: string): string => join(resultsFolder, `${name}.json`)

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const options = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      cold: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      devices: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.filter((name) => !measurements.some((each) => each.name === name))
  if (unknown.length > 0) {
    say(`unknown: ${unknown.join(', ')}; there are ${measurements.map(({ name }) => name).join(', ')}`)
    process.exit(2)
  }
  return { ...values, names: positionals }
}

const writeDocs = (): void => {
  const results = measurements.flatMap(({ name, title }) =>
    name !== 'journeys' && existsSync(fileOf(name))
      ? [{ title, result: JSON.parse(readFileSync(fileOf(name), 'utf8')) as Result }]
      : [],
  )
  writeFileSync(page, pageOf(results))
  say(`wrote ${page}`)
  if (!existsSync(fileOf('journeys'))) return
  const walked = JSON.parse(readFileSync(fileOf('journeys'), 'utf8')) as Result
  writeFileSync(join(repository, 'docs', 'journeys.md'), journeysPage(walked))
}

/** One measurement; a failure is told, and counts, but does not keep the others from running. */
const measured = async ({ name, run }: Measurement, place: Place): Promise<Result | undefined> => {
  const began = performance.now()
  const machine = thisMachine()
  say(`${name} …`)
  try {
    const done = await run(place)
    const result: Result = { name, at: new Date().toISOString(), machine, quick: place.quick, ...done }
    mkdirSync(resultsFolder, { recursive: true })
    writeFileSync(fileOf(name), `${JSON.stringify(result, null, 2)}\n`)
    say(`${name}: took ${((performance.now() - began) / 1000).toFixed(1)} s`)
    return result
  } catch (error) {
    say(`${name}: FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return undefined
  }
}

const main = async (): Promise<number> => {
  const { quick, cold, rounds, devices, keep, names, 'write-docs': alsoDocs } = options()
  if (alsoDocs && names.length === 0 && !quick) {
    writeDocs()
    return 0
  }
  const wanted = measurements.filter(({ name, slow }) => (names.length > 0 ? names.includes(name) : !(quick && slow)))
  const place = openPlace({
    ...{ quick, cold, keep, say },
    rounds: rounds === undefined ? undefined : Number(rounds),
    devices: devices?.split(',').map(Number),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(
      signal,
      () =>
        void place
          .close()
          .then(stopAllPrograms)
          .finally(() => process.exit(1)),
    )
  }
  const results: Result[] = []
  try {
    for (const each of wanted) {
      const result = await measured(each, place)
      if (result !== undefined) results.push(result)
    }
  } finally {
    await place.close()
    await stopAllPrograms()
  }
  process.stdout.write(`${tableOf(results)}\n`)
  if (alsoDocs) writeDocs()
  return results.length === wanted.length ? 0 : 1
}

process.exit(await main())
