import type { Result } from '../report.ts'
import type { Walked } from './walked.ts'

const number = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 })

const cell = (walked: readonly Walked[], journey: string, way: string): string => {
  const found = walked.find((each) => each.journey === journey && each.way === way)
  return found === undefined ? '–' : `${found.presses} · ${number.format(found.seconds)} s`
}

/** What did not come to its end is said below the table, never left out in silence. */
const MISSED = 'did not come to its end'

/** The page `docs/journeys.md`. */
export const journeysPage = (result: Result): string => {
  const walked = result.walked ?? []
  const ways = [...new Set(walked.map(({ way }) => way))]
  const names = [...new Set(walked.map(({ journey }) => journey))]
  const day = result.at.slice(0, 10).split('-').reverse().join('/')
  const { machine } = result
  return [
    '# Mỗi việc mấy lần bấm, mấy giây',
    '',
    `Đo ngày ${day} bằng \`npm run bench -- journeys --write-docs\` trên Chromium thật (${machine.cpu}, ${machine.cores} nhân, tải lúc đo ${machine.load}); mỗi ô là *số lần bấm · số giây*.`,
    'Bấm: một lần nhấp, chạm hoặc một phím ngoài phần gõ chữ (kể cả Tab); chọn trong danh sách tính là hai. Giây: thời gian máy, từ lần bấm đầu tiên ở trang *Hôm nay* đến khi',
    'màn hình nói đã xong, không kể lúc người đọc, nghĩ và gõ. Mạng chậm: 400 kbit/s mỗi chiều, 400 ms khứ hồi, chưa có gì trong bộ nhớ đệm.',
    '',
    '*Each journey in presses and seconds, measured in real Chromium; written by the command above, do not edit by hand.*',
    '',
    `| Việc | ${ways.join(' | ')} |`,
    `|---|${ways.map(() => '---').join('|')}|`,
    ...names.map((name) => `| ${name} | ${ways.map((way) => cell(walked, name, way)).join(' | ')} |`),
    '',
    ...result.notes.filter((note) => note.startsWith(MISSED)).map((note) => `- ${note}`),
  ].join('\n')
}
