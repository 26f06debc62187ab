import type { Part, Span } from './parts.ts'
import { withoutEnd } from './parts.ts'
import { asSentence, capitalised } from './wording.ts'

const TITLE_MAX = 200

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
export const aboutOf = (text: string, parts: readonly Part[]): string => {
  const subject = textOf(text, subjectSpans(text, parts))
  const bare = subject.startsWith('(') ? withoutEnd(subject.slice(1), /[)\s]/u) : subject
  return bare.replace(/^(?:V\/v|Về việc|Về)\s*[:.]?\s*/u, '')
}

const COMMITTEE = /^(CHỦ TỊCH )?(?:(?:ỦY|UỶ) BAN NHÂN DÂN|UBND)(?: (TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG))?$/u
const PLACE = /^(XÃ|PHƯỜNG|THỊ TRẤN|TỈNH|THÀNH PHỐ)\s+(.+)$/u
const LOWER_HEADS: Readonly<Record<string, string>> = {
  XÃ: 'xã',
  PHƯỜNG: 'phường',
  'THỊ TRẤN': 'thị trấn',
  TỈNH: 'tỉnh',
  'THÀNH PHỐ': 'thành phố',
}
/** What stands on every letterhead; a narrow page breaks it: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT / NAM". */
const OF_ALL =
  /^(?:CỘNG H|Độc lập|ĐẢNG CỘNG SẢN|(?:XÃ HỘI )?(?:CHỦ )?NGHĨA VIỆT|(?:VIỆT )?NAM$|Tự do|(?:- )?Hạnh phúc)|^[^\p{L}]*$/u

const inNames = (capitals: string): string =>
  capitals.toLocaleLowerCase('vi').replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toLocaleUpperCase('vi'))

type Issuer = { readonly name: string; readonly spans: readonly Span[] }

/** The name in capitals as the document itself writes it elsewhere; capitals do not tell which letters are large. */
const asWrittenBelow = (text: string, heads: readonly Span[]): string | undefined => {
  const capitals = heads.map(({ from, to }) => text.slice(from, to)).join(' ')
  const at = text.toLocaleLowerCase('vi').indexOf(capitals.toLocaleLowerCase('vi'), heads.at(-1)?.to)
  const below = at < 0 ? '' : text.slice(at, at + capitals.length)
  return below === '' || below === capitals ? undefined : below
}

/** A name that does not stand by itself: it ends the name above it, "ỦY BAN BẦU CỬ / XÃ BÌNH CHƯƠNG". */
const ENDS_A_NAME = /^(?:XÃ|PHƯỜNG|THỊ TRẤN|TỈNH|THÀNH PHỐ|ĐẶC KHU|KHU VỰC|HUYỆN)\s/u

/** "ỦY BAN NHÂN DÂN / XÃ BÌNH CHƯƠNG", "CHỦ TỊCH UBND TỈNH / QUẢNG NGÃI". */
const committeeOf = (above: string, last: string): string | undefined => {
  const committee = COMMITTEE.exec(above)
  if (committee === null) return undefined
  const [, chair, level] = committee
  const place = PLACE.exec(last)
  const [kind, name] = level === undefined ? [place?.[1], place?.[2]] : [level, last]
  if (kind === undefined || name === undefined) return undefined
  const who = chair === undefined ? 'Ủy ban nhân dân' : 'Chủ tịch Ủy ban nhân dân'
  return `${who} ${LOWER_HEADS[kind] ?? ''} ${inNames(name)}`
}

/** Who writes: the last name of the letterhead, with the line above it where the two are one name. */
const issuerOf = (text: string, parts: readonly Part[]): Issuer | undefined => {
  const head = parts.filter(({ kind, from, to }) => kind === 'letterhead' && !OF_ALL.test(text.slice(from, to)))
  const [above, last] = [head.at(-2), head.at(-1)]
  if (last === undefined) return undefined
  const words = text.slice(last.from, last.to)
  const spans = above === undefined ? [last] : [above, last]
  const both = above && (committeeOf(text.slice(above.from, above.to), words) ?? asWrittenBelow(text, [above, last]))
  if (both !== undefined) return { name: capitalised(both), spans }
  const alone = ENDS_A_NAME.test(words) ? undefined : asWrittenBelow(text, [last])
  return alone === undefined ? undefined : { name: capitalised(alone), spans: [last] }
}

/** A subject below a title begins with a capital that it loses within a sentence; a name keeps its own. */
const withinSentence = (about: string): string =>
  /^\p{Lu}\p{Ll}*\s+\p{Ll}/u.test(about) && !/^(?:Quốc|Đảng|Tết|Trung|Việt)(?!\p{L})/u.test(about)
    ? about.charAt(0).toLocaleLowerCase('vi') + about.slice(1)
    : about

const IS_NAMED = /^(?:lịch|ngày|kế hoạch|danh sách|mức|kết quả|giá|thời gian|chương trình)(?!\p{L})/iu
const INVITATION = /^(?:GIẤY|THƯ) MỜI/u
const PLAN = /^KẾ HOẠCH/u

/** "thông báo về việc họp thôn", "thông báo lịch cắt điện", "kính mời dự hội nghị". */
const toldAs = (about: string, titles: readonly string[]): string => {
  const within = withinSentence(about)
  if (titles.some((title) => INVITATION.test(title)))
    return `kính mời ${/^(?:dự|họp|tham|đến)(?!\p{L})/iu.test(within) ? '' : 'dự '}${within}`
  if (/^(?:thông báo|cảnh báo|kêu gọi)(?!\p{L})/iu.test(within)) return within
  if (IS_NAMED.test(within)) return `thông báo ${within}`
  return titles.some((title) => PLAN.test(title)) ? `thông báo kế hoạch ${within}` : `thông báo về việc ${within}`
}

/** The first words: who writes, and what it is about. Nothing where no subject is found. */
export const openingOf = (
  text: string,
  parts: readonly Part[],
): { readonly text: string; readonly sources: readonly Span[] } | undefined => {
  const about = aboutOf(text, parts).replace(/["“”]/gu, '')
  if (about === '') return undefined
  const titles = parts.filter(({ kind }) => kind === 'subject').map(({ from, to }) => text.slice(from, to))
  const issuer = issuerOf(text, parts)
  const told = toldAs(about, titles)
  const sources = [...(issuer?.spans ?? []), ...subjectSpans(text, parts)]
  return { text: asSentence(issuer === undefined ? told : `${issuer.name} ${told}`), sources }
}

/** What it is about, as a title. */
export const titleOf = (text: string, parts: readonly Part[]): string =>
  withoutEnd(capitalised(aboutOf(text, parts)), /[.;,\s]/u).slice(0, TITLE_MAX)
