import type { CrowdState } from './crowd.ts'

/** What the simulator says on its terminal: Vietnamese, then English. */
const messages: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  'orders.unreadable': {
    vi: 'Cần một dòng JSON gồm server, data và members',
    en: 'Expected one line of JSON with server, data and members',
  },
  'enrolment.codeRefused': { vi: 'Máy chủ từ chối mã đăng ký của', en: 'The server refused the code of' },
  'enrolment.serverUnreachable': {
    vi: 'Không kết nối được máy chủ để đăng ký',
    en: 'Cannot reach the server to enrol',
  },
  'enrolment.serverFailed': { vi: 'Máy chủ gặp lỗi khi đăng ký', en: 'The server failed while enrolling' },
  'settings.wrong': { vi: 'Giá trị không hợp lệ, phải trong khoảng', en: 'Not a valid value, must be within' },
  'settings.help': {
    vi: [
      'Mô phỏng nhiều cụm loa nối vào một máy chủ đang chạy:',
      '  npm run simulate -- --gateways 22 --clusters 554 [--server http://127.0.0.1:8080] [--unit <xã>]',
      '  --user <tài khoản> --password-file <tệp>   người có quyền thêm thiết bị; bỏ trống: tài khoản dùng thử',
      '  --data <thư mục>      nơi giữ thiết bị đã ghi danh, để lần sau dùng lại',
      '  --seed <số>           cùng một số thì sự cố lặp lại y hệt',
      '  --loss <phần trăm>    gói tin bị mất và phải gửi lại',
      '  --slow <kbit/s>       tốc độ của mỗi đường truyền',
      '  --reboots <số>        số lần mất điện mỗi phút trên toàn mạng',
      '  --clock-error <ms>    đồng hồ lệch nhiều nhất bao nhiêu khi khởi động',
      '  --stalled <số>        số máy nối vào rồi không đọc gì nữa',
      '  --minutes <số>        tự dừng sau bấy nhiêu phút',
    ].join('\n'),
    en: 'Simulates loudspeaker clusters against a running server; the options are those above.',
  },
  'account.needed': {
    vi: 'Cần --user và --password-file của người có quyền thêm thiết bị vào',
    en: 'Give --user and --password-file of somebody who may enter devices at',
  },
  'server.unreachable': { vi: 'Không kết nối được máy chủ', en: 'Cannot reach the server' },
  'access.wrongNameOrPassword': { vi: 'Sai tài khoản hoặc mật khẩu tại', en: 'Wrong account or password at' },
  'access.notAllowed': {
    vi: 'Tài khoản này không được thêm thiết bị tại',
    en: 'This account may not enter devices at',
  },
  'town.noPlaces': {
    vi: 'Không có thôn hoặc đài nào để đặt thiết bị tại',
    en: 'There is no village or station to put devices at',
  },
}

export const said = (code: string, subject = ''): string => {
  if (code === 'fleet.running') return `Đang chạy ${subject} thiết bị mô phỏng.`
  const { vi, en } = messages[code] ?? { vi: `Có sự cố (${code}) với`, en: 'Something went wrong with' }
  return code === 'settings.help' ? `${vi}\n${en}` : `${vi} · ${en}${subject === '' ? '' : ` ${subject}`}`
}

const running: Readonly<Record<string, string>> = {
  'kind.gateway': 'bộ chuyển tiếp',
  'kind.cluster': 'cụm loa',
  'kind.stalled': 'máy nghẽn',
  enrolled: 'Đã ghi danh {done}/{of} {kind} · enrolled',
  starting: 'Đang nối {members} thiết bị mô phỏng, {stalled} máy nghẽn (seed {seed}). Dữ liệu: {data} · connecting',
  ending: 'Đang dừng: gửi nốt biên nhận rồi ngắt kết nối… · ending',
  ended: 'Đã dừng. · ended',
}

/** A sentence of the run with its numbers. */
export const words = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  (running[key] ?? key).replaceAll(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))

/** The line of live state. */
export const lineOf = ({ members, connected, playing, receiptsWaiting }: CrowdState, stalled: number): string =>
  `Đang nối ${connected}/${members} · đang phát ${playing} · biên nhận chờ ${receiptsWaiting}${stalled > 0 ? ` · máy nghẽn ${stalled}` : ''}`
