import { systemClock } from '../server/src/platform/clock.ts'
import { type Made, makeBackup } from './backup/make.ts'
import { rehearse } from './backup/rehearse.ts'
import { type Asked, EXIT, print, readAsked } from './backup/settings.ts'
import { say, sayError, sayFindings, sayMade, sayRefusal } from './backup/words.ts'

/** `npm run backup -- --to folder`: see docs/operating/sao-luu.md. */
const runRehearsal = async (made: Made, { home, databaseUrl }: Asked): Promise<number> => {
  print('', say('rehearse.start'))
  const outcome = await rehearse(made, databaseUrl)
  if ('refused' in outcome) {
    print(...sayRefusal(outcome, { home, from: made.folder }), say('rehearse.fails'))
    return EXIT.fails
  }
  const holds = outcome.findings.every(({ ok }) => ok)
  const verdict = !holds
    ? 'rehearse.fails'
    : made.record.database.kind === 'outside'
      ? 'rehearse.outside'
      : 'rehearse.holds'
  print(...sayFindings(outcome.findings), say(verdict))
  return holds ? EXIT.holds : EXIT.fails
}

const backUp = async (asked: Asked, to: string): Promise<number> => {
  const { home, databaseUrl } = asked
  const made = await makeBackup({ home, to, databaseUrl, clock: systemClock() })
  if ('refused' in made) {
    print(...sayRefusal(made, { home, to }))
    return EXIT.refused
  }
  print(...sayMade(made))
  if (asked.rehearse) return runRehearsal(made, asked)
  return made.damagedSounds.length === 0 ? EXIT.holds : EXIT.fails
}

const run = async (): Promise<number> => {
  const asked = readAsked(process.argv.slice(2))
  if ('fault' in asked || asked.to === undefined || asked.from !== undefined) {
    print(...('fault' in asked ? [asked.fault] : []), say('usage.backup'))
    return EXIT.refused
  }
  try {
    return await backUp(asked, asked.to)
  } catch (error) {
    print(sayError(error, asked.home))
    return EXIT.fails
  }
}

process.exitCode = await run()
