import type { AbbreviationGroup } from './abbreviation-group.ts'

/** Abbreviations of the Party, the Front, the unions and the armed forces. */
// biome-ignore format: rows of a table
export const PARTY: readonly AbbreviationGroup[] = [
  {
    field: 'tổ chức đảng',
    source: 'Hướng dẫn 36-HD/VPTW năm 2018; Điều lệ Đảng',
    rows: [
      ['ĐCSVN', 'Đảng Cộng sản Việt Nam'], ['BCHTW', 'Ban Chấp hành Trung ương'], ['BCHTƯ', 'Ban Chấp hành Trung ương'], ['BTVTU', 'Ban Thường vụ Tỉnh ủy'], ['BTV', 'Ban Thường vụ'],
      ['BTVHU', 'Ban Thường vụ Huyện ủy'], ['BTVĐU', 'Ban Thường vụ Đảng ủy'], ['BCHĐB', 'Ban Chấp hành Đảng bộ'], ['TW', 'Trung ương'], ['TƯ', 'Trung ương'], ['T.Ư', 'Trung ương'],
      ['TU', 'Tỉnh ủy', 'Thành ủy'], ['HU', 'Huyện ủy'], ['ĐU', 'Đảng ủy'], ['QU', 'Quận ủy'], ['UBKT', 'Ủy ban Kiểm tra'], ['UBKTTW', 'Ủy ban Kiểm tra Trung ương'],
      ['BTG', 'Ban Tuyên giáo'], ['BTGTW', 'Ban Tuyên giáo Trung ương'], ['BTGTU', 'Ban Tuyên giáo Tỉnh ủy'], ['BTGHU', 'Ban Tuyên giáo Huyện ủy'], ['BTGDV', 'Ban Tuyên giáo và Dân vận'], ['BTCTU', 'Ban Tổ chức Tỉnh ủy'], ['BTCTW', 'Ban Tổ chức Trung ương'],
      ['BDV', 'Ban Dân vận'], ['BNC', 'Ban Nội chính'], ['VPTW', 'Văn phòng Trung ương'], ['VPTU', 'Văn phòng Tỉnh ủy'], ['VPHU', 'Văn phòng Huyện ủy'], ['TTBDCT', 'Trung tâm Bồi dưỡng chính trị'], ['TTCT', 'Trung tâm Chính trị'],
      ['TCCSĐ', 'tổ chức cơ sở đảng'], ['TCĐ', 'tổ chức đảng'], ['XDĐ', 'xây dựng Đảng'],
      ['TBT', 'Tổng Bí thư'], ['PBT', 'Phó Bí thư'], ['BTTU', 'Bí thư Tỉnh ủy'], ['BTHU', 'Bí thư Huyện ủy'], ['BTĐU', 'Bí thư Đảng ủy'], ['UV', 'ủy viên'], ['UVBTV', 'Ủy viên Ban Thường vụ'], ['UVBCH', 'Ủy viên Ban Chấp hành'], ['UVUBKT', 'Ủy viên Ủy ban Kiểm tra'], ['ĐUV', 'Đảng ủy viên'], ['TUV', 'Tỉnh ủy viên'], ['HUV', 'Huyện ủy viên'], ['UVTV', 'Ủy viên Thường vụ'], ['NQTW', 'Nghị quyết Trung ương'], ['NQĐH', 'Nghị quyết Đại hội'], ['ĐHĐB', 'đại hội đại biểu'], ['ĐVTN', 'đoàn viên, thanh niên'], ['BCV', 'báo cáo viên'], ['TTV', 'tuyên truyền viên'], ['CTV', 'cộng tác viên'], ['DLXH', 'dư luận xã hội'],
      ['CTDLXH', 'cộng tác viên dư luận xã hội'], ['HTCTTT', 'học tập chính trị, tư tưởng'], ['LLCT', 'lý luận chính trị'], ['CTTT', 'chính trị, tư tưởng'],
    ],
  },
  {
    field: 'mặt trận, đoàn thể, hội',
    source: 'Điều lệ của các tổ chức; cách viết ở địa phương',
    rows: [
      ['MTTQ', 'Mặt trận Tổ quốc'], ['ĐĐK', 'Đại đoàn kết'], ['TDĐK', 'toàn dân đoàn kết'], ['MTTQVN', 'Mặt trận Tổ quốc Việt Nam'], ['UBMTTQ', 'Ủy ban Mặt trận Tổ quốc'], ['UBMTTQVN', 'Ủy ban Mặt trận Tổ quốc Việt Nam'], ['UBMT', 'Ủy ban Mặt trận'],
      ['UBTWMTTQVN', 'Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam'], ['MT', 'Mặt trận', 'môi trường'], ['BCTMT', 'Ban Công tác Mặt trận'], ['CTMT', 'Công tác Mặt trận'], ['LĐLĐ', 'Liên đoàn Lao động'],
      ['TLĐ', 'Tổng Liên đoàn'], ['TLĐLĐVN', 'Tổng Liên đoàn Lao động Việt Nam'], ['CĐCS', 'công đoàn cơ sở'], ['LHPN', 'Liên hiệp Phụ nữ'], ['HLHPN', 'Hội Liên hiệp Phụ nữ'], ['LHTN', 'Liên hiệp Thanh niên'], ['HPN', 'Hội Phụ nữ'],
      ['HLHTN', 'Hội Liên hiệp Thanh niên'], ['LHTNVN', 'Liên hiệp Thanh niên Việt Nam'], ['TNCS', 'Thanh niên Cộng sản'], ['TNCSHCM', 'Thanh niên Cộng sản Hồ Chí Minh'], ['TNTP', 'Thiếu niên Tiền phong'], ['TNXP', 'thanh niên xung phong'],
      ['TNTPHCM', 'Thiếu niên Tiền phong Hồ Chí Minh'], ['ĐTN', 'Đoàn Thanh niên'], ['CCB', 'Cựu chiến binh'], ['HCCB', 'Hội Cựu chiến binh'], ['HND', 'Hội Nông dân'], ['ND', 'Nông dân', 'nhân dân'], ['NCT', 'người cao tuổi'], ['HNCT', 'Hội Người cao tuổi'],
      ['CTĐ-VN', 'Chữ thập đỏ Việt Nam'], ['HCTĐ', 'Hội Chữ thập đỏ'], ['NKT', 'người khuyết tật'], ['NNCĐDC', 'nạn nhân chất độc da cam'], ['CĐDC', 'chất độc da cam'], ['HKH', 'Hội Khuyến học'], ['LHH', 'Liên hiệp hội'], ['HLV', 'Hội Làm vườn'],
      ['TCCT-XH', 'tổ chức chính trị, xã hội'], ['CT-XH', 'chính trị, xã hội'], ['CTXH', 'chính trị, xã hội'], ['CLB', 'câu lạc bộ'], ['BCH', 'Ban Chấp hành', 'Ban Chỉ huy'], ['BTT', 'Ban Thường trực'], ['BTC', 'Ban Tổ chức', 'Bộ Tài chính'],
      ['BGK', 'Ban Giám khảo'], ['CHPN', 'Chi hội Phụ nữ'], ['CHND', 'Chi hội Nông dân'], ['CHCCB', 'Chi hội Cựu chiến binh'], ['BGH', 'Ban Giám hiệu'], ['BGĐ', 'Ban Giám đốc'], ['BCN', 'Ban Chủ nhiệm'], ['BKS', 'Ban Kiểm soát'], ['BCĐ', 'Ban Chỉ đạo'], ['BĐD', 'Ban Đại diện'], ['BVĐ', 'Ban Vận động'],
      ['HĐQT', 'Hội đồng quản trị'], ['TNHH', 'trách nhiệm hữu hạn'], ['MTV', 'một thành viên'], ['CTCP', 'công ty cổ phần'], ['DN', 'doanh nghiệp'], ['DNTN', 'doanh nghiệp tư nhân'], ['DNNN', 'doanh nghiệp nhà nước'], ['DNNVV', 'doanh nghiệp nhỏ và vừa'],
    ],
  },
  {
    field: 'quân sự, công an, trật tự',
    source: 'Luật Quốc phòng, Luật Công an nhân dân; cách viết thông dụng',
    rows: [
      ['LLVT', 'lực lượng vũ trang'], ['LLVTND', 'lực lượng vũ trang nhân dân'], ['QĐND', 'Quân đội nhân dân'], ['QĐNDVN', 'Quân đội nhân dân Việt Nam'], ['CAND', 'Công an nhân dân'], ['BCHQS', 'Ban Chỉ huy Quân sự'], ['BCHBĐBP', 'Bộ Chỉ huy Bộ đội Biên phòng'],
      ['BĐBP', 'Bộ đội Biên phòng'], ['BĐĐP', 'bộ đội địa phương'], ['DQTV', 'dân quân tự vệ'], ['DQ', 'dân quân'], ['DBĐV', 'dự bị động viên'], ['NVQS', 'nghĩa vụ quân sự'], ['QNCN', 'quân nhân chuyên nghiệp'], ['AHLLVT', 'Anh hùng lực lượng vũ trang'], ['AHLĐ', 'Anh hùng lao động'], ['BMVNAH', 'Bà mẹ Việt Nam anh hùng'], ['NSND', 'Nghệ sĩ nhân dân'], ['NSƯT', 'Nghệ sĩ ưu tú'], ['NGND', 'Nhà giáo nhân dân'], ['NGƯT', 'Nhà giáo ưu tú'], ['TTND', 'Thầy thuốc nhân dân'], ['TTƯT', 'Thầy thuốc ưu tú'], ['TSKH', 'Tiến sĩ khoa học'],
      ['QP', 'quốc phòng'], ['AN', 'an ninh'], ['QP-AN', 'quốc phòng, an ninh'], ['QPAN', 'quốc phòng, an ninh'], ['QP&AN', 'quốc phòng và an ninh'], ['QS', 'quân sự'], ['CHT', 'Chỉ huy trưởng'], ['CHP', 'Chỉ huy phó'], ['CHQS', 'Chỉ huy Quân sự'], ['ANTT', 'an ninh trật tự'], ['ANCT', 'an ninh chính trị'], ['TTATXH', 'trật tự an toàn xã hội'],
      ['ANCT-TTATXH', 'an ninh chính trị, trật tự an toàn xã hội'], ['ANQG', 'an ninh quốc gia'], ['ATXH', 'an toàn xã hội'], ['TTXH', 'trật tự xã hội'], ['TTATGT', 'trật tự an toàn giao thông'], ['ATGT', 'an toàn giao thông'], ['CSGT', 'cảnh sát giao thông'], ['CSKV', 'cảnh sát khu vực'],
      ['CSCĐ', 'cảnh sát cơ động'], ['PCCC', 'phòng cháy, chữa cháy'], ['CNCH', 'cứu nạn, cứu hộ'], ['PCCC&CNCH', 'phòng cháy, chữa cháy và cứu nạn, cứu hộ'], ['PCCCR', 'phòng cháy, chữa cháy rừng'], ['BVR', 'bảo vệ rừng'], ['QLBVR', 'quản lý bảo vệ rừng'], ['BVMT', 'bảo vệ môi trường'],
      ['BVTQ', 'bảo vệ Tổ quốc'], ['BVANTQ', 'bảo vệ an ninh Tổ quốc'], ['TNXH', 'tệ nạn xã hội'], ['PCTP', 'phòng, chống tội phạm'], ['PCMT', 'phòng, chống ma túy'], ['TNGT', 'tai nạn giao thông'], ['CAX', 'Công an xã'], ['CAH', 'Công an huyện'], ['CAT', 'Công an tỉnh'], ['CATP', 'Công an thành phố'],
      ['ANCS', 'an ninh cơ sở'], ['VLN', 'vật liệu nổ'], ['VK', 'vũ khí'], ['KVPT', 'khu vực phòng thủ'], ['GDQP', 'giáo dục quốc phòng'], ['GDQPAN', 'giáo dục quốc phòng và an ninh'], ['GDQP-AN', 'giáo dục quốc phòng, an ninh'],
    ],
  },
]
