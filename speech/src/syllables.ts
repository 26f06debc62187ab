/** Which letter runs are Vietnamese syllables: an onset and a rhyme, tones taken away. */

const ONSETS = ' b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')

const RHYMES = (
  'a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây ' +
  'e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu ' +
  'o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ' +
  'ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uên ' +
  'uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyt uyu uyn uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ' +
  'ươc ươi ươm ươn ương ươp ươt ươu y ' +
  // Endings in -k and -h live in official names of places and peoples: Đắk Lắk, Gia Rai communes, Ea H'leo.
  'ak ăk âk ek êk ik ok ôk ơk uk ưk'
).split(' ')

/** Rhymes on y that only stand alone or after qu. */
const Y_RHYMES = 'ych ynh yt yêm yên yêng yêt yêu ya'.split(' ')

const SYLLABLES: ReadonlySet<string> = new Set([
  ...ONSETS.flatMap((onset) => RHYMES.map((rhyme) => onset + rhyme)),
  ...['', 'qu'].flatMap((onset) => Y_RHYMES.map((rhyme) => onset + rhyme)),
])

/** Grave, acute, tilde, hook above, dot below: the five written tones. */
const TONES = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']

const TONELESS: ReadonlyMap<string, string> = new Map(
  [...'aăâeêioôơuưy'].flatMap((vowel) => TONES.map((tone) => [(vowel + tone).normalize('NFC'), vowel] as const)),
)

/** The same by character code, since every word of a text is looked up. */
const BY_CODE: readonly (string | undefined)[] = Array.from({ length: 0x1f00 }, (_, code) =>
  TONELESS.get(String.fromCharCode(code)),
)

/** The syllable without its tone, which is on one letter; every other letter is kept. */
const withoutTone = (lower: string): string => {
  for (let i = 0; i < lower.length; i++) {
    const plain = BY_CODE[lower.charCodeAt(i)]
    if (plain !== undefined) return lower.slice(0, i) + plain + lower.slice(i + 1)
  }
  return lower
}

/** The longest syllable is "nghiêng". */
const SYLLABLE_CHARS_MAX = 7

/** True when this lower-case letter run can be read as one Vietnamese syllable. */
export const isSyllable = (lower: string): boolean =>
  lower.length <= SYLLABLE_CHARS_MAX && (SYLLABLES.has(lower) || SYLLABLES.has(withoutTone(lower)))

const FOLDED: ReadonlyMap<string, string> = new Map(
  [...SYLLABLES].map((syllable) => [syllable.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd'), syllable]),
)

/** How many letters of an address are cut into syllables; longer runs are left whole. */
const SPLIT_CHARS_MAX = 40

/** Words of addresses; of two ways of cutting with as many pieces the one that has them is meant. */
const COMMON = new Set(
  'cong an xa tinh huyen phuong dich vu quang ngai nam binh tin tuc bao da nang uy ban doan dang'.split(' '),
)

const costOf = (pieces: readonly string[]): number =>
  pieces.reduce((sum, piece) => sum + (COMMON.has(piece) ? 99 : 100), 0)

/**
 * Cuts an unaccented run as in web addresses into syllables, the fewest pieces possible:
 * `quangngai` → ["quang", "ngai"]. Undefined when it is not made of Vietnamese syllables.
 */
export const splitSyllables = (folded: string): readonly string[] | undefined => {
  if (folded.length > SPLIT_CHARS_MAX) return undefined
  const best: (readonly string[] | undefined)[] = [[]]
  for (let end = 1; end <= folded.length; end++) {
    for (let start = Math.max(0, end - SYLLABLE_CHARS_MAX); start < end; start++) {
      const head = best[start]
      const piece = folded.slice(start, end)
      if (head === undefined || piece.length < 2 || !FOLDED.has(piece)) continue
      const found = best[end]
      const pieces = [...head, piece]
      if (found === undefined || costOf(pieces) < costOf(found)) best[end] = pieces
    }
  }
  return best[folded.length]
}
