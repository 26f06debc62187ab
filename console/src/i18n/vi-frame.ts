import type { AgainRule, FrameChoice, SoundField, SoundPart } from '../api/frames.ts'

const part = (kind: SoundPart['kind'], number: number | null, readings: number): string => {
  switch (kind) {
    case 'attention':
      return 'Âm báo'
    case 'opening':
      return 'Nhạc hiệu mở đầu'
    case 'closing':
      return 'Nhạc hiệu kết thúc'
    case 'again':
      return '“Xin nhắc lại”'
    case 'reading':
      return readings > 1 ? `Lần ${number}` : 'Nội dung'
  }
}

/** Âm hiệu quanh tin: những gì nghe được trước, giữa và sau mỗi tin của đơn vị. */
export const frame = {
  frame: {
    title: 'Âm hiệu quanh tin',
    lead: 'Âm báo, nhạc hiệu và lời nhắc lại mà người dân nghe cùng mỗi tin của đơn vị.',
    parts: 'Các phần của âm thanh',
    part,
    order: 'Người dân sẽ nghe',
    everyday: 'Tin thường',
    urgent: 'Tin ưu tiên, phát hai lần',
    alarm: 'Tin khẩn cấp, phát hai lần',
    alarmWhy: 'Tin khẩn cấp luôn có âm báo và không có nhạc hiệu, để lời nói đến ngay.',
    fromNow: 'Thay đổi dùng cho các tin gửi duyệt từ bây giờ. Tin đã gửi duyệt hoặc đã duyệt giữ nguyên âm thanh.',
    standing:
      'Nhạc hiệu đầu buổi, cuối buổi và tiếng chuông thử loa không ở đây: chúng là tin được duyệt riêng, xem trang',
    readOnly: 'Chỉ lãnh đạo hoặc người quản trị của đơn vị đổi được.',
    fields: {
      attention: 'Âm báo',
      opening: 'Nhạc hiệu mở đầu tin',
      closing: 'Nhạc hiệu kết thúc tin',
    } satisfies Record<SoundField, string>,
    what: {
      attention: 'Gọi mọi người chú ý, trước mọi thứ khác.',
      opening: 'Sau âm báo, để biết đài nào đang nói.',
      closing: 'Sau lần đọc cuối, để biết tin đã hết.',
    } satisfies Record<SoundField, string>,
    uses: { chime: 'Chuông có sẵn', own: 'Của đơn vị', none: 'Không dùng' } satisfies Record<
      FrameChoice['use'],
      string
    >,
    byRule: 'Theo quy định chung',
    inherit: 'Như cấp trên',
    inForce: (use: string, from: string) => `Đang dùng: ${use}${from}.`,
    inForceUses: { chime: 'chuông hai tiếng có sẵn', own: 'âm thanh riêng', none: 'không có' } satisfies Record<
      FrameChoice['use'],
      string
    >,
    fromUnit: (name: string) => `, theo ${name.replace(/^(Xã|Phường|Tỉnh|Đài)(?= )/, (word) => word.toLowerCase())}`,
    fromRule: ', theo quy định chung của hệ thống',
    listen: (field: string) => `${field} đang dùng`,
    replace: 'Thu hoặc tải lên âm thanh khác',
    provide: (seconds: number) => `Thu hoặc tải lên âm thanh của đơn vị, dài nhất ${seconds} giây.`,
    cancel: 'Thôi, giữ như cũ',
    changed: (field: string) => `Đã đổi: ${field}.`,
    again: 'Lời “Xin nhắc lại”',
    againWhat:
      'Nói trước lần đọc thứ hai trở đi của tin đọc bằng giọng máy, cùng giọng và tốc độ. Bản thu âm thì phát lại ngay.',
    againRules: {
      always: 'Mọi tin',
      urgent: 'Tin khẩn cấp và ưu tiên',
      never: 'Không nói',
    } satisfies Record<AgainRule, string>,
    againInForce: {
      always: 'nói ở mọi tin',
      urgent: 'chỉ nói ở tin khẩn cấp, diễn tập và tin ưu tiên',
      never: 'không nói',
    } satisfies Record<AgainRule, string>,
  },
}
