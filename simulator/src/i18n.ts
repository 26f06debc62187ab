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
}

export const said = (code: string, subject = ''): string => {
  if (code === 'fleet.running') return `Đang chạy ${subject} thiết bị mô phỏng.`
  const { vi, en } = messages[code] ?? { vi: 'Có sự cố với', en: 'Something went wrong with' }
  return `${vi} · ${en}${subject === '' ? '' : ` ${subject}`}`
}
