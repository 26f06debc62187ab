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
    'Bản dùng thử không giữ giờ yên tĩnh, để lúc nào cũng thử được: kể cả thiết bị bạn tự thêm vào cũng phát suốt ngày đêm.',
    '',
  ]
}

const emptyLines: readonly string[] = [
  'Chưa có ai: hãy mở thêm một cửa sổ lệnh và chạy',
  '  npm run admin -- first --unit "Tỉnh …" --name "Họ và tên" --username ten-dang-nhap',
  '(thêm --home nếu Loa này chạy với --home), rồi đăng nhập bằng tên ấy.',
  '',
]

type Greeted = { readonly url: string; readonly demo: boolean; readonly empty: boolean }

/** What the terminal says once the server is up: where to go and how to sign in. Vietnamese, plain, no codes. */
export const greeting = ({ url, demo, empty }: Greeted): readonly string[] => [
  '',
  `Loa đã sẵn sàng. Mở trình duyệt tại: ${url}`,
  '',
  ...(demo ? signInLines() : empty ? emptyLines : []),
  'Dừng: nhấn Ctrl+C.',
  '',
]
