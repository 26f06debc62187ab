import type { Phrase } from '../../speech/golden/phrases.ts'
import { ABBREVIATIONS } from '../../speech/src/index.ts'
import { ambiguousOf, fieldsOf } from './abbreviations.ts'
import type { Compared } from './compare.ts'

/** How many phrases of a subject are shown: those in which most changes. */
const SHOWN_PER_SUBJECT = 5
/** Longer phrases would not fit a table. */
const SHOWN_CHARS_MAX = 64

/** What the subjects of the golden phrases are called. */
// biome-ignore format: a table
const SUBJECTS: Readonly<Record<string, string>> = {
  abbreviations: 'chữ viết tắt', addresses: 'địa chỉ, trang mạng', alerts: 'lời cảnh báo', capitals: 'dòng chữ hoa', election: 'bầu cử', farming: 'nông nghiệp', flood: 'lũ, hồ chứa',
  health: 'y tế', hotlines: 'số điện thoại, đường dây nóng', land: 'đất đai', lists: 'danh mục, đánh số', money: 'tiền', names: 'tên dân tộc, địa danh', notices: 'thông báo', office: 'công văn, giấy tờ',
  power: 'điện', reports: 'báo cáo', school: 'trường học', storm: 'bão', town: 'đời sống', traffic: 'giao thông',
}

const cell = (text: string): string => text.replaceAll('\n', ' ⏎ ').replaceAll('|', '\\|')
const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((each) => cell(String(each))).join(' | ')} |`
const count = (value: number): string => value.toLocaleString('vi-VN', { useGrouping: 'always' })
const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const subjectsOf = (phrases: readonly Phrase[]): readonly string[] => [
  ...new Set(phrases.map(({ subject }) => subject)),
]

/** One row of the table of counts. */
export const countRow = (name: string, of: readonly Compared[]): string => {
  const syllables = sum(of.map((each) => each.syllables))
  const changed = sum(of.map((each) => each.changed))
  const touched = of.filter((each) => each.changed > 0).length
  return row(
    name,
    count(of.length),
    `${count(touched)} (${share(touched, of.length)})`,
    count(syllables),
    `${count(changed)} (${share(changed, syllables)})`,
  )
}

const counts = (compared: readonly Compared[]): readonly string[] => [
  row('chủ đề', 'số câu', 'câu đọc khác đi', 'số tiếng Loa cho đọc', 'tiếng mà bản thô không đọc ra'),
  row('---', '--:', '--:', '--:', '--:'),
  ...subjectsOf(compared).map((subject) =>
    countRow(
      SUBJECTS[subject] ?? subject,
      compared.filter((each) => each.subject === subject),
    ),
  ),
  countRow('**tất cả**', compared),
]

/** The phrases in which the largest share of the syllables changes, of each subject. */
export const tellingOf = (compared: readonly Compared[]): readonly Compared[] =>
  subjectsOf(compared).flatMap((subject) =>
    compared
      .filter((each) => each.subject === subject && each.changed > 0 && each.written.length <= SHOWN_CHARS_MAX)
      .toSorted((a, b) => b.changed - a.changed || (a.written < b.written ? -1 : 1))
      .slice(0, SHOWN_PER_SUBJECT),
  )

const telling = (compared: readonly Compared[]): readonly string[] =>
  subjectsOf(compared).flatMap((subject) => [
    `### ${SUBJECTS[subject] ?? subject}`,
    '',
    row('viết', 'máy đọc bản thô', 'Loa cho đọc'),
    row('---', '---', '---'),
    ...tellingOf(compared.filter((each) => each.subject === subject)).map((each) =>
      row(each.written, each.raw, each.spoken),
    ),
    '',
  ])

/** The part of the page about abbreviations: how many, whence, and what decides between senses. */
export const abbreviationLines = (phrases: readonly Phrase[]): readonly string[] => {
  const ambiguous = ambiguousOf(phrases)
  const offered = ABBREVIATIONS.filter(
    ({ others, written }) => others.length > 0 && !ambiguous.some((each) => each.written === written),
  )
  return [
    `Bảng có ${count(ABBREVIATIONS.length)} chữ viết tắt, mỗi chữ có nghĩa và nguồn (\`speech/src/data/\`).`,
    '',
    row('lĩnh vực', 'số chữ', 'nguồn'),
    row('---', '--:', '---'),
    ...fieldsOf().map(({ field, source, count: of }) => row(field, of, source)),
    '',
    '### Chữ có nhiều nghĩa: ngữ cảnh nào chọn nghĩa nào',
    '',
    'Nghĩa không được chọn vẫn hiện ra để người soạn đổi.',
    '',
    row('chữ', 'nghĩa', 'trong câu như'),
    row('---', '---', '---'),
    ...ambiguous.map(({ written, sense, phrase }) => row(written, sense, phrase ?? '')),
    '',
    '### Chữ có nhiều nghĩa mà câu không cho biết',
    '',
    'Đọc theo nghĩa đầu và luôn được đánh dấu còn ngờ.',
    '',
    row('chữ', 'đọc là', 'cũng có thể là'),
    row('---', '---', '---'),
    ...offered.map(({ written, spoken, others }) => row(written, spoken, others.join(', '))),
  ]
}

/** The page docs/readings.md. */
export const pageOf = (compared: readonly Compared[], phrases: readonly Phrase[]): string =>
  [
    '# Viết thế nào, máy đọc ra sao',
    '',
    'Trang này do `npm run compare-readings` ghi ra; đừng sửa tay.',
    '',
    'Cùng một máy đọc (eSpeak NG, giọng Bắc) được đưa hai bản của mỗi câu mẫu trong `speech/golden/`: bản thô như người ta viết, và bản Loa đã',
    'chuyển thành lời. **Số liệu** so từng tiếng (âm IPA máy cho ra, theo thứ tự, bỏ trọng âm và nhịp nghỉ; “ngàn” và “nghìn” là một). **Cột “máy',
    'đọc bản thô”** là chữ dựng lại từ IPA ấy: mỗi âm được ghi bằng tiếng Việt nghe như thế (đồng âm thì lấy tiếng hay gặp), `[…]` là âm không thành',
    'tiếng nào, `«…»` là đoạn máy đọc sang tiếng Anh. Tên chữ cái máy gọi khác Loa một chút cũng đếm là khác. Nghe thật bằng tai người thì trang này không đo.',
    '',
    '## Đếm',
    '',
    ...counts(compared),
    '',
    `## Những câu khác nhau nhiều nhất, theo chủ đề (không quá ${SHOWN_CHARS_MAX} ký tự)`,
    '',
    ...telling(compared),
    '## Chữ viết tắt',
    '',
    ...abbreviationLines(phrases),
    '',
  ].join('\n')
