import { dateRuns, dateWritten, durationParts, numberWritten, timeOf, weekdayOf } from './format.ts'
import type { Sentence, SummaryFacts } from './summary.ts'
import { admin } from './vi-admin.ts'
import { dispatch } from './vi-dispatch.ts'
import { frame } from './vi-frame.ts'
import { hearing } from './vi-hearing.ts'
import { mergers } from './vi-mergers.ts'
import { networkWords } from './vi-network.ts'
import { readings } from './vi-readings.ts'
import { schedule } from './vi-schedule.ts'
import { screens } from './vi-screens.ts'
import { search } from './vi-search.ts'
import { voices } from './vi-voices.ts'

const n = (value: number, decimals = 0): string => numberWritten(value, 'vi', decimals)

/** `1 giờ 5 phút`, `1 phút 12 giây`, `36 giây`. */
const duration = (ms: number): string => {
  const { hours, minutes, seconds } = durationParts(ms)
  const parts = [
    hours > 0 ? `${hours} giờ` : '',
    minutes > 0 ? `${minutes} phút` : '',
    seconds > 0 && hours === 0 ? `${seconds} giây` : '',
  ].filter(Boolean)
  return parts.join(' ') || '0 giây'
}

const weekdays = ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy']
const weekdaysShort = ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7']

const list = (items: readonly string[]): string =>
  items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} và ${items.at(-1)}`

/** A name as it stands within a sentence: “xã Bình Chương”, “tiếng Cor”. */
const within = (name: string): string => name.replace(/^(Xã|Phường|Tỉnh|Đài|Tiếng)(?= )/, (word) => word.toLowerCase())

/** Names, shortened when there are many: “Thôn 1, Thôn 2 và 4 nơi khác”. */
const places = (all: readonly string[]): string => {
  const names = all.map(within)
  return names.length <= 3 ? list(names) : `${names.slice(0, 2).join(', ')} và ${n(names.length - 2)} nơi khác`
}

/** Clusters that answer for themselves and clusters behind gateways, side by side and never added. */
const clusters = (count: { devices: number; behindGateway: number }, gateways: number): string => {
  const behind =
    count.behindGateway > 0
      ? `${n(count.behindGateway)} cụm sau ${gateways > 1 ? `${n(gateways)} bộ chuyển tiếp` : 'bộ chuyển tiếp'}`
      : ''
  if (count.devices > 0) return `${n(count.devices)} cụm loa${behind && ` và ${behind}`}`
  return behind || '0 cụm loa'
}

const onDays = (dates: readonly string[]): string =>
  dates.length === 0 ? 'chưa chọn ngày' : `${dates.length > 1 ? 'các ngày' : 'ngày'} ${list(dateRuns(dates))}`

const inSessions = (names: readonly string[]): string =>
  names.length === 0 ? 'chưa chọn buổi' : `trong ${list(names.map(schedule.plan.session))}`

/** “17:05 các ngày 22–24/11”, “trong buổi sáng và buổi chiều, các ngày 23–25/11”, “ngay sau khi duyệt”. */
const whenWritten = (when: SummaryFacts['when']): string => {
  if (when === null) return 'ngay sau khi duyệt'
  if ('role' in when) {
    const period =
      when.from === '' || when.to === ''
        ? 'chưa chọn ngày'
        : `từ ${dateWritten(when.from)} đến hết ${dateWritten(when.to)}`
    return when.role === 'chime' ? period : `${inSessions(when.sessions)}, ${period}`
  }
  if ('sessions' in when) return `${inSessions(when.sessions)}, ${onDays(when.dates)}`
  return when.dates.length === 0 ? 'chưa chọn ngày' : `${when.time || 'chưa rõ giờ,'} ${onDays(when.dates)}`
}

/** “Phát 3 lần ở 12 cụm loa của Bình Chương, 17:05 các ngày 22–24/11, dài 1 phút 12 giây.” */
const summary = (facts: SummaryFacts): Sentence => {
  const where = facts.clusters
    ? `ở ${clusters(facts.clusters, facts.gateways)}${facts.places.length > 0 ? ` của ${places(facts.places)}` : ''}`
    : facts.places.length > 0
      ? `ở ${places(facts.places)}`
      : ''
  const when = whenWritten(facts.when)
  const repeats = facts.repeats > 1 ? `, mỗi lần đọc ${facts.repeats} lượt` : ''
  const both =
    facts.repeats === 2
      ? 'cả hai lượt '
      : facts.repeats > 2
        ? `cả ${facts.repeats} lượt `
        : facts.times > 1
          ? 'mỗi lần '
          : ''
  const long = facts.durationMs === null ? '' : `, ${both}dài ${duration(facts.durationMs)}`
  const behalf = facts.behalf ? `, phát hộ ${facts.behalf}` : ''
  const rest = `, ${when}${repeats}${long}${behalf}.`
  if (where === '') return { lead: 'Chưa chọn nơi phát', rest }
  if (facts.when && 'role' in facts.when)
    return { lead: `Dùng làm ${schedule.plan.roles[facts.when.role]} ${where}`, rest }
  return { lead: `Phát ${n(Math.max(1, facts.times))} lần ${where}`, rest }
}

/** The words of the console. Vietnamese is the first language: every other one has the same keys. */
export const vi = {
  code: 'vi' as 'vi' | 'en',
  number: n,
  duration,
  list,
  places,
  within,
  clusters,
  summary,
  date: dateWritten,
  longDate: (date: string) => `${weekdays[weekdayOf(date)]}, ${dateWritten(date)}`,
  weekdayShort: (date: string) => weekdaysShort[weekdayOf(date)] ?? '',
  at: (instant: string) => `${timeOf(instant)} ngày ${dateWritten(instant)}`,

  app: {
    name: 'Loa',
    skip: 'Đến nội dung chính',
    nav: 'Các trang',
    today: 'Hôm nay',
    compose: 'Soạn tin',
    composeShort: 'Soạn',
    mine: 'Tin của tôi',
    approve: 'Duyệt',
    aired: 'Đã phát',
    network: 'Mạng lưới',
    more: 'Thêm',
    briefings: 'Phổ biến trực tiếp',
    waiting: (count: number) => `${n(count)} việc chờ`,
    offline: 'Mất kết nối với máy chủ. Chữ đang viết vẫn được giữ trên máy này; đang thử nối lại.',
    size: (clusters: string, horns: number) => `${clusters} · ${n(horns)} loa`,
    demo: 'Mạng trình diễn theo báo cáo của Bình Sơn: tên người, tên thôn, cách chia cụm và việc Bình Chương chuyển sang loa IP là giả định; loa là loa ảo, không giữ giờ yên lặng.',
    loading: 'Đang tải…',
    notFound: 'Không có trang này.',
    goHome: 'Về trang Hôm nay',
    broken: 'Trang gặp trục trặc. Những gì đã lưu vẫn còn.',
    reload: 'Tải lại trang',
  },
  account: {
    menu: 'Tài khoản',
    language: 'Ngôn ngữ',
    vietnamese: 'Tiếng Việt',
    english: 'English',
    theme: 'Màu màn hình',
    light: 'Sáng',
    dark: 'Tối',
    system: 'Theo máy',
    posts: 'Chức trách',
    signOut: 'Đăng xuất',
  },
  signIn: {
    title: 'Đăng nhập',
    lead: 'Hệ thống truyền thanh cơ sở',
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    show: 'Hiện mật khẩu',
    submit: 'Đăng nhập',
    busy: 'Đang kiểm tra…',
    triesLeft: (count: number) => `Còn ${n(count)} lần thử trước khi tài khoản bị khóa tạm.`,
    lockedFor: (minutes: number) => `Thử lại sau ${n(minutes)} phút.`,
    demoTitle: 'Tài khoản minh họa',
    demoLead: 'Bấm một người để điền sẵn tên và mật khẩu.',
  },
  trouble: {
    title: 'Chưa làm được',
    noConnection: 'Chưa gửi được vì mất kết nối với máy chủ. Kiểm tra mạng rồi thử lại.',
    badAnswer: 'Máy chủ trả lời không đúng. Chưa có gì thay đổi; xin thử lại sau ít phút.',
    loadFailed: 'Chưa tải được phần này.',
    retry: 'Thử lại',
    kept: 'Những gì bạn đã nhập vẫn còn nguyên.',
    close: 'Đóng',
    date: 'Viết ngày như 24/11/2026.',
    time: 'Viết giờ như 17:05.',
    noSuchDate: (text: string) => `Ngày ${text} không có.`,
    noSuchTime: (text: string) => `Giờ ${text} không có; viết như 17:05.`,
    pastDate: (date: string) => `Ngày ${date} đã qua.`,
    rangeTurned: 'Ngày đầu phải trước ngày cuối.',
  },
  classes: { normal: 'Tin thường', priority: 'Ưu tiên', emergency: 'Khẩn cấp', drill: 'Diễn tập' },
  languages: { vi: 'Tiếng Việt', cua: 'Tiếng Cor', sed: 'Tiếng Xơ Đăng', hre: 'Tiếng H’re' } as Record<string, string>,
  states: {
    draft: 'Nháp',
    submitted: 'Chờ duyệt',
    returned: 'Bị trả lại',
    approved: 'Đã duyệt',
    withdrawn: 'Đã rút',
  },
  player: {
    play: 'Nghe',
    pause: 'Tạm dừng',
    seek: 'Vị trí trong tiếng',
    of: (at: string, whole: string) => `${at} trên ${whole}`,
    loading: 'Đang tải tiếng…',
    failed: 'Chưa nghe được: mất mạng, hoặc máy này không phát được tiếng. Bấm nghe để thử lại.',
  },
  ...screens,
  ...admin,
  ...dispatch,
  ...schedule,
  ...frame,
  ...readings,
  ...voices,
  ...networkWords,
  ...search,
  ...mergers,
  ...hearing,
}

export type Words = typeof vi
