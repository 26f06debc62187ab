import { RULES } from './rules.ts'
import type { Pause } from './types.ts'

/** A word as a rule proposes it; offsets are in the prepared text. */
export type Said = {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly rule: string
  readonly pause?: Pause
  readonly doubtful?: readonly string[]
}

/** What a rule recognised: it consumed the text up to `to`, said these words and rests afterwards. */
export type Hit = { readonly to: number; readonly said: readonly Said[]; readonly pause?: Pause }

/** The text being read and where the reader stands in it. Rules only look, the reader alone moves. */
export type Scene = {
  readonly text: string
  /** The same text in lower case, character for character. */
  readonly lower: string
  /** The last word said, or undefined at the beginning. */
  last: Said | undefined
  /** True while only bullets and spaces stand before this place on its line. */
  lineStart: boolean
  /** True on a line written in capitals, where capitals mean nothing. */
  capsLine: boolean
  /** What `before` and `after` answered last: the rules tried at one place ask the same. */
  readonly asked: { before: number; beforeText: string; after: number; afterText: string }
}

/** A scene at the beginning of a text. */
export const openScene = (text: string, lower: string): Scene => ({
  text,
  lower,
  last: undefined,
  lineStart: true,
  capsLine: false,
  asked: { before: -1, beforeText: '', after: -1, afterText: '' },
})

/** A rule looks at one place and recognises something there, or not. It must look a bounded distance only. */
export type Rule = (scene: Scene, at: number) => Hit | undefined

/** How far rules look back and ahead for context, in characters: the longest context phrase has 24. */
const CONTEXT_CHARS = 32

/** Runs a sticky expression at one place. */
export const matchAt = (sticky: RegExp, text: string, at: number): RegExpExecArray | null => {
  sticky.lastIndex = at
  return sticky.exec(text)
}

/** The lower-case text just before a place, without the spaces next to it. */
export const before = (scene: Scene, at: number): string => {
  const { asked } = scene
  if (asked.before !== at) {
    asked.before = at
    asked.beforeText = scene.lower.slice(Math.max(0, at - CONTEXT_CHARS), at).trimEnd()
  }
  return asked.beforeText
}

/** The lower-case text just after a place, without the spaces next to it. */
export const after = (scene: Scene, at: number): string => {
  const { asked } = scene
  if (asked.after !== at) {
    asked.after = at
    asked.afterText = scene.lower.slice(at, at + CONTEXT_CHARS).trimStart()
  }
  return asked.afterText
}

/** True when nothing but blanks of one line stands between the last word said and this place. */
export const followsLast = (scene: Scene, at: number): boolean => {
  if (scene.last === undefined || scene.lineStart) return false
  for (let i = scene.last.to; i < at; i++) if (scene.text[i] !== ' ') return false
  return true
}

/** The last syllable said, in lower case, when this place follows it directly; otherwise empty. */
export const syllableBefore = (scene: Scene, at: number): string => {
  if (scene.last === undefined || !followsLast(scene, at)) return ''
  const said = scene.last.text
  return said.slice(said.lastIndexOf(' ') + 1).toLowerCase()
}

const QUANTITY_RULE = /^(number|date|time|percent|unit|money|roman|fraction|range)/
const QUANTITY_RULES: ReadonlySet<string> = new Set(Object.keys(RULES).filter((rule) => QUANTITY_RULE.test(rule)))

/** True when the word just said is a number or its unit. */
export const followsQuantity = (scene: Scene, at: number): boolean =>
  QUANTITY_RULES.has(scene.last?.rule ?? '') && followsLast(scene, at)

/** A hit of one word over the whole span. */
export const say = (said: Said): Hit => ({ to: said.to, said: [said] })

/** The alternatives without the chosen reading, as the optional property of a word. */
export const orElse = (chosen: string, ...readings: readonly string[]): { doubtful?: readonly string[] } => {
  const others = readings.filter((reading) => reading !== chosen && reading !== '')
  return others.length === 0 ? {} : { doubtful: others }
}
