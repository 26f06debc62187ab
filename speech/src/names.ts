/** Foreign words, and names with an apostrophe such as K'Bang and H'Hen. */

import { isWordAt, lettersEnd } from './characters.ts'
import { FOREIGN_GROUPS, foreignWord } from './data/foreign.ts'
import { nameWord } from './data/names.ts'
import { matchAt, type Rule, say } from './scene.ts'
import { isSyllable } from './syllables.ts'

/** First letters of the fixed groups; nothing else needs the expressions tried. */
const GROUP_FIRST = new Set([...'scmweqnSCMWEQN'])

/** Fixed groups of words with hyphens or numbers, such as Covid-19. */
export const groups: Rule = (scene, at) => {
  if (!GROUP_FIRST.has(scene.text[at] ?? '') || isWordAt(scene.text, at - 1)) return undefined
  for (const { written, spoken } of FOREIGN_GROUPS) {
    const found = matchAt(written, scene.text, at)
    if (found !== null) return say({ text: spoken, from: at, to: at + found[0].length, rule: 'foreign' })
  }
  return undefined
}

const APOSTROPHE = /(\p{L}{1,4})['’‘](\p{L}{1,12})/uy

/** A consonant before an apostrophe is said with "ơ": K'Ho → "Cơ Ho". */
const withApostrophe: Rule = (scene, at) => {
  const found = matchAt(APOSTROPHE, scene.text, at)
  if (found === null || isWordAt(scene.text, at - 1)) return undefined
  const [all, head = '', tail = ''] = found
  const consonants = !/[aeiouyăâêôơư]/iu.test(head.normalize('NFD'))
  const first = head.toLowerCase() === 'k' ? 'Cơ' : consonants ? `${head}ơ` : head
  return say({ text: `${first} ${tail}`, from: at, to: at + all.length, rule: 'name' })
}

const CLUSTER = /^([BCDĐGHKLMNPRSTX])((?:l|r|n|m|b|h|k|s|t|x)\p{L}{1,6})$/u

/** "Plông", "Krông", "Pxi": two consonants begin no Vietnamese syllable, so announcers put "ơ" between them. */
const withCluster = (written: string): string | undefined => {
  const [, first = '', rest = ''] = CLUSTER.exec(written) ?? []
  if (first === '' || (first === 'K' && rest.startsWith('r')) || !isSyllable(rest)) return undefined
  return `${first === 'K' ? 'C' : first}ơ ${rest}`
}

/** Words that Vietnamese spelling does not cover, known by their writing. */
export const names: Rule = (scene, at) => {
  const to = lettersEnd(scene.text, at)
  if (/['’‘]/.test(scene.text[to] ?? '')) {
    const named = withApostrophe(scene, at)
    if (named !== undefined) return named
  }
  const lower = scene.lower.slice(at, to)
  const name = nameWord(lower)
  if (name !== undefined) return say({ text: name, from: at, to, rule: 'name' })
  const word = foreignWord(lower)
  if (word === undefined && !isSyllable(lower)) {
    const written = scene.text.slice(at, to)
    const clustered = withCluster(written)
    if (clustered !== undefined) return say({ text: clustered, from: at, to, rule: 'name', doubtful: [written] })
  }
  if (word === undefined || (isSyllable(lower) && word === lower)) return undefined
  return say({ text: word, from: at, to, rule: 'foreign' })
}
