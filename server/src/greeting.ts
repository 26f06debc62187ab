import { type Instant, isWithin, policyBeforeConfig } from '@loa/protocol'
import { demoPassword, firstTwo } from './demo/index.ts'

const signInLines = (): readonly string[] => {
  const names = firstTwo().map(({ username, name, posts }) => [username, name, posts[0]?.title ?? ''] as const)
  const width = Math.max(...names.map(([username]) => username.length))
  return [
    'Đây là bản dùng thử với mạng lưới mẫu của 5 xã. Đăng nhập bằng một trong hai tài khoản:',
    ...names.map(
      ([username, name, title]) => `  tên  ${username.padEnd(width)}   mật khẩu  ${demoPassword}   (${name}, ${title})`,
    ),
    '',
    'Việc nên làm đầu tiên: vào bằng tài khoản thứ nhất, mở một bản nháp có sẵn và gửi duyệt; rồi vào bằng tài khoản',
    'thứ hai, nghe thử và duyệt. Loa mô phỏng sẽ phát ngay, trang "Hôm nay" cho thấy cụm loa nào đã phát.',
    '',
  ]
}

/** At night a newcomer would press "phát ngay" and hear nothing: say so before. */
const nightLines = (now: Instant): readonly string[] =>
  policyBeforeConfig.quiet.some((span) => isWithin(span, now))
    ? [
        'Bây giờ là giờ yên tĩnh (21:00–05:00): loa không phát tin thường, trừ tin khẩn cấp. Hãy hẹn giờ phát vào sáng mai.',
        '',
      ]
    : []

/** What the terminal says once the server is up: where to go and how to sign in. Vietnamese, plain, no codes. */
export const greeting = ({
  url,
  demo,
  now,
}: {
  readonly url: string
  readonly demo: boolean
  readonly now: Instant
}): readonly string[] => [
  '',
  `Loa đã sẵn sàng. Mở trình duyệt tại: ${url}`,
  '',
  ...(demo ? [...signInLines(), ...nightLines(now)] : []),
  'Dừng: nhấn Ctrl+C.',
  '',
]
