/** What the terminal says once the server is up: where to go and how to sign in. Vietnamese, plain, no codes. */
export const greeting = ({ url }: { readonly url: string; readonly demo: boolean }): readonly string[] => [
  '',
  `Loa đã sẵn sàng. Mở trình duyệt tại: ${url}`,
  'Dừng: nhấn Ctrl+C.',
  '',
]
