/** Abbreviations: the longest written form wins; ambiguous ones are decided by the words around. */

import { isWordAt, lettersEnd } from './characters.ts'
import { abbreviationOf } from './data/abbreviations.ts'
import { AMBIGUOUS, DOTTED, type Sense, STROKED } from './data/ambiguous.ts'
import {
  before,
  followsLast,
  followsQuantity,
  type Hit,
  matchAt,
  orElse,
  type Rule,
  type Said,
  type Scene,
  say,
} from './scene.ts'
import { isSyllable } from './syllables.ts'

const COMPOUND = /\p{L}{1,14}(?:[&\-–.,/]\p{L}{1,14}){1,4}(?![\p{L}\d])/uy
const JOINT = /[&\-–.,/]/

/** Shorter abbreviations never take their dot with them when the sentence ends there. */
const DOT_BELONGS = /^(?:TP|Tp|tp|tx|tt|TX|Tx|TT|Tt|TM|KT|TL|TUQ|P|Q|H|X|T|Đ|GS|PGS|TS|ThS|Ths|BS|KS|LS|CN|CT|KP|T\.Ư)$/

const chooseSense = (scene: Scene, span: { at: number; to: number }, senses: readonly Sense[]): Sense | undefined => {
  const context = before(scene, span.at)
  const written = scene.lower.slice(Math.max(0, span.at - 32), span.at)
  const next = scene.text.slice(span.to, span.to + 32)
  return senses.find(
    (sense) =>
      (sense.before === undefined || sense.before.test(context) || sense.before.test(written)) &&
      (sense.after === undefined || sense.after.test(next)),
  )
}

/** A dot after "TP" or "TM" is part of it when a name follows. */
const endWithDot = (scene: Scene, to: number, written: string): number => {
  if (scene.text[to] !== '.' || !DOT_BELONGS.test(written)) return to
  return /^ ?[\p{L}\d(]/u.test(scene.text.slice(to + 1, to + 3)) ? to + 1 : to
}

/** "Công an xã (CAX)": what has just been said in full is not said again. */
const explains = (scene: Scene, span: { at: number; to: number }, spoken: string): boolean => {
  if (scene.text[span.at - 1] !== '(' || scene.text[span.to] !== ')') return false
  return scene.lower
    .slice(Math.max(0, span.at - spoken.length - 4), span.at - 1)
    .trimEnd()
    .endsWith(spoken.toLowerCase())
}

const sayAbbreviation = (scene: Scene, at: number, written: string): Hit | undefined => {
  const to = at + written.length
  const senses = AMBIGUOUS.get(written)
  if (senses !== undefined) {
    const sense = chooseSense(scene, { at, to }, senses)
    if (sense === undefined) return undefined
    const doubt = orElse(sense.spoken, ...new Set(senses.map((other) => other.spoken)))
    return say({
      text: sense.spoken,
      from: at,
      to: endWithDot(scene, to, written),
      rule: 'abbreviation.context',
      ...doubt,
    })
  }
  const known = abbreviationOf(written)
  if (known === undefined) return undefined
  if (explains(scene, { at, to }, known.spoken)) return { to, said: [] }
  const said: Said = {
    text: known.spoken,
    from: at,
    to,
    rule: 'abbreviation',
    ...orElse(known.spoken, ...known.others),
  }
  return say(said)
}

/** "LĐ-TB&XH": the longest known beginning of the joined capitals. */
const compound = (scene: Scene, at: number): Hit | undefined => {
  const found = matchAt(COMPOUND, scene.text, at)
  if (found === null) return undefined
  let written = found[0]
  while (JOINT.test(written)) {
    const hit = sayAbbreviation(scene, at, written)
    if (hit !== undefined) return hit
    written = written.replace(/[&\-–.,/]\p{L}+$/u, '')
  }
  return undefined
}

const dotted = (scene: Scene, span: { at: number; to: number }, written: string): Hit | undefined => {
  const senses = DOTTED.get(written)
  if (senses === undefined || scene.text[span.to] !== '.') return undefined
  if (scene.lineStart && /^[ac]$/.test(written)) return undefined
  // "Nguyễn Văn P. Ngày mai …": after a name the letter is a name and the dot ends a sentence.
  if (/\p{Lu}\p{Ll}* $/u.test(scene.text.slice(Math.max(0, span.at - 8), span.at))) return undefined
  const sense = chooseSense(scene, span, senses)
  if (sense === undefined) return undefined
  return say({ text: sense.spoken, from: span.at, to: span.to + 1, rule: 'abbreviation.context' })
}

const NEXT_CAPITALS = / (\p{Lu}{2,8})(?![\p{L}\d])/uy

/** The next word is written in capitals and is a word, as in a heading. */
const headingGoesOn = (scene: Scene, to: number): boolean => {
  const next = matchAt(NEXT_CAPITALS, scene.text, to)?.[1] ?? ''
  return next !== '' && isSyllable(next.toLowerCase()) && abbreviationOf(next) === undefined && !AMBIGUOUS.has(next)
}

/** Among capitals "BAN" is a word, so only what cannot be a syllable is taken for an abbreviation there. */
const isWordInCapitals = (scene: Scene, span: { at: number; to: number }, written: string): boolean => {
  if (scene.text[span.to] === '.' || !isSyllable(written.toLowerCase())) return false
  // "BTV TU": one abbreviation brings another.
  if (scene.last?.rule.startsWith('abbreviation') === true && followsLast(scene, span.at)) return false
  const afterCapitals = scene.last?.rule === 'caps' && followsLast(scene, span.at)
  return scene.capsLine || afterCapitals || headingGoesOn(scene, span.to)
}

const STROKE = /\p{L}\/\p{L}(?![\p{L}\d])/uy

/** "đ/c", "v/v": everyday office writing. */
const stroked = (scene: Scene, at: number): Hit | undefined => {
  const found = matchAt(STROKE, scene.lower, at)
  if (found === null || (followsQuantity(scene, at) && scene.text[at - 1] !== ' ')) return undefined
  const to = at + found[0].length
  const sense = chooseSense(scene, { at, to }, STROKED.get(found[0]) ?? [])
  return sense === undefined ? undefined : say({ text: sense.spoken, from: at, to, rule: 'abbreviation' })
}

/** A word with a known abbreviation. */
export const abbreviations: Rule = (scene, at) => {
  if (isWordAt(scene.text, at - 1)) return undefined
  const to = lettersEnd(scene.text, at)
  const written = scene.text.slice(at, to)
  if (JOINT.test(scene.text[to] ?? '')) {
    const hit = stroked(scene, at) ?? compound(scene, at)
    if (hit !== undefined) return hit
  }
  if (isWordInCapitals(scene, { at, to }, written)) return undefined
  return dotted(scene, { at, to }, written) ?? sayAbbreviation(scene, at, written)
}
