/**
 * What each line of an official dispatch is, by the layout of NĐ 30/2020 (state documents) and of Party documents: letterhead,
 * number, place and day, subject, addressees, legal bases, body, closing words, recipients, signature. Pure; offsets are
 * UTF-16 offsets in the text.
 */
export type PartKind =
  | 'letterhead'
  | 'number'
  | 'dateline'
  | 'subject'
  | 'addressee'
  | 'basis'
  | 'body'
  | 'closing'
  | 'recipients'
  | 'signature'

export type Span = { readonly from: number; readonly to: number }
export type Part = Span & { readonly kind: PartKind }

/**
 * Whether a stretch is still free; then it is taken. Where thousands stand in one line, asking each of them for each other would
 * take time by the square.
 */
export const openRoom = (within: Span): ((span: Span) => boolean) => {
  const taken = new Uint8Array(within.to - within.from)
  return ({ from, to }) => {
    const wanted = taken.subarray(from - within.from, to - within.from)
    if (wanted.includes(1)) return false
    wanted.fill(1)
    return true
  }
}

/** The text without the signs at its end. A pattern bound to the end only is tried from every place of every row of such signs. */
export const withoutEnd = (text: string, sign: RegExp): string => {
  let end = text.length
  while (end > 0 && sign.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}

type Line = Span & { readonly text: string }

/** A letterhead and a signature stand in two columns; a sentence has no such gaps. */
const GAP = /(?:\s{4,}|\t+)/u
const CELL_MAX = 70

/** Where the right column begins when a PDF has put both on one line. */
const RIGHT_COLUMN =
  /\s+(?=CỘNG H(?:ÒA|OÀ|ÓA) XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|(?:TM|KT|TL|TUQ)\.\s|CHỦ TỊCH$|PHÓ CHỦ TỊCH$)/u
/** "Số: 215/UBND-KT Bình Chương, ngày 20 tháng 11 năm 2026". */
const NUMBER_AND_DAY = /^(Số\s*[:：]?\s*\S*)\s+(?=\p{Lu}[\p{L} ]{1,40},\s+ngày\s)/u

const cellsOf = (raw: string): readonly string[] => {
  const cells = raw.split(GAP)
  if (cells.length > 1) return cells.every((cell) => cell.length <= CELL_MAX) ? cells : [raw]
  const day = NUMBER_AND_DAY.exec(raw)
  if (day !== null) return [day[1] ?? '', raw.slice(day[0].length)]
  return raw.length > 2 * CELL_MAX ? [raw] : raw.split(RIGHT_COLUMN)
}

/** Lines that hold something, columns apart, without blanks and marks of emphasis at their ends: a list of cells for each line. */
const rowsOf = (text: string): readonly (readonly Line[])[] => {
  const rows: Line[][] = []
  let at = 0
  for (const raw of text.split('\n')) {
    let within = 0
    const lines: Line[] = []
    for (const cell of cellsOf(raw)) {
      const start = raw.indexOf(cell, within)
      within = start + cell.length
      const before = cell.length - cell.replace(/^[\s#*_|]+/u, '').length
      const inner = withoutEnd(cell.slice(before), /[\s*_|]/u)
      if (inner !== '') lines.push({ text: inner, from: at + start + before, to: at + start + before + inner.length })
    }
    if (lines.length > 0) rows.push(lines)
    at += raw.length + 1
  }
  return rows
}

const STATE_HEAD = /^(C[ỘỌO]NG H[ÒO]A|CỘNG HOÀ|Độc lập\s*[-–]|ĐẢNG CỘNG SẢN|ĐẢNG BỘ|HUYỆN ỦY|ĐẢNG ỦY|TỈNH ỦY)/u
const NUMBER = /^(Số|SỐ)\s*[:：]?\s*[\d.…]*\s*[-/]?\s*[\d/]*[-–/]?\s*[\p{Lu}Đ\d][\p{Lu}Đ\d/–-]*/u
const DATELINE = /^[\p{L} .'’-]{2,40},?\s+ngày\s+[\d.…]*\s+tháng\s+[\d.…]*\s+năm\s+\d{4}\s*\.?$/u
const SUBJECT = /^\(?(V\/v|Về việc|Về\s)/u
const TITLE =
  /^(THÔNG BÁO|CÔNG ĐIỆN|KẾ HOẠCH|GIẤY MỜI|THƯ MỜI|QUYẾT ĐỊNH|CHỈ THỊ|HƯỚNG DẪN|LỜI KÊU GỌI|THƯ NGỎ|BÁO CÁO|KẾT LUẬN|CÔNG VĂN)(\s*(KHẨN|HỎA TỐC))?$/u
/** "CHỦ TỊCH UBND TỈNH ĐIỆN:" stands above those whom a telegram is sent to. */
const ADDRESSEE = /^(Kính gửi|Kính mời)\s*[:：]?|(?<=\p{Lu}\s)(?:ĐIỆN|điện)\s*:$/u
const BASIS =
  /^(Căn cứ|Thực hiện|Thi hành|Tiếp theo|Xét (?:đề nghị|Tờ trình)|Theo (?:đề nghị|Công văn|Kế hoạch|Quyết định|Thông báo|Tờ trình|chỉ đạo))(?!\p{L})/u
const CLOSING =
  /^(Trên đây là|Trân trọng|Xin trân trọng|(?:Rất )?mong (?:quý|nhận được|bà con)[^.]{0,60}thông cảm|Nhận được (?:Công|Thông|văn)|Yêu cầu [^.]{0,80}(?:nghiêm túc|triển khai thực hiện)|Đề nghị [^.]{0,80}(?:nghiêm túc )?(?:triển khai|thực hiện)(?: nghiêm túc)?(?: các nội dung trên| Thông báo này| công văn này)?\s*\.?\/?\.?$)/u
/** "… thông báo để nhân dân biết, thực hiện./.": it tells nothing more, which is why it holds no figure. */
const FOR_NOTICE =
  /^[^.\d]{0,120}(?:thông báo|kính báo)[^.\d]{0,60} để [^.\d]{0,120}(?:biết|thực hiện)[^.\d]{0,60}\.?\/?\.?$/u
const RECIPIENTS = /^Nơi nhận/u
const SIGNATURE =
  /^(TM\.|KT\.|TL\.|TUQ\.|Q\.\s|T\/M|K\/T|CHỦ TỊCH|PHÓ CHỦ TỊCH|BÍ THƯ|PHÓ BÍ THƯ|TRƯỞNG BAN|CHÁNH VĂN PHÒNG|\(?đã ký\)?)/u
const ITEM = /^([-–+•▪*]|\d{1,2}[.)]|[a-zđ][.)])\s*/u

const isCapitals = (text: string): boolean => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text.replace(/\s+ngày.*$/u, ''))
const isRule = (text: string): boolean => /^[-–—_=*.\s]+$/u.test(text)
const isSentence = (text: string): boolean => text.length > 60 || /[.;:]$/u.test(text)

/** "II. THỜI GIAN, ĐỊA ĐIỂM": a heading within the body, however large its letters. */
const HEADING = /^(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|\p{Lu})[.)]\s/u

type State = {
  readonly kind: PartKind
  readonly begun: boolean
  /** Whether sentences still follow before the recipients: then nobody has signed yet. */
  readonly goesOn: boolean
}

/** Before anything is said: who writes, number, day, what it is about, to whom. */
const inHead = (text: string, { kind }: State): PartKind | undefined => {
  if (NUMBER.test(text) && text.length < 60) return 'number'
  if (DATELINE.test(text)) return 'dateline'
  if (SUBJECT.test(text) || TITLE.test(text)) return 'subject'
  if (ADDRESSEE.test(text)) return 'addressee'
  if (STATE_HEAD.test(text) || isRule(text)) return 'letterhead'
  if (kind === 'subject' && !isCapitals(text) && !ADDRESSEE.test(text) && !BASIS.test(text) && !/[.;:]$/u.test(text))
    return 'subject'
  if (kind === 'subject' && isCapitals(text)) return 'subject'
  return isCapitals(text) && text.length < 90 ? 'letterhead' : undefined
}

const inTail = (text: string, { kind, begun, goesOn }: State): PartKind | undefined => {
  if (RECIPIENTS.test(text)) return 'recipients'
  if (SIGNATURE.test(text) && begun) return 'signature'
  if (kind === 'signature') return 'signature'
  // whoever signs: "GIÁM ĐỐC", "TRƯỞNG TRẠM"; a heading in capitals signs nothing
  const signs = kind === 'recipients' || (!goesOn && !HEADING.test(text))
  if (begun && signs && isCapitals(text) && text.length < 50) return 'signature'
  if (kind === 'recipients') return isSentence(text) && !ITEM.test(text) && text.length > 120 ? undefined : 'recipients'
  return undefined
}

/** One more of those it is sent to: an item of a list, or a name; a sentence speaks already. */
const isAddressee = (text: string): boolean => ITEM.test(text) || (text.length < 60 && !/[.:]$/u.test(text))

const kindOf = (text: string, state: State): PartKind => {
  const tail = inTail(text, state)
  if (tail !== undefined) return tail
  const head = state.begun ? undefined : inHead(text, state)
  if (head !== undefined) return head
  if (ADDRESSEE.test(text)) return 'addressee'
  if (state.kind === 'addressee' && isAddressee(text) && !BASIS.test(text)) return 'addressee'
  if (BASIS.test(text)) return 'basis'
  if (CLOSING.test(text) || FOR_NOTICE.test(text)) return 'closing'
  return 'body'
}

/** "Thực hiện Công điện số 5, UBND xã yêu cầu:" is a basis up to the comma, and says something after it. */
const SPEAKER =
  /[,;]\s+(?=(?:nay\s+)?(?:Ủy ban nhân dân|UBND|Chủ tịch|Ban (?:Chỉ huy|chỉ đạo|Chỉ đạo|Thường vụ|Thường trực|Quản lý)|Đảng ủy|Trạm|Công an|Hội|Đoàn|Trường|Mặt trận|Ủy ban MTTQ|Ban Chấp hành)[^,;]*\s(?:thông báo|yêu cầu|đề nghị|kính mời|mời|kêu gọi|tổ chức|triển khai|khuyến cáo|hướng dẫn))/u

const splitBasis = (line: Line): readonly Part[] => {
  const found = SPEAKER.exec(line.text)
  if (found === null) return [{ kind: 'basis', from: line.from, to: line.to }]
  const middle = line.from + found.index + found[0].length
  return [
    { kind: 'basis', from: line.from, to: line.from + found.index + 1 },
    { kind: 'body', from: middle, to: line.to },
  ]
}

/** For each line, whether a sentence comes after it and before the recipients. */
const goingOn = (lines: readonly Line[]): readonly boolean[] => {
  const last = lines.findIndex(({ text }) => RECIPIENTS.test(text))
  const body = last < 0 ? lines : lines.slice(0, last)
  const lastSentence = body.findLastIndex(({ text }) => text.length > 60 || (ITEM.test(text) && isSentence(text)))
  return lines.map((_, nth) => nth < lastSentence)
}

/** Cells side by side that all speak are a row of a table: which village stands beside which hour is told by that. */
const isRowOfTable = (found: readonly Part[]): boolean => found.length > 1 && found.every(({ kind }) => kind === 'body')

/** The parts of a dispatch, one for each line or cell, or two where a line holds a basis and what follows from it. */
export const partsOf = (text: string): readonly Part[] => {
  const parts: Part[] = []
  const rows = rowsOf(text)
  const goesOn = goingOn(rows.flat())
  let before: Omit<State, 'goesOn'> = { kind: 'letterhead', begun: false }
  let nth = 0
  for (const row of rows) {
    const found: Part[] = []
    for (const line of row) {
      const kind = kindOf(line.text, { ...before, goesOn: goesOn[nth] ?? false })
      found.push(...(kind === 'basis' ? splitBasis(line) : [{ kind, from: line.from, to: line.to }]))
      const last = found.at(-1)?.kind ?? kind
      before = { kind: last, begun: before.begun || last === 'body' || last === 'basis' || last === 'closing' }
      nth += 1
    }
    const [first, last] = [found[0], found.at(-1)]
    if (first && last && isRowOfTable(found)) parts.push({ kind: 'body', from: first.from, to: last.to })
    else parts.push(...found)
  }
  return parts
}
