import type { Phrase } from '../../speech/golden/phrases.ts'
import { read } from '../../speech/src/index.ts'
import { phonemesOf } from './engine.ts'
import { figureSounds, missing, type Sound, soundsOf, syllableOf, wordsOf } from './syllables.ts'

/** One phrase read by the same engine twice: as it is written, and as Loa hands it over. */
export type Compared = Phrase & {
  /** What the engine makes of the raw text, as words where its sounds are those of Vietnamese syllables. */
  readonly raw: string
  /** Syllables the engine says of Loa's words. */
  readonly syllables: number
  /** Of these, how many it does not say of the raw text. */
  readonly changed: number
}

/** Numbers that show the engine's sound of every figure in every place. */
const FIGURES = [
  ...Array(22).keys(),
  25,
  31,
  36,
  47,
  58,
  69,
  71,
  82,
  94,
  99,
  100,
  101,
  200,
  300,
  405,
  515,
  1000,
  1111,
  2025,
  5005,
  12_345,
  1_000_000,
].map(String)

/** The sounds of several lists of texts, all from one run of the engine. */
const allSounds = async (...lists: readonly (readonly string[])[]): Promise<readonly (readonly Sound[])[][]> => {
  const sounds = (await phonemesOf(lists.flat())).map(soundsOf)
  let at = 0
  return lists.map(({ length }) => {
    at += length
    return sounds.slice(at - length, at)
  })
}

/** Reads every phrase both ways. Takes about 20 ms a phrase and way. */
export const compare = async (phrases: readonly Phrase[]): Promise<readonly Compared[]> => {
  const [asFigures = [], asWords = [], fromLoa = [], fromRaw = []] = await allSounds(
    FIGURES,
    FIGURES.map((figure) => read(figure).spoken),
    phrases.map(({ spoken }) => spoken),
    phrases.map(({ written }) => written),
  )
  const figures = figureSounds(asFigures.map((sounds, index) => ({ asFigures: sounds, asWords: asWords[index] ?? [] })))
  const evened = (sounds: readonly Sound[]): readonly Sound[] => sounds.map((sound) => figures.get(sound) ?? sound)
  const [loa, raw] = [fromLoa.map(evened), fromRaw.map(evened)]
  const syllables = syllableOf(phrases.map(({ spoken }, index) => ({ spoken, sounds: loa[index] ?? [] })))
  return phrases.map((phrase, index) => {
    const [said, heard] = [loa[index] ?? [], raw[index] ?? []]
    return { ...phrase, raw: wordsOf(heard, syllables), syllables: said.length, changed: missing(said, heard) }
  })
}
