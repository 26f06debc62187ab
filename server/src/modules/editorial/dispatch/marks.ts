import { openRoom, type Span } from './parts.ts'

/** What a listener needs to know: what to do, when, where, for whom, whom to call. */
export type MarkKind = 'when' | 'where' | 'who' | 'action' | 'contact' | 'hazard' | 'money'
export type Mark = Span & { readonly kind: MarkKind; readonly text: string }

/**
 * Words stand a few blanks apart. Without an end to it, a pattern tries every blank of a long row of them from every other one: a
 * text made for that holds the server for seconds.
 */
const bounded = (source: string): string => source.replaceAll('\\s+', '\\s{1,5}').replaceAll('\\s*', '\\s{0,5}')
const pattern = (source: string): RegExp => new RegExp(bounded(source), 'giu')

const TIME = '(?:\\d{1,2}\\s*(?:giờ|h|g)\\s*(?:\\d{2}(?:\\s*phút)?)?|\\d{1,2}:\\d{2})'
const OF_YEAR = '\\d{1,2}\\s*/\\s*\\d{1,2}(?:\\s*/\\s*\\d{4})?'
/** "24/7" is all day; "4 - 5 kg" is no day without the word or the year. */
const DAY = `ngày\\s+${OF_YEAR}|(?!24\\s*/\\s*(?:7|24)(?![\\d/]))${OF_YEAR}|(?:ngày\\s+)?\\d{1,2}[.-]\\d{1,2}[.-]\\d{4}|ngày\\s+\\d{1,2}[.-]\\d{1,2}|ngày\\s+\\d{1,2}(?:\\s+tháng\\s+\\d{1,2}(?:\\s+năm\\s+\\d{4})?)?`
const PART_OF_DAY = '(?:sáng|trưa|chiều|tối|đêm|rạng sáng)'
const WEEKDAY = '(?:thứ\\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)'
/** Before and after: no letter and no digit. */
const EDGE = '(?<![\\p{L}\\p{N}])'
const END = '(?![\\p{L}\\p{N}])'

const rules: readonly (readonly [MarkKind, RegExp])[] = [
  [
    'when',
    pattern(
      `${EDGE}(?:(?:từ|trước|sau|đến|vào|lúc|kể từ|chậm nhất|hạn chót)\\s+){0,3}(?:(?:lúc|vào)\\s+)?(?:${TIME}|(?:${PART_OF_DAY}\\s+)?(?:${DAY})|${PART_OF_DAY}\\s+(?:nay|mai|${WEEKDAY})|hôm nay|ngày mai|${WEEKDAY}|đầu giờ\\s+${PART_OF_DAY})(?:[\\s,(]*(?:đến|–|-|và|,|\\()?\\s*(?:hết\\s+)?(?:${TIME}|(?:${PART_OF_DAY}\\s+)?(?:${DAY})|${PART_OF_DAY}\\s+(?:nay|mai)|${WEEKDAY})\\)?){0,6}${END}`,
    ),
  ],
  [
    'contact',
    /(?<![\d/.])(?:\+84|0)\d{1,3}(?:[ .-]?\d{2,4}){2,3}(?!\d)|(?<![\d,.])11[2-5](?!\d|[,.]\d)|(?<!\d)1[89]00[ .]?\d{4,6}(?!\d)/gu,
  ],
  [
    'where',
    pattern(
      `${EDGE}(?:tại|ở|về|đến)\\s+(?:nhà văn hóa|nhà văn hoá|hội trường|trụ sở|UBND|trạm y tế|trường|sân vận động|chợ|nhà sinh hoạt|nhà cộng đồng|đình|bến|cầu|khu vực|các khu|điểm)[^.;,:()]{0,60}|(?:thôn|xóm|làng|bản|tổ dân phố|khu phố|khu dân cư) {1,3}(?:[1-9]\\d?|(?-i:\\p{Lu})\\p{L}*(?: {1,3}(?-i:\\p{Lu})\\p{L}*){0,3})${END}`,
    ),
  ],
  [
    'who',
    pattern(
      `${EDGE}(?:bà con|nhân dân|người dân|khách hàng|các hộ(?: dân| gia đình)?|hộ (?:dân|gia đình|kinh doanh|nghèo|chăn nuôi)|toàn dân|chủ tàu|ngư dân|phụ huynh|học sinh|cử tri|(?<!căn cước )công dân|thanh niên|(?<!tuổi )trẻ(?! hóa| trung)(?: em)?(?: dưới \\d+ (?:tuổi|tháng tuổi))?|người (?:cao tuổi|già|bệnh)|phụ nữ|nông dân|chủ (?:hộ|rừng|nuôi|vật nuôi|phương tiện)|mọi người|mỗi hộ|hộ nào|các gia đình|người (?:nộp thuế|sử dụng|bị|mắc|có biểu hiện)|tổ chức, cá nhân|tiểu thương)${END}`,
    ),
  ],
  [
    'action',
    pattern(
      `${EDGE}(?:tuyệt đối không|không được|không|cần|phải|hãy|nên|chủ động|khẩn trương|thường xuyên)?\\s*(?:di dời|sơ tán|di chuyển|chằng chống|gia cố|cắt tỉa|kê cao|thu hoạch|neo đậu|vào bờ|ra khơi|qua ngầm|qua suối|vớt củi|đánh bắt|tích trữ|dự trữ|sạc|tắt|cắt điện|cúp|ngừng cấp|tạm ngừng|tiêm|tiêm phòng|tiêm chủng|khám|uống|phun|vệ sinh|dọn|diệt|nuôi nhốt|chôn|tiêu hủy|đốt|đăng ký|kê khai|nộp|mang theo|đi bầu|bỏ phiếu|bầu cử|kiểm tra|tham gia|tham dự|có mặt|dự họp|họp|mời|nhận|đến nhận|treo cờ|báo ngay|báo cho|liên hệ|gọi|theo dõi|đề phòng|cảnh giác|nhập học|hỗ trợ)${END}|${EDGE}(?:tuyệt đối không|không được|nghiêm cấm|phải)\\s+\\p{L}+`,
    ),
  ],
  [
    'hazard',
    pattern(
      `${EDGE}(?:bão|áp thấp|lũ quét|lũ|lụt|ngập|sạt lở|mưa (?:rất )?(?:to|lớn)|mưa (?:từ )?\\d{2,4}(?:\\s*[-–]\\s*\\d{2,4})?\\s*mm|báo động (?:[1-3]|(?-i:I{1,3}))|BĐ ?(?:[1-3]|(?-i:I{1,3}))|gió giật|triều cường|lên nhanh|cháy rừng|cháy|nắng nóng|rét (?:đậm|hại)|(?<!chiến |giao |truyền |dung |phiên )dịch|sốt xuất huyết|dại|động đất|xả lũ|lừa đảo|(?:chịu|bị|vùng) ảnh hưởng|cô lập|(?:coi )?như (?:đang |vẫn )?có điện|điện giật)${END}`,
    ),
  ],
  [
    'money',
    /(?<!\p{N})\d{1,3}(?:\.\d{3}){0,5}(?:,\d{1,9})?\s{0,5}(?:đồng|triệu đồng|tỷ đồng|nghìn đồng)(?:\/[\p{L}]+)?|(?<!\p{L})miễn phí(?!\p{L})/gu,
  ],
]

/** What is found in a stretch of the text, in order; of two that overlap, the rule that stands first wins. */
export const marksIn = (text: string, within: Span): readonly Mark[] => {
  const found: Mark[] = []
  const part = text.slice(within.from, within.to)
  const take = openRoom(within)
  for (const [kind, pattern] of rules) {
    for (const match of part.matchAll(pattern)) {
      const trimmed = match[0].trim()
      const from = within.from + match.index + match[0].indexOf(trimmed)
      const mark: Mark = { kind, text: trimmed, from, to: from + trimmed.length }
      if (trimmed !== '' && take(mark)) found.push(mark)
    }
  }
  return found.sort((a, b) => a.from - b.from)
}
