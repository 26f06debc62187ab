/** Official Vietnamese text → words to be spoken. Pure: no I/O, no clock, nothing remembered. */
export { type CheckedText, checkText, TEXT_CHARS_MAX } from './check-text.ts'
export { ABBREVIATIONS, type Abbreviation } from './data/abbreviations.ts'
export { read } from './read.ts'
export { RULES } from './rules.ts'
export type { Lexicon, Pause, Reading, SpokenWord } from './types.ts'
