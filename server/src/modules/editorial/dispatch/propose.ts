import { type Mark, type MarkKind, marksIn } from './marks.ts'
import { type Part, partsOf, type Span, withoutEnd } from './parts.ts'
import { type NamedPlace, type Place, placesIn } from './places.ts'
import { type Sentence, sentencesOf } from './sentences.ts'

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

/** About a minute and a half of speech: what people still remember at the end. */
const SPOKEN_CHARACTERS_MAX = 1_200
const TITLE_MAX = 200

const WEIGHTS: Readonly<Record<MarkKind, number>> = {
  who: 2,
  action: 2,
  when: 2,
  contact: 3,
  where: 1,
  hazard: 1,
  money: 1,
}
const ENOUGH = 3
/** What offices are to do among themselves: right in a dispatch, of no use to people who listen. */
const INTERNAL =
  /(?<!\p{L})(giao(?! thông| lưu)|tham mưu|chủ trì|phối hợp với|báo cáo (?:về|kết quả|UBND|Ủy ban)|tổng hợp|rà soát|đôn đốc|phân công|trực ban|lập (?:danh sách|biên bản|kế hoạch)|chỉ đạo|công chức|Văn phòng|ban, ngành|các phòng|thủ trưởng|kinh phí|quyết toán|thẩm quyền|hệ thống (?:truyền thanh|loa)|[Đđ]ài truyền thanh|loa truyền thanh)(?!\p{L})/u
const INTERNAL_WEIGHT = 4

/** "Thời gian: …", "Địa điểm: …": what is labelled as needed is needed. */
const LABELLED =
  /^(?:Thời gian|Địa điểm|Khu vực|Phạm vi|Địa bàn|Đối tượng|Thành phần|Nội dung|Mức (?:đóng|thu|hỗ trợ)[^:]{0,20}|Hồ sơ[^:]{0,20}|Lịch[^:]{0,30}|Điện thoại|Đường dây nóng|Liên hệ)(?![^:]{40})[^:]*:/iu
/** Said to people, not about them. */
const ASKED = /^(?:Kính )?(?:đề nghị|mời|yêu cầu|khuyến cáo|kêu gọi|lưu ý)(?!\p{L})/iu
const ASKED_WEIGHT = 2

const scoreOf = (sentence: Sentence, marks: readonly Mark[]): number => {
  const kinds = new Set(marks.map(({ kind }) => kind))
  const told = [...kinds].reduce((sum, kind) => sum + WEIGHTS[kind], 0)
  const labelled = LABELLED.test(sentence.text) ? ENOUGH : 0
  const asked = ASKED.test(sentence.text) ? ASKED_WEIGHT : 0
  return told + labelled + asked - (INTERNAL.test(sentence.text) ? INTERNAL_WEIGHT : 0)
}

/** A letter that has no single capital stays as it is: "ﬀ" would become two. */
const capitalised = (text: string): string => {
  const capital = text.charAt(0).toLocaleUpperCase('vi')
  return capital.length === 1 ? capital + text.slice(1) : text
}
/** As it is said: a capital, a full stop, no semicolon. */
const asSentence = (text: string): string => {
  const inner = withoutEnd(text.replace(/\s+/gu, ' '), /[\s;,./]/u).trim()
  return inner === '' ? '' : `${capitalised(inner)}${/[!?:]$/u.test(inner) ? '' : '.'}`
}

const textOf = (text: string, spans: readonly Span[]): string =>
  spans
    .map(({ from, to }) =>
      text
        .slice(from, to)
        .replace(/[*_#|]+/gu, '')
        .trim(),
    )
    .join(' ')
    .replace(/\s+/gu, ' ')

const subjectSpans = (text: string, parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ kind, from, to }) => kind === 'subject' && !/^\p{Lu}[\p{Lu}\s]{5,40}$/u.test(text.slice(from, to)))

/** What it is about, without the "V/v" before it. */
const aboutOf = (text: string, subject: readonly Span[]): string =>
  textOf(text, subject).replace(/^(?:V\/v|Về việc|Về)\s*[:.]?\s*/u, '')

const COMMITTEE = /^(?:ỦY|UỶ) BAN NHÂN DÂN$/u
const PLACE = /^(XÃ|PHƯỜNG|THỊ TRẤN|TỈNH|THÀNH PHỐ)\s+(.+)$/u
const LOWER_HEADS: Readonly<Record<string, string>> = {
  XÃ: 'xã',
  PHƯỜNG: 'phường',
  'THỊ TRẤN': 'thị trấn',
  TỈNH: 'tỉnh',
  'THÀNH PHỐ': 'thành phố',
}
const OF_ALL = /^(?:CỘNG H|Độc lập|ĐẢNG CỘNG SẢN)|^[^\p{L}]*$/u

const inNames = (capitals: string): string =>
  capitals.toLocaleLowerCase('vi').replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toLocaleUpperCase('vi'))

type Issuer = { readonly name: string; readonly spans: readonly Span[] }

/** The name in capitals as the document itself writes it elsewhere; capitals do not tell which letters are large. */
const asWrittenBelow = (text: string, head: Span): string | undefined => {
  const capitals = text.slice(head.from, head.to)
  const at = text.toLocaleLowerCase('vi').indexOf(capitals.toLocaleLowerCase('vi'), head.to)
  const below = at < 0 ? '' : text.slice(at, at + capitals.length)
  return below === '' || below === capitals ? undefined : below
}

/** Who writes: "ỦY BAN NHÂN DÂN / XÃ BÌNH CHƯƠNG", or the last name of the letterhead. */
const issuerOf = (text: string, parts: readonly Part[]): Issuer | undefined => {
  const head = parts.filter(({ kind, from, to }) => kind === 'letterhead' && !OF_ALL.test(text.slice(from, to)))
  const last = head.at(-1)
  if (last === undefined) return undefined
  const above = head.at(-2)
  const place = PLACE.exec(text.slice(last.from, last.to))
  if (place !== null && above !== undefined && COMMITTEE.test(text.slice(above.from, above.to))) {
    const name = `Ủy ban nhân dân ${LOWER_HEADS[place[1] ?? ''] ?? ''} ${inNames(place[2] ?? '')}`
    return { name, spans: [above, last] }
  }
  const name = asWrittenBelow(text, last)
  return name === undefined ? undefined : { name, spans: [last] }
}

const openingOf = (text: string, parts: readonly Part[]): Proposed | undefined => {
  const subject = subjectSpans(text, parts)
  if (subject.length === 0) return undefined
  const about = aboutOf(text, subject).replace(/["“”]/gu, '')
  if (about === '') return undefined
  const issuer = issuerOf(text, parts)
  const told = /^thông báo/iu.test(about) ? about : `thông báo về việc ${about}`
  const words = issuer === undefined ? told : `${issuer.name} ${told}`
  return { text: asSentence(words), sources: [...(issuer?.spans ?? []), ...subject], why: ['subject'], chosen: true }
}

type Weighed = { readonly sentence: Sentence; readonly marks: readonly Mark[]; readonly score: number }

/** The best that fit the length, in the order of the original; the rest is offered beside them. */
const chosenOf = (weighed: readonly Weighed[], room: number): ReadonlySet<Sentence> => {
  const chosen = new Set<Sentence>()
  let left = room
  for (const { sentence, score } of [...weighed].sort(
    (a, b) => b.score - a.score || a.sentence.from - b.sentence.from,
  )) {
    if (score < ENOUGH || sentence.text.length > left) continue
    left -= sentence.text.length
    chosen.add(sentence)
  }
  return chosen
}

const listed = (text: string, weighed: readonly Weighed[], chosen: ReadonlySet<Sentence>): readonly Proposed[] => {
  const said = new Set<number>()
  return weighed.flatMap(({ sentence, marks }) => {
    const isChosen = chosen.has(sentence)
    const own: Proposed = {
      text: asSentence(sentence.text),
      sources: [{ from: sentence.from, to: sentence.to }],
      why: [...new Set(marks.map(({ kind }) => kind))],
      chosen: isChosen,
    }
    const { lead } = sentence
    if (lead === undefined || !isChosen || said.has(lead.from)) return [own]
    said.add(lead.from)
    return [
      { text: asSentence(text.slice(lead.from, lead.to)), sources: [lead], why: ['lead'], chosen: true } as const,
      own,
    ]
  })
}

const titleOf = (text: string, parts: readonly Part[]): string => {
  const about = aboutOf(text, subjectSpans(text, parts))
  return withoutEnd(capitalised(about), /[.;,\s]/u).slice(0, TITLE_MAX)
}

/**
 * A short spoken draft of an official dispatch, made of its own sentences, each with its place in the original. Deterministic:
 * letterhead, legal bases, recipients and signature are set aside; of the body what tells people what to do, when, where and
 * whom to call is proposed, in its order, up to about a minute and a half. `text`: clean text with line ends as LF.
 */
export const proposeDraft = (text: string, places: readonly Place[]): Proposal => {
  const parts = partsOf(text)
  const sentences = sentencesOf(text, parts)
  const weighed = sentences.map((sentence): Weighed => {
    const marks = marksIn(text, sentence)
    return { sentence, marks, score: scoreOf(sentence, marks) }
  })
  const opening = openingOf(text, parts)
  const chosen = chosenOf(weighed, SPOKEN_CHARACTERS_MAX - (opening?.text.length ?? 0))
  return {
    title: titleOf(text, parts),
    sentences: [...(opening === undefined ? [] : [opening]), ...listed(text, weighed, chosen)],
    places: placesIn(text, parts, places),
    marks: weighed.flatMap(({ marks }) => marks),
    parts,
  }
}
