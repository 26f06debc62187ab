import { type Mark, type MarkKind, marksIn } from './marks.ts'
import { isAmongOffices, isOfOffices } from './offices.ts'
import { aboutOf, openingOf, titleOf } from './opening.ts'
import { type Part, partsOf, type Span } from './parts.ts'
import { type NamedPlace, type Place, placesIn } from './places.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import { asSentence } from './wording.ts'

/** One sentence of the proposed draft, with the places in the original it was taken from. */
export type Proposed = {
  readonly text: string
  readonly sources: readonly Span[]
  /** What it tells a listener; `subject` for the opening, `lead` for words that lead into a list. */
  readonly why: readonly (MarkKind | 'subject' | 'lead')[]
  /** Proposed for the draft; the others are offered. */
  readonly chosen: boolean
}

export type Proposal = {
  readonly title: string
  readonly sentences: readonly Proposed[]
  readonly places: readonly NamedPlace[]
  readonly marks: readonly Mark[]
  readonly parts: readonly Part[]
}

/** Under two minutes of speech: what people still remember at the end. */
const SPOKEN_CHARACTERS_MAX = 1_500
/** A schedule of some thirty villages may take longer; a longer one is offered, and not begun. */
const SCHEDULE_CHARACTERS_MAX = 3_000

const WEIGHTS: Readonly<Record<MarkKind, number>> = {
  who: 2,
  action: 2,
  when: 2,
  contact: 3,
  hazard: 2,
  where: 1,
  money: 1,
}
const ENOUGH = 3

/** "Thời gian: …", "Địa điểm: …": what is labelled as needed is needed. */
const LABELLED =
  /^(?:Thời (?:gian|hạn|điểm)|Giờ[^:]{0,20}|Địa điểm|Nơi|Khu vực|Phạm vi|Địa bàn|Đối tượng|Thành phần|Nội dung|Hình thức|Mức (?:đóng|thu|hỗ trợ)[^:]{0,20}|Hồ sơ[^:]{0,20}|Lịch[^:]{0,30}|Điện thoại|Đường dây nóng|Liên hệ|Lưu ý|Chú ý|Cảnh báo)(?![^:]{40})[^:]*:/iu
/** Said to people, not about them. */
const ASKED = /(?:^|[,;]\s)(?:Kính )?(?:đề nghị|mời|yêu cầu|khuyến cáo|kêu gọi|lưu ý)(?!\p{L})/iu
const FORBIDDEN = /^(?:tuyệt đối không|không|nghiêm cấm|cấm)\s+\p{Ll}/iu
const ASKED_WEIGHT = 2
const FORBIDDEN_WEIGHT = 3
/** "Bà con che đậy thức ăn": whoever stands first is spoken to. */
const SPOKEN_TO_WEIGHT = 1
/** "13 giờ 30 ngày 27/11": an hour on a day is an appointment. */
const APPOINTED_WEIGHT = 1
/** "Chằng chống nhà cửa": what begins with what is to be done is told to those who are to do it. */
const BIDDEN_WEIGHT = 1
/** A river beyond its mark, a line that counts as live though it is cut: people's lives, also where no hour is said. */
const ALARM = /(?<!\p{L})(?:(?:báo động|BĐ) ?(?:[1-3]|(?-i:I{1,3}))|như (?:đang |vẫn )?có điện)(?![\p{L}\d])/iu
const ALARM_WEIGHT = 1
const HOUR = /\d\s*(?:giờ|h|g|:)/iu
const ON_DAY = /ngày|\d\s*\/\s*\d/iu
const INVITES = /mời\s*:$/iu

const wordsOf = (text: string): readonly string[] => text.toLocaleLowerCase('vi').match(/\p{L}+/gu) ?? []

/** What leads into a sentence makes it needed: a label, an invitation, or words that the subject itself uses. */
const leadsToNeeded = (lead: string, subject: ReadonlySet<string>): boolean => {
  const isLabel = LABELLED.test(lead.endsWith(':') || /^nội dung/iu.test(lead) ? lead : `${lead}:`)
  const words = wordsOf(lead)
  return isLabel || INVITES.test(lead) || (words.length > 1 && words.every((word) => subject.has(word)))
}

type Scored = { readonly sentence: Sentence; readonly marks: readonly Mark[]; readonly lead: string }

/** How much it tells, by the marks found in it. */
const toldBy = (marks: readonly Mark[]): number => {
  const kinds = new Set(marks.map(({ kind }) => kind))
  const when = marks.filter(({ kind }) => kind === 'when').map(({ text }) => text)
  const appointed = when.some((text) => HOUR.test(text)) && when.some((text) => ON_DAY.test(text))
  return [...kinds].reduce((sum, kind) => sum + WEIGHTS[kind], appointed ? APPOINTED_WEIGHT : 0)
}

/** By when people must be gone concerns them, whoever is told to see to it; who lists and reports it does not. */
const OF_ALL = /(?<!\p{L})(?:sơ tán|di dời|ra khơi|cấm (?:biển|đường)|nghỉ học|xả lũ)(?!\p{L})/iu
const ON_PAPER = /(?<!\p{L})(?:báo cáo|danh sách|rà soát|tổng hợp|phương án|kế hoạch)(?!\p{L})/iu

/** Whom to call is needed also where the officer on duty answers. */
const isForOffices = ({ sentence: { text, section }, marks, lead }: Scored): boolean => {
  const kinds = new Set(marks.map(({ kind }) => kind))
  if (kinds.has('contact') || (kinds.has('when') && OF_ALL.test(text) && !ON_PAPER.test(text))) return false
  return isAmongOffices(text) || isAmongOffices(lead) || isOfOffices(section)
}

const scoreOf = (scored: Scored, subject: ReadonlySet<string>): number => {
  const { sentence, marks, lead } = scored
  const first = marks[0]
  const spokenTo = first?.kind === 'who' && first.from === sentence.from
  const isBidden = first?.kind === 'action' && first.from === sentence.from
  const given: readonly (readonly [boolean, number])[] = [
    [LABELLED.test(sentence.text) || leadsToNeeded(lead, subject), ENOUGH],
    [ASKED.test(sentence.text), ASKED_WEIGHT],
    [FORBIDDEN.test(sentence.text), FORBIDDEN_WEIGHT],
    [spokenTo, SPOKEN_TO_WEIGHT],
    [isBidden, BIDDEN_WEIGHT],
    [ALARM.test(sentence.text), ALARM_WEIGHT],
  ]
  return given.reduce((sum, [is, weight]) => (is ? sum + weight : sum), toldBy(marks))
}

type Weighed = {
  readonly sentence: Sentence
  readonly marks: readonly Mark[]
  readonly score: number
  readonly isForOffices: boolean
  /** The list it belongs to, where that is said whole or not at all. */
  readonly schedule?: number
}

/** Items this long tell a story each; those of a schedule are short. */
const SCHEDULE_ITEM_MAX = 200
const isSchedule = (list: readonly Weighed[]): boolean => {
  const placed = list.filter(({ marks }) => marks.some(({ kind }) => kind === 'when' || kind === 'where'))
  return placed.length * 2 >= list.length && list.every(({ sentence }) => sentence.text.length <= SCHEDULE_ITEM_MAX)
}

/** "Lý do: thay van D200": no list needs it. */
const REASON = /^lý do/iu

/**
 * A schedule is said whole: of three polling stations the third is not left out. Where half of a list is worth saying, so is the
 * rest of it that is not for offices.
 */
const wholeLists = (weighed: readonly Weighed[]): readonly Weighed[] => {
  const lists = new Map<number, Weighed[]>()
  const listOf = ({ sentence: { isItem, leads } }: Weighed): number => (isItem ? (leads.at(-1)?.from ?? -1) : -1)
  for (const each of weighed) {
    const list = lists.get(listOf(each))
    if (list === undefined) lists.set(listOf(each), [each])
    else list.push(each)
  }
  const isWorth = (list: readonly Weighed[]): boolean =>
    list.length > 1 && list.filter(({ score }) => score >= ENOUGH).length * 2 >= list.length
  const worth = new Map([...lists].filter(([from, list]) => from >= 0 && isWorth(list)))
  const schedules = new Set([...worth].filter(([, list]) => isSchedule(list)).map(([from]) => from))
  return weighed.map((each) => {
    const list = listOf(each)
    const isRaised = worth.has(list) && !each.isForOffices && !REASON.test(each.sentence.text)
    if (!isRaised) return each
    const schedule = schedules.has(list) ? { schedule: list } : {}
    return { ...each, ...schedule, score: Math.max(each.score, ENOUGH) }
  })
}

const lengthOf = (sentences: readonly Weighed[]): number =>
  sentences.reduce((sum, { sentence }) => sum + sentence.text.length, 0)

/** The best that fit the length, in the order of the original; the rest is offered beside them. A schedule goes as one. */
const chosenOf = (weighed: readonly Weighed[], room: number): ReadonlySet<Sentence> => {
  const bySchedule = Map.groupBy(weighed, ({ schedule }) => schedule)
  const decided = new Set<number>()
  const chosen = new Set<Sentence>()
  let left = room
  for (const each of [...weighed].sort((a, b) => b.score - a.score || a.sentence.from - b.sentence.from)) {
    const { schedule, score } = each
    if (score < ENOUGH || (schedule !== undefined && decided.has(schedule))) continue
    if (schedule !== undefined) decided.add(schedule)
    const together = schedule === undefined ? [each] : (bySchedule.get(schedule) ?? [])
    const length = lengthOf(together)
    if (length > (schedule === undefined ? left : SCHEDULE_CHARACTERS_MAX)) continue
    left -= length
    for (const { sentence } of together) chosen.add(sentence)
  }
  return chosen
}

/** "NỘI DUNG" leads into everything and says nothing. */
const SAYS_NOTHING = /^nội dung(?: thực hiện)?$/iu
/** "UBND xã thông báo như sau:" after an opening that has said so already. */
const SAID_ALREADY = /(?:thông báo|xây dựng kế hoạch)(?: [^:]{0,60})?(?: như sau)?\s*:$/iu

const leadText = (text: string, lead: Span, hasOpening: boolean): string | undefined => {
  const words = text.slice(lead.from, lead.to)
  const again = hasOpening && SAID_ALREADY.test(words) && !marksIn(text, lead).some(({ kind }) => kind === 'when')
  if (again || SAYS_NOTHING.test(words)) return undefined
  return asSentence(words)
}

type Listed = { readonly text: string; readonly weighed: readonly Weighed[]; readonly chosen: ReadonlySet<Sentence> }

const listed = ({ text, weighed, chosen }: Listed, hasOpening: boolean): readonly Proposed[] => {
  const said = new Set<number>()
  return weighed.flatMap(({ sentence, marks }) => {
    const isChosen = chosen.has(sentence)
    const own: Proposed = {
      text: asSentence(sentence.text),
      sources: [{ from: sentence.from, to: sentence.to }],
      why: [...new Set(marks.map(({ kind }) => kind))],
      chosen: isChosen,
    }
    const leads = isChosen ? sentence.leads.filter(({ from }) => !said.has(from)) : []
    const before = leads.flatMap((lead): readonly Proposed[] => {
      said.add(lead.from)
      const words = leadText(text, lead, hasOpening)
      const sources = [{ from: lead.from, to: lead.to }]
      return words === undefined ? [] : [{ text: words, sources, why: ['lead'], chosen: true }]
    })
    return [...before, own]
  })
}

/**
 * A short spoken draft of an official dispatch, made of its own sentences, each with its place in the original. Deterministic:
 * letterhead, legal bases, recipients and signature are set aside; of the body what tells people what to do, when, where and
 * whom to call is proposed, in its order, up to two minutes. `text`: clean text with line ends as LF.
 */
export const proposeDraft = (text: string, places: readonly Place[]): Proposal => {
  const parts = partsOf(text)
  const subject = new Set(wordsOf(aboutOf(text, parts)))
  const weighed = wholeLists(
    sentencesOf(text, parts).map((sentence): Weighed => {
      const marks = marksIn(text, sentence)
      const above = sentence.leads.at(-1)
      const scored = { sentence, marks, lead: above === undefined ? '' : text.slice(above.from, above.to) }
      const forOffices = isForOffices(scored)
      return { sentence, marks, isForOffices: forOffices, score: forOffices ? 0 : scoreOf(scored, subject) }
    }),
  )
  const opening = openingOf(text, parts)
  const chosen = chosenOf(weighed, SPOKEN_CHARACTERS_MAX - (opening?.text.length ?? 0))
  return {
    title: titleOf(text, parts),
    sentences: [
      ...(opening === undefined ? [] : [{ ...opening, why: ['subject'], chosen: true } as const]),
      ...listed({ text, weighed, chosen }, opening !== undefined),
    ],
    places: placesIn(text, parts, places),
    marks: weighed.flatMap(({ marks }) => marks),
    parts,
  }
}
