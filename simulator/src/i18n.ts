/** What the simulator says on its terminal: Vietnamese, then English. */
const messages: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  'orders.unreadable': {
    vi: 'Cần một dòng JSON gồm server, data và members',
    en: 'Expected one line of JSON with server, data and members',
  },
  'fleet.running': { vi: 'Số cụm loa mô phỏng đang chạy:', en: 'Simulated clusters running:' },
  'enrolment.codeRefused': { vi: 'Máy chủ từ chối mã đăng ký của', en: 'The server refused the code of' },
  'enrolment.serverUnreachable': {
    vi: 'Không kết nối được máy chủ để đăng ký',
    en: 'Cannot reach the server to enrol',
  },
  'enrolment.serverFailed': { vi: 'Máy chủ gặp lỗi khi đăng ký', en: 'The server failed while enrolling' },
}

export const said = (code: string, subject = ''): string => {
  const message = messages[code]
  const tail = subject === '' ? '' : ` ${subject}`
  return message ? `${message.vi} · ${message.en}${tail}` : `${code}${tail}`
}
