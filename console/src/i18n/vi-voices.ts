/** Giọng đọc của đơn vị: giọng miền, tốc độ, thứ tự giọng, lọc cho loa nén. */
const times = (rate: number): string => `${String(rate).replace('.', ',')} lần`

export const voices = {
  voices: {
    title: 'Giọng đọc',
    lead: 'Loa đọc bằng giọng nào, nhanh hay chậm, và giọng nào đọc thay khi giọng chính không dùng được.',
    times,
    onlyAccent: (accent: string) => `Giọng ${accent}`,
    instead: (wanted: string, speaks: string) =>
      `Giọng ${wanted} không dùng được hoặc đọc chậm; đang dùng giọng ${speaks}.`,
    accent: 'Giọng miền',
    accentNote: 'Giọng chỉ có một miền thì vẫn đọc theo miền của nó.',
    rate: 'Tốc độ đọc',
    exact: 'Mức chính xác so với tốc độ thường của giọng',
    horn: 'Lọc tiếng cho loa nén',
    hornWhat:
      'Bỏ tiếng trầm mà loa nén không phát được và làm rõ phụ âm, để ngoài trời nghe rõ lời hơn. Dùng cho cả giọng đọc lẫn bản thu.',
    on: 'Bật',
    off: 'Tắt',
    order: 'Thứ tự giọng',
    orderWhat: (name: string) =>
      `Giọng đứng trên đọc trước; không dùng được thì giọng dưới đọc thay cả tin. Giọng ${name} đi kèm Loa luôn ở trong danh sách, để không tin nào mất tiếng.`,
    others: 'Giọng khác trên máy chủ',
    onlyBuiltIn: (name: string) =>
      `Máy chủ mới có giọng ${name} đi kèm. Muốn thêm giọng, người trông máy chủ làm theo trang docs/operating/giong-doc.md.`,
    use: 'Dùng',
    leave: 'Không dùng',
    ofVoice: (name: string) => ` giọng ${name}`,
    up: (name: string) => `Đưa giọng ${name} lên`,
    down: (name: string) => `Đưa giọng ${name} xuống`,
    moved: (name: string, place: number) => `Giọng ${name} đứng thứ ${place}.`,
    states: { ready: 'sẵn sàng', starting: 'đang khởi động', away: 'không dùng được' },
    /** A voice over the network that failed and may be asked again. */
    again: 'lần gọi trước không được, có tin sẽ gọi lại',
    gone: 'không còn trên máy chủ',
    accentsOf: (accents: string) => `giọng ${accents}`,
    troubles: {
      folderRefused: 'Thư mục của giọng chưa đúng',
      engineMissing: 'Máy chủ chưa cài chương trình đọc loại giọng này (sherpa-onnx-node)',
      modelBroken: 'Không nạp được giọng, hoặc chương trình đọc bị dừng',
      unreachable: 'Không gọi được máy đọc qua mạng',
      wrongAnswer: 'Máy đọc qua mạng trả lời không phải âm thanh',
      tokenRefused: 'Máy đọc qua mạng không nhận mã truy cập; xem lại tệp mã trong thư mục của giọng',
    },
    from: (unit: string) => `Theo ${unit}.`,
    fromNobody: 'Chưa ai đặt; đang dùng mức ban đầu.',
    own: (unit: string) => `Đặt riêng cho ${unit}.`,
    ownNew: 'Sẽ đặt riêng cho đơn vị này.',
    asAbove: 'Dùng theo cấp trên',
    asAboveOf: (what: string) => `: ${what}`,
    trial: 'Nghe thử trước khi lưu',
    trialText: 'Câu đọc thử',
    trialSentence: 'Xin mời bà con nghe thông báo. 15 giờ chiều nay, thôn Đông họp tại nhà văn hóa.',
    listen: 'Nghe thử',
    heard: (name: string) => `Giọng ${name} đã đọc câu này.`,
    save: 'Lưu',
    saved: 'Đã lưu giọng đọc. Tin làm từ bây giờ đọc như vậy; tin đã gửi duyệt không đổi.',
    scope: 'Có hiệu lực cho đơn vị này và các nơi bên dưới chưa đặt riêng. Tin đã gửi duyệt không đổi.',
    mayNot: 'Người duyệt, lãnh đạo và người quản trị của đơn vị đổi được những mục này.',
  },
}
