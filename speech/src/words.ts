/** Ordinary words, words in capitals, single letters and letters that only can be spelled. */
import { isWordAt, letterName, lettersEnd, spell } from './characters.ts'
import { followsLast, type Hit, matchAt, type Rule, say } from './scene.ts'
import { isSyllable } from './syllables.ts'

const VOWEL = /^[aăâeêioôơuưyàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự]$/i
/** A consonant in "nhóm B", "điểm c", "vitamin C" is said by its name. */
const singleLetter = (letter: string, at: number): Hit => {
  if (VOWEL.test(letter)) return say({ text: letter, from: at, to: at + letter.length, rule: 'plain' })
  return say({ text: letterName(letter), from: at, to: at + letter.length, rule: 'letter' })
}

const LIST_LETTER = /(\p{L})[.)](?=\s)/uy

/** "a)" or "b." at the head of a line. */
const listLetter: Rule = (scene, at) => {
  if (!scene.lineStart) return undefined
  const found = matchAt(LIST_LETTER, scene.text, at)
  if (found === null) return undefined
  const said = { text: letterName(found[1] ?? ''), from: at, to: at + 1, rule: 'outline' }
  return { to: at + found[0].length, said: [said], pause: 'short' }
}

/** Runs of capitals longer than this are words, never initials. */
const INITIALS_MAX = 6

/** Capitals: a syllable is read as a word, anything short is spelled, the rest stays a word. */
/** Consonants and vowels in turn: a name, not initials. */
const PRONOUNCEABLE = /^(?:[BCDGHKLMNPRSTVXYZ]{0,2}[AEIOU]{1,2}){2,}[CMNPT]?[GH]?$/

const capitals = (written: string, at: number): Hit => {
  const lower = written.toLowerCase()
  const to = at + written.length
  if (isSyllable(lower)) return say({ text: lower, from: at, to, rule: 'caps' })
  const sayable = written.length > INITIALS_MAX && /[AEIOUYĂÂÊÔƠƯ]/.test(written.normalize('NFD'))
  if (sayable || (written.length >= 4 && PRONOUNCEABLE.test(written)))
    return say({ text: lower, from: at, to, rule: 'unknown-word' })
  return say({ text: spell(written), from: at, to, rule: 'spelled', doubtful: [] })
}

const V_V = /v\.v(?:\.+|…)?(?!\p{L})/iuy

/** "v.v." */
export const andSoOn: Rule = (scene, at) => {
  if (scene.lower[at] !== 'v') return undefined
  const found = matchAt(V_V, scene.text, at)
  if (found === null || isWordAt(scene.text, at - 1)) return undefined
  const to = at + found[0].length
  const ends = /^\s*(?:$|\n|\p{Lu})/u.test(scene.text.slice(to, to + 4))
  return { to, said: [{ text: 'vân vân', from: at, to: at + 3, rule: 'symbol' }], pause: ends ? 'sentence' : 'short' }
}

const MULTIPLY = /[xX](?= ?\d)/y

/** "2 x 3": an x between numbers. */
const multiply: Rule = (scene, at) => {
  const free = / [xX] \d/.test(scene.text.slice(Math.max(0, at - 1), at + 3))
  if (free) return say({ text: 'nhân', from: at, to: at + 1, rule: 'symbol' })
  if (
    matchAt(MULTIPLY, scene.text, at) === null ||
    !followsLast(scene, at) ||
    !/^(?:number|unit)/.test(scene.last?.rule ?? '')
  )
    return undefined
  return say({ text: 'nhân', from: at, to: at + 1, rule: 'symbol' })
}

/** The letter run at this place; always recognises something at a letter. */
export const words: Rule = (scene, at) => {
  const to = lettersEnd(scene.text, at)
  const written = scene.text.slice(at, to)
  if (to === at + 1) return listLetter(scene, at) ?? multiply(scene, at) ?? singleLetter(written, at)
  if (isLower(written)) return plainOrUnknown(written, at)
  if (written === written.toUpperCase()) {
    // "2,5EC", "75WP": what is glued to a figure is letters, never a word.
    const glued = written.length <= 3 && scene.last?.to === at && scene.last.rule.startsWith('number')
    return glued ? say({ text: spell(written), from: at, to, rule: 'spelled', doubtful: [] }) : capitals(written, at)
  }
  return mixed(written, at)
}

const isLower = (written: string): boolean => written.slice(1) === written.slice(1).toLowerCase()

const CONSONANTS = /^[bcdđfghjklmnpqrstvwxz]+$/i

const plainOrUnknown = (written: string, at: number): Hit => {
  const to = at + written.length
  if (isSyllable(written.toLowerCase())) return say({ text: written, from: at, to, rule: 'plain' })
  if (CONSONANTS.test(written) && written.length <= 4)
    return say({ text: spell(written), from: at, to, rule: 'spelled', doubtful: [] })
  return say({ text: written, from: at, to, rule: 'unknown-word' })
}

/** "ViệtNam", "iNET": cut at the capitals; pieces that are syllables become words. */
const mixed = (written: string, at: number): Hit => {
  const to = at + written.length
  const pieces = written.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{L}\p{M}*/gu) ?? [written]
  const said = pieces.map((piece) => {
    if (piece.length > 1 && isSyllable(piece.toLowerCase())) return piece.slice(0, 1) + piece.slice(1).toLowerCase()
    return piece.length <= 3 && (CONSONANTS.test(piece) || piece === piece.toUpperCase()) ? spell(piece) : piece
  })
  return say({ text: said.join(' '), from: at, to, rule: 'unknown-word' })
}
