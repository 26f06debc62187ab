import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goldenPhrases } from '../speech/golden/phrases.ts'
import { compare } from './readings/compare.ts'
import { pageOf } from './readings/page.ts'

/** `npm run compare-readings`: writes docs/readings.md, what the same voice makes of raw text and of Loa's words. About two minutes. */
const file = join(import.meta.dirname, '..', 'docs', 'readings.md')
const phrases = goldenPhrases()
writeFileSync(file, pageOf(await compare(phrases), phrases))
process.stdout.write(`${file}\n`)
