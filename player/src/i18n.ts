/** What the program says to whoever looks at its terminal: Vietnamese first, then English. */
export const messages: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  usage: {
    vi: 'Cách dùng: loa-player --data THƯ_MỤC [--server ĐỊA_CHỈ --enrol MÃ] [--output wav|alsa|null] [--device TÊN] [--rtc] [--ca TỆP]',
    en: 'Usage: loa-player --data DIR [--server URL --enrol CODE] [--output wav|alsa|null] [--device NAME] [--rtc] [--ca FILE]',
  },
  'option.unknown': { vi: 'Không có tuỳ chọn này', en: 'Unknown option' },
  'option.outputUnknown': { vi: 'Đầu ra phải là wav, alsa hoặc null', en: 'The output must be wav, alsa or null' },
  'option.caUnreadable': { vi: 'Không đọc được tệp chứng thư', en: 'Cannot read the certificate file' },
  'option.caInvalid': {
    vi: 'Tệp của --ca không phải là chứng thư (cần tệp PEM có dòng BEGIN CERTIFICATE)',
    en: 'The file of --ca holds no certificate (PEM is needed)',
  },
  'data.inUse': {
    vi: 'Thư mục này đang được một chương trình loa khác sử dụng; hãy dừng chương trình đó hoặc chọn --data khác:',
    en: 'Another player uses this folder; stop that one or choose another --data:',
  },
  'address.invalid': {
    vi: 'Địa chỉ --server không đúng; ví dụ https://loa.xa.example:8443',
    en: 'The address in --server is wrong',
  },
  'tls.untrusted': {
    vi: 'Chứng thư của máy chủ không do nơi mà thiết bị tin cấp; nếu là chứng thư riêng, hãy thêm --ca TỆP',
    en: 'The certificate of the server is not trusted; for a private authority add --ca FILE',
  },
  'tls.wrongName': {
    vi: 'Chứng thư của máy chủ mang tên khác với tên trong địa chỉ; hãy dùng đúng tên trong chứng thư (--server, và --name của máy chủ)',
    en: 'The certificate is for another name than the address says',
  },
  'tls.expired': {
    vi: 'Chứng thư của máy chủ đã hết hạn hoặc chưa có hiệu lực; hãy xem lại chứng thư và đồng hồ của thiết bị',
    en: 'The certificate is out of date, or the clock of this device is wrong',
  },
  'tls.notSpoken': {
    vi: 'Máy chủ ở địa chỉ này không dùng TLS; hãy thử http:// thay cho https://',
    en: 'The server does not speak TLS here; try http://',
  },
  'tls.needed': {
    vi: 'Máy chủ ngắt kết nối không mã hóa; hãy thử https:// thay cho http:// (chứng thư riêng thì thêm --ca TỆP)',
    en: 'The server cut a plain connection; try https:// (and --ca FILE)',
  },
  'enrolment.already': {
    vi: 'Thư mục này đã đăng ký từ trước nên mã mới không được dùng; muốn đăng ký lại hãy chọn --data khác. Thiết bị:',
    en: 'Already enrolled, the code was not used; choose another --data to enrol anew. Device:',
  },
  'enrolment.needed': {
    vi: 'Thiết bị chưa đăng ký: cần --server và --enrol trong lần chạy đầu',
    en: 'This device is not enrolled: --server and --enrol are needed the first time',
  },
  'enrolment.done': { vi: 'Đã đăng ký thiết bị', en: 'Enrolled as' },
  'enrolment.codeRefused': {
    vi: 'Máy chủ từ chối mã đăng ký: mã sai, đã dùng hoặc hết hạn',
    en: 'The server refused the code: wrong, used or out of date',
  },
  'enrolment.serverUnreachable': { vi: 'Không kết nối được máy chủ', en: 'Cannot reach the server' },
  'enrolment.serverFailed': { vi: 'Máy chủ gặp lỗi, hãy thử lại', en: 'The server failed, try again' },
  'enrolment.answerUnknown': {
    vi: 'Không hiểu câu trả lời của máy chủ',
    en: 'The answer of the server is not understood',
  },
  'output.libraryMissing': {
    vi: 'Thiếu thư viện âm thanh libasound.so.2 (cài gói libasound2)',
    en: 'The sound library libasound.so.2 is missing (install libasound2)',
  },
  'output.cannotOpen': {
    vi: 'Không mở được ngõ ra âm thanh; chương trình vẫn chạy và báo lỗi từng lượt phát. Ngõ ra:',
    en: 'The sound output cannot be opened; running on, every airing will fail. Output:',
  },
  'output.failed': { vi: 'Đầu ra âm thanh bị lỗi', en: 'The sound output failed' },
  'player.started': { vi: 'Chương trình loa đang chạy', en: 'Player is running' },
  'player.stopped': { vi: 'Đã dừng', en: 'Stopped' },
  'link.up': { vi: 'Đã kết nối máy chủ', en: 'Connected' },
  'link.down': { vi: 'Mất kết nối, sẽ tự nối lại', en: 'Connection lost, trying again' },
  'link.revoked': {
    vi: 'Thiết bị này đã bị thu hồi; xin mã mới từ kỹ thuật viên (sẽ thử lại mỗi 5 phút)',
    en: 'This device was revoked; ask a technician for a new code (trying again every 5 minutes)',
  },
  'link.refused': { vi: 'Máy chủ từ chối kết nối của thiết bị', en: 'The server refused the connection' },
  'link.unreachable': { vi: 'Chưa kết nối được máy chủ, sẽ tự thử lại', en: 'Cannot connect yet, trying again' },
  'clock.set': { vi: 'Đã nhận giờ từ máy chủ', en: 'Time received from the server' },
  'clock.belowFloor': {
    vi: 'Đồng hồ sớm hơn giờ đã biết: không phát theo lịch cho tới khi có giờ đúng',
    en: 'The clock is behind a time already seen: nothing scheduled sounds until the time is known',
  },
  'clock.farAhead': {
    vi: 'Giờ nhận được xa tương lai hơn mọi điều đã biết: không tin giờ ấy',
    en: 'The time received is far ahead of anything known: it is not believed',
  },
  'airing.started': { vi: 'Bắt đầu phát', en: 'On air' },
  'airing.completed': { vi: 'Phát xong', en: 'Completed' },
  'airing.stopped': { vi: 'Đã dừng phát theo lệnh', en: 'Stopped' },
  'airing.preempted': { vi: 'Nhường cho tin có cấp cao hơn', en: 'Gave way to a higher class' },
  'airing.interrupted': { vi: 'Lượt phát bị gián đoạn', en: 'Interrupted' },
  'power.lost': { vi: 'Mất điện khi đang phát', en: 'Power was lost while on air' },
  'disk.full': { vi: 'Bộ nhớ đã đầy', en: 'The disk is full' },
  'disk.failed': { vi: 'Bộ nhớ bị lỗi', en: 'The disk has failed' },
  'sound.missing': { vi: 'Chưa tải được âm thanh', en: 'A sound could not be fetched' },
  'sound.wrongHash': { vi: 'Âm thanh tải về không đúng mã băm', en: 'A sound does not match its hash' },
  'sound.tooLarge': { vi: 'Âm thanh quá lớn nên không tải', en: 'A sound is too large' },
  'topic.unknown': { vi: 'Bỏ qua một tin ở chủ đề lạ', en: 'Ignored a message on an unknown topic' },
  'topic.foreign': { vi: 'Bỏ qua một tin gửi cho thiết bị khác', en: 'Ignored a message for another device' },
  'message.tooLarge': { vi: 'Bỏ qua một tin quá lớn', en: 'Ignored a message that is too large' },
  'welcome.late': { vi: 'Giờ từ máy chủ đến quá chậm, sẽ hỏi lại', en: 'The time came too late, asking again' },
}

/** Whatever was in a message that was refused: the end of the code says why. */
const refusedMessages: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  badSignature: { vi: 'Bỏ qua một tin có chữ ký không đúng', en: 'Ignored a message with a wrong signature' },
  malformed: { vi: 'Bỏ qua một tin không đọc được', en: 'Ignored a message that cannot be read' },
  foreign: { vi: 'Bỏ qua một tin không dành cho nơi này', en: 'Ignored a message for another place' },
  replayed: { vi: 'Bỏ qua một tin cũ được gửi lại', en: 'Ignored an old message' },
}
const unnamed = { vi: 'Có một sự cố chưa có tên', en: 'Something went wrong' }

/** Why an airing was kept silent. */
export const silences: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  'clock.untrusted': { vi: 'chưa có giờ tin cậy', en: 'the time is not known' },
  'airing.expired': { vi: 'đã quá giờ phát muộn nhất', en: 'past its latest start' },
  'airing.stopped': { vi: 'đã có lệnh dừng', en: 'it was stopped' },
  'candidate.malformed': { vi: 'nội dung không đọc được', en: 'its content cannot be read' },
  'candidate.tooFewSigners': { vi: 'chưa đủ chữ ký duyệt', en: 'too few people have signed' },
  'candidate.ownApproval': { vi: 'người viết tự duyệt', en: 'its author approved it' },
  'candidate.foreign': { vi: 'không khớp bản đã duyệt', en: 'it is not what was approved' },
  'candidate.outsideHours': { vi: 'ngoài giờ được duyệt', en: 'outside its approved hours' },
  'candidate.notYet': { vi: 'chưa đến ngày hiệu lực', en: 'not valid yet' },
  'candidate.over': { vi: 'đã hết hiệu lực', en: 'no longer valid' },
  'candidate.playsUsedUp': { vi: 'đã phát đủ số lần', en: 'played as often as allowed' },
  'device.quietHours': { vi: 'trong giờ yên tĩnh', en: 'quiet hours' },
  'device.minutesUsedUp': { vi: 'đã hết số phút trong ngày', en: 'the minutes of the day are used up' },
  'device.notListening': { vi: 'không thuộc địa bàn của loa này', en: 'not for this place' },
  'sound.missing': { vi: 'chưa tải được âm thanh', en: 'its sound is missing' },
  'sound.wrongHash': { vi: 'âm thanh không đúng mã băm', en: 'its sound does not match' },
  'sound.broken': { vi: 'âm thanh bị hỏng', en: 'its sound cannot be played' },
  'output.failed': { vi: 'đầu ra âm thanh bị lỗi', en: 'the sound output failed' },
}

/** A log line in both languages. */
export const said = (code: string, subject = ''): string => {
  const silence = code.startsWith('airing.silent.') ? silences[code.slice('airing.silent.'.length)] : undefined
  const tail = subject === '' ? '' : ` ${subject}`
  if (silence) return `Giữ im lặng: ${silence.vi} · Kept silent: ${silence.en}${tail}`
  const message = messages[code] ?? refusedMessages[code.split('.').at(-1) ?? ''] ?? unnamed
  return `${message.vi} · ${message.en}${tail}`
}
