/** A stream of numbers in [0, 1) that a seed repeats (mulberry32). */
export type Chance = () => number

/** Mixes words into one seed: each device, direction and purpose draws from a stream of its own (FNV-1a). */
export const seedOf = (...words: readonly (string | number)[]): number => {
  let hash = 0x81_1c_9d_c5
  for (const character of words.join('|')) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01_00_01_93)
  return hash >>> 0
}

export const chanceOf = (...words: readonly (string | number)[]): Chance => {
  let state = seedOf(...words)
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
