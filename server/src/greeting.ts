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
    'Mạng mẫu không giữ giờ yên tĩnh, để lúc nào cũng thử được; thiết bị thật thì giữ từ 21:00 đến 05:00.',
    '',
  ]
}

/** What the terminal says once the server is up: where to go and how to sign in. Vietnamese, plain, no codes. */
export const greeting = ({ url, demo }: { readonly url: string; readonly demo: boolean }): readonly string[] => [
  '',
  `Loa đã sẵn sàng. Mở trình duyệt tại: ${url}`,
  '',
  ...(demo ? signInLines() : []),
  'Dừng: nhấn Ctrl+C.',
  '',
]
