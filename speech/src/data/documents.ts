/**
 * Pieces of document symbols. Kinds: Nghị định 30/2020/NĐ-CP, appendix III (State) and
 * Hướng dẫn 36-HD/VPTW (Party); issuers as the bodies sign themselves.
 */
// biome-ignore format: a table reads best as a block
const WORDS: Readonly<Record<string, string>> = {
  CT: 'Chỉ thị', QĐ: 'Quyết định', NĐ: 'Nghị định', TT: 'Thông tư', NQ: 'Nghị quyết', KH: 'Kế hoạch', BC: 'Báo cáo',
  CV: 'Công văn', TB: 'Thông báo', HD: 'Hướng dẫn', HDLN: 'Hướng dẫn liên ngành', TTr: 'Tờ trình', CTr: 'Chương trình', CTrHĐ: 'Chương trình hành động',
  GM: 'Giấy mời', KL: 'Kết luận', QC: 'Quy chế', QyĐ: 'Quy định', QĐi: 'Quy định', PA: 'Phương án', ĐA: 'Đề án',
  DA: 'Dự án', CĐ: 'Công điện', BB: 'Biên bản', HĐ: 'Hợp đồng', PL: 'Pháp lệnh', TTLT: 'Thông tư liên tịch',
  VBHN: 'Văn bản hợp nhất', TC: 'Thông cáo', GUQ: 'Giấy ủy quyền', GGT: 'Giấy giới thiệu', PG: 'Phiếu gửi', PC: 'Phiếu chuyển',
  CP: 'Chính phủ', TTg: 'Thủ tướng', TW: 'Trung ương', TƯ: 'Trung ương', W: 'Trung ương', HU: 'Huyện ủy', TU: 'Tỉnh ủy',
  ĐU: 'Đảng ủy', QU: 'Quận ủy', CU: 'Chi ủy', QH: 'Quốc hội', UBTVQH: 'Ủy ban Thường vụ Quốc hội', CTN: 'Chủ tịch nước',
  UBND: 'Ủy ban nhân dân', HĐND: 'Hội đồng nhân dân', MTTQ: 'Mặt trận Tổ quốc', BTV: 'Ban Thường vụ', BTT: 'Ban Thường trực',
  BTGTW: 'Ban Tuyên giáo Trung ương', BTCTW: 'Ban Tổ chức Trung ương', VPTW: 'Văn phòng Trung ương',
  VPCP: 'Văn phòng Chính phủ', VP: 'Văn phòng', VX: 'Văn xã', KT: 'Kinh tế', NC: 'Nội chính', TH: 'Tổng hợp', VT: 'Văn thư', TL: 'Thủy lợi',
  KGVX: 'Khoa giáo Văn xã', NL: 'Nông lâm', CN: 'Công nghiệp', STTTT: 'Sở Thông tin và Truyền thông',
  BTTTT: 'Bộ Thông tin và Truyền thông', BVHTTDL: 'Bộ Văn hóa, Thể thao và Du lịch', SVHTTDL: 'Sở Văn hóa, Thể thao và Du lịch',
  BGDĐT: 'Bộ Giáo dục và Đào tạo', SGDĐT: 'Sở Giáo dục và Đào tạo', BYT: 'Bộ Y tế', SYT: 'Sở Y tế', BNV: 'Bộ Nội vụ',
  SNV: 'Sở Nội vụ', BTC: 'Bộ Tài chính', STC: 'Sở Tài chính', BCA: 'Bộ Công an', BQP: 'Bộ Quốc phòng', BTP: 'Bộ Tư pháp',
  STP: 'Sở Tư pháp', BCT: 'Bộ Công Thương', SCT: 'Sở Công Thương', BXD: 'Bộ Xây dựng', SXD: 'Sở Xây dựng',
  BNNPTNT: 'Bộ Nông nghiệp và Phát triển nông thôn', BNN: 'Bộ Nông nghiệp', SNN: 'Sở Nông nghiệp',
  SNNPTNT: 'Sở Nông nghiệp và Phát triển nông thôn', BNNMT: 'Bộ Nông nghiệp và Môi trường', SNNMT: 'Sở Nông nghiệp và Môi trường',
  BTNMT: 'Bộ Tài nguyên và Môi trường', STNMT: 'Sở Tài nguyên và Môi trường', BGTVT: 'Bộ Giao thông vận tải',
  SGTVT: 'Sở Giao thông vận tải', BKHĐT: 'Bộ Kế hoạch và Đầu tư', SKHĐT: 'Sở Kế hoạch và Đầu tư', BKHCN: 'Bộ Khoa học và Công nghệ',
  SKHCN: 'Sở Khoa học và Công nghệ', BLĐTBXH: 'Bộ Lao động, Thương binh và Xã hội', SLĐTBXH: 'Sở Lao động, Thương binh và Xã hội',
  NHNN: 'Ngân hàng Nhà nước', TANDTC: 'Tòa án nhân dân tối cao', VKSNDTC: 'Viện kiểm sát nhân dân tối cao', HĐTP: 'Hội đồng Thẩm phán',
  TTCP: 'Thanh tra Chính phủ', TTBCXB: 'Thông tin, Báo chí, Xuất bản', TTCS: 'Thông tin cơ sở',
  TTCSTTĐN: 'Cục Thông tin cơ sở và Thông tin đối ngoại', BCĐ: 'Ban Chỉ đạo', BCH: 'Ban Chỉ huy', PCTT: 'phòng, chống thiên tai',
  PTDS: 'Phòng thủ dân sự', HĐBC: 'Hội đồng Bầu cử', HĐBCQG: 'Hội đồng Bầu cử quốc gia', UBBC: 'Ủy ban bầu cử',
  ĐCT: 'Đoàn Chủ tịch', TLĐ: 'Tổng Liên đoàn', TƯĐTN: 'Trung ương Đoàn Thanh niên', MTTW: 'Mặt trận Trung ương', BTGDVTW: 'Ban Tuyên giáo và Dân vận Trung ương',
  ĐTT: 'Đài truyền thanh', TTYT: 'Trung tâm Y tế', TYT: 'Trạm Y tế', CAX: 'Công an xã', BCHQS: 'Ban Chỉ huy Quân sự', ĐKTTV: 'Đài Khí tượng Thủy văn',
  VHXH: 'Văn hóa Xã hội', VHTT: 'Văn hóa Thông tin', PVHXH: 'Phòng Văn hóa Xã hội', PGDĐT: 'Phòng Giáo dục và Đào tạo', BHXH: 'Bảo hiểm xã hội',
}

/** The word for one piece of a document symbol. */
export const documentWord = (piece: string): string | undefined =>
  Object.hasOwn(WORDS, piece) ? WORDS[piece] : undefined
