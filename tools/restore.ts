import { restoreBackup } from './backup/restore.ts'
import { EXIT, print, readAsked } from './backup/settings.ts'
import { say, sayError, sayRefusal, sayRestored } from './backup/words.ts'

/** `npm run restore -- --from folder --home new`: see docs/operating/sao-luu.md. */
const run = async (): Promise<number> => {
  const asked = readAsked(process.argv.slice(2))
  if ('fault' in asked || asked.from === undefined || asked.to !== undefined || asked.rehearse || !asked.homeNamed) {
    print(...('fault' in asked ? [asked.fault] : []), say('usage.restore'))
    return EXIT.refused
  }
  const { from, home, databaseUrl, skipDamagedSounds: withoutDamagedSounds } = asked
  try {
    const outcome = await restoreBackup({ from, home, databaseUrl, withoutDamagedSounds })
    if ('refused' in outcome) {
      print(...sayRefusal(outcome, { from, home }))
      return EXIT.refused
    }
    print(...sayRestored(outcome, home))
    return outcome.findings.every(({ ok }) => ok) ? EXIT.holds : EXIT.fails
  } catch (error) {
    print(sayError(error, home))
    return EXIT.fails
  }
}

process.exitCode = await run()
