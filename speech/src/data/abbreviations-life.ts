import type { AbbreviationGroup } from './abbreviation-group.ts'

/** Abbreviations of disasters, health, schools, farming and the economy. */
// biome-ignore format: rows of a table
export const LIFE: readonly AbbreviationGroup[] = [
  {
    field: 'thiên tai, khí tượng thủy văn, hạ tầng',
    source: 'Luật Phòng, chống thiên tai; Quyết định 18/2021/QĐ-TTg; bản tin khí tượng thủy văn',
    rows: [
      ['PCTT', 'phòng, chống thiên tai'], ['TKCN', 'tìm kiếm cứu nạn'], ['PCTT&TKCN', 'phòng, chống thiên tai và tìm kiếm cứu nạn'], ['PCTT-TKCN', 'phòng, chống thiên tai, tìm kiếm cứu nạn'], ['PCLB', 'phòng, chống lụt bão'],
      ['PCLB&TKCN', 'phòng, chống lụt bão và tìm kiếm cứu nạn'], ['PTDS', 'phòng thủ dân sự'], ['ATNĐ', 'áp thấp nhiệt đới'], ['ATNĐ/bão', 'áp thấp nhiệt đới hoặc bão'], ['KTTV', 'khí tượng thủy văn'], ['BĐ', 'báo động'], ['BĐI', 'báo động một'], ['BĐII', 'báo động hai'], ['BĐIII', 'báo động ba'], ['MNDBT', 'mực nước dâng bình thường'], ['MN', 'mực nước'], ['MNC', 'mực nước chết'], ['MNH', 'mực nước hồ'], ['MNTL', 'mực nước thượng lưu'], ['MNHL', 'mực nước hạ lưu'], ['MNLTK', 'mực nước lũ thiết kế'], ['MNLKT', 'mực nước lũ kiểm tra'], ['DTTK', 'dung tích thiết kế'], ['WTK', 'dung tích thiết kế'], ['LLVH', 'lưu lượng về hồ'], ['ATLĐĐ', 'an toàn lưới điện'], ['QTVH', 'quy trình vận hành'], ['LVS', 'lưu vực sông'], ['SOS', 'ét ô ét'], ['VHF', 'vê hát ép'], ['HF', 'hát ép'],
      ['RRTT', 'rủi ro thiên tai'], ['TBNN', 'trung bình nhiều năm'], ['T-TB', 'Tây Tây Bắc'], ['B-TB', 'Bắc Tây Bắc'], ['T-TN', 'Tây Tây Nam'], ['Đ-ĐN', 'Đông Đông Nam'], ['Đ-ĐB', 'Đông Đông Bắc'], ['MNHT', 'mực nước hiện tại'], ['LTTP', 'lương thực, thực phẩm'], ['SCL', 'sửa chữa lớn'], ['SCTX', 'sửa chữa thường xuyên'], ['CSKH', 'chăm sóc khách hàng'], ['SHCĐ', 'sinh hoạt cộng đồng'], ['QLRRTT', 'quản lý rủi ro thiên tai'], ['QLĐĐ&PCTT', 'quản lý đê điều và phòng, chống thiên tai'], ['UPSC', 'ứng phó sự cố'], ['ƯPSC', 'ứng phó sự cố'], ['UPTT', 'ứng phó thiên tai'], ['TNTN', 'tài nguyên thiên nhiên'],
      ['XKPCTT', 'xung kích phòng, chống thiên tai'], ['KHTL', 'Khoa học Thủy lợi'], ['CTTL', 'công trình thủy lợi'], ['KTCTTL', 'khai thác công trình thủy lợi'], ['TTDBKTTV', 'Trung tâm Dự báo khí tượng thủy văn'], ['NMTĐ', 'nhà máy thủy điện'], ['NMN', 'nhà máy nước'], ['TBA', 'trạm biến áp'],
      ['EVN', 'Tập đoàn Điện lực Việt Nam'], ['PC', 'Công ty Điện lực'], ['BTXM', 'bê tông xi măng'], ['BTCT', 'bê tông cốt thép'], ['BTN', 'bê tông nhựa'], ['GTNT', 'giao thông nông thôn'], ['NSVSMT', 'nước sạch và vệ sinh môi trường'], ['VSMT', 'vệ sinh môi trường'], ['CSHT', 'cơ sở hạ tầng'],
      ['CSVC', 'cơ sở vật chất'], ['TTB', 'trang thiết bị'], ['MMTB', 'máy móc thiết bị'], ['LPG', 'khí hóa lỏng'], ['BHLĐ', 'bảo hộ lao động'], ['ATLĐ', 'an toàn lao động'], ['ATVSLĐ', 'an toàn, vệ sinh lao động'], ['RTSH', 'rác thải sinh hoạt'], ['CTR', 'chất thải rắn'], ['CTRSH', 'chất thải rắn sinh hoạt'],
    ],
  },
  {
    field: 'y tế, dân số, an sinh',
    source: 'Luật Khám bệnh, chữa bệnh; Luật Bảo hiểm y tế; cách viết thông dụng',
    rows: [
      ['BHYT', 'bảo hiểm y tế'], ['BHXH', 'bảo hiểm xã hội'], ['BHTN', 'bảo hiểm thất nghiệp'], ['BHTNDS', 'bảo hiểm trách nhiệm dân sự'], ['KCBBĐ', 'khám chữa bệnh ban đầu'], ['BV', 'bệnh viện'], ['BVĐK', 'bệnh viện đa khoa'], ['TTYT', 'Trung tâm Y tế'], ['TYT', 'Trạm Y tế'], ['YT', 'y tế'], ['YTDP', 'y tế dự phòng'],
      ['YHCT', 'y học cổ truyền'], ['KSBT', 'kiểm soát bệnh tật'], ['CDC', 'Trung tâm Kiểm soát bệnh tật'], ['TCMR', 'tiêm chủng mở rộng'], ['SXH', 'sốt xuất huyết'], ['SXHD', 'sốt xuất huyết đen gơ'], ['SXH-D', 'sốt xuất huyết đen gơ'], ['TCM', 'tay chân miệng'], ['VNNB', 'viêm não Nhật Bản'], ['VGB', 'viêm gan bê'], ['BCG', 'vắc xin lao'], ['DPT', 'vắc xin bạch hầu, ho gà, uốn ván'],
      ['HIV', 'hát i vê'], ['AIDS', 'ết'], ['HIV/AIDS', 'hát i vê ết'], ['ARV', 'a e rờ vê'], ['COPD', 'bệnh phổi tắc nghẽn mạn tính'], ['THA', 'tăng huyết áp'], ['ĐTĐ', 'đái tháo đường'], ['SDD', 'suy dinh dưỡng'], ['SKSS', 'sức khỏe sinh sản'], ['CSSKSS', 'chăm sóc sức khỏe sinh sản'], ['CSSK', 'chăm sóc sức khỏe'], ['CSSKND', 'chăm sóc sức khỏe nhân dân'],
      ['CSSKBĐ', 'chăm sóc sức khỏe ban đầu'], ['KHHGĐ', 'kế hoạch hóa gia đình'], ['DS-KHHGĐ', 'dân số, kế hoạch hóa gia đình'], ['DSKHHGĐ', 'dân số, kế hoạch hóa gia đình'], ['DS', 'dân số'], ['ATTP', 'an toàn thực phẩm'], ['VSATTP', 'vệ sinh an toàn thực phẩm'], ['NĐTP', 'ngộ độc thực phẩm'], ['PCD', 'phòng, chống dịch'], ['NVYT', 'nhân viên y tế'],
      ['YTTB', 'y tế thôn bản'], ['CBYT', 'cán bộ y tế'], ['BSCKI', 'bác sĩ chuyên khoa một'], ['BSCKII', 'bác sĩ chuyên khoa hai'], ['CKI', 'chuyên khoa một'], ['CKII', 'chuyên khoa hai'], ['DSĐH', 'dược sĩ đại học'], ['TTGDSK', 'truyền thông giáo dục sức khỏe'], ['HMTN', 'hiến máu tình nguyện'], ['PCTHTL', 'phòng, chống tác hại thuốc lá'], ['ICU', 'hồi sức tích cực'],
      ['PCR', 'pê xê e rờ'], ['BMI', 'bê em mờ i'], ['MR', 'sởi, ru bê la'], ['Td', 'tê đê'], ['SII', 'ét i i'], ['Hib', 'híp'], ['HPV', 'hát pê vê'], ['IPV', 'bại liệt tiêm'], ['OPV', 'bại liệt uống'], ['RT-PCR', 'e rờ tê, pê xê e rờ'], ['BVCSTE', 'bảo vệ, chăm sóc trẻ em'], ['BVTE', 'bảo vệ trẻ em'], ['BLGĐ', 'bạo lực gia đình'], ['BĐG', 'bình đẳng giới'], ['VSTBPN', 'vì sự tiến bộ của phụ nữ'], ['XĐGN', 'xóa đói giảm nghèo'], ['GNBV', 'giảm nghèo bền vững'], ['ASXH', 'an sinh xã hội'], ['NHCSXH', 'Ngân hàng Chính sách xã hội'],
      ['CSXH', 'chính sách xã hội'], ['TCXH', 'trợ cấp xã hội'], ['TK&VV', 'tiết kiệm và vay vốn'], ['TKVV', 'tiết kiệm và vay vốn'], ['WHO', 'Tổ chức Y tế Thế giới'], ['UNICEF', 'Quỹ Nhi đồng Liên hợp quốc'], ['LHQ', 'Liên hợp quốc'],
    ],
  },
  {
    field: 'trường học',
    source: 'Luật Giáo dục; cách viết của ngành giáo dục',
    rows: [
      ['MG', 'mẫu giáo'], ['THCS', 'trung học cơ sở'], ['THPT', 'trung học phổ thông'], ['TH&THCS', 'tiểu học và trung học cơ sở'], ['TH-THCS', 'tiểu học, trung học cơ sở'], ['THCS&THPT', 'trung học cơ sở và trung học phổ thông'], ['THCS-THPT', 'trung học cơ sở, trung học phổ thông'], ['PTDT', 'phổ thông dân tộc'],
      ['PTDTBT', 'phổ thông dân tộc bán trú'], ['PTDTNT', 'phổ thông dân tộc nội trú'], ['DTNT', 'dân tộc nội trú'], ['DTBT', 'dân tộc bán trú'], ['GDTX', 'giáo dục thường xuyên'], ['GDNN', 'giáo dục nghề nghiệp'], ['GDNN-GDTX', 'giáo dục nghề nghiệp, giáo dục thường xuyên'], ['TTGDTX', 'Trung tâm Giáo dục thường xuyên'], ['GDPT', 'giáo dục phổ thông'], ['CTGDPT', 'chương trình giáo dục phổ thông'], ['GDMN', 'giáo dục mầm non'], ['PCGD', 'phổ cập giáo dục'],
      ['XMC', 'xóa mù chữ'], ['PCGD-XMC', 'phổ cập giáo dục, xóa mù chữ'], ['GV', 'giáo viên'], ['GVCN', 'giáo viên chủ nhiệm'], ['HS', 'học sinh', 'hồ sơ'], ['HSSV', 'học sinh, sinh viên'], ['SV', 'sinh viên'], ['HSG', 'học sinh giỏi'], ['SBD', 'số báo danh'], ['CMHS', 'cha mẹ học sinh'], ['PHHS', 'phụ huynh học sinh'], ['CBQL', 'cán bộ quản lý'], ['CBGV', 'cán bộ, giáo viên'], ['CB-GV-NV', 'cán bộ, giáo viên, nhân viên'], ['CBGVNV', 'cán bộ, giáo viên, nhân viên'],
      ['SGK', 'sách giáo khoa'], ['CĐ', 'cao đẳng', 'Công điện'], ['TCCN', 'trung cấp chuyên nghiệp'], ['TC', 'trung cấp', 'tài chính', 'tiêu chuẩn'], ['ĐHQG', 'Đại học Quốc gia'], ['HK', 'học kỳ'], ['HKI', 'học kỳ một'], ['HKII', 'học kỳ hai'], ['NH', 'năm học', 'ngân hàng'], ['TPT', 'Tổng phụ trách'], ['XHHGD', 'xã hội hóa giáo dục'], ['XHHT', 'xã hội học tập'], ['CQG', 'chuẩn quốc gia'], ['KHTN', 'khoa học tự nhiên'], ['KHXH', 'khoa học xã hội'], ['NCKH', 'nghiên cứu khoa học'],
    ],
  },
  {
    field: 'nông nghiệp, kinh tế, thi đua',
    source: 'Chương trình mục tiêu quốc gia; cách viết thông dụng trong báo cáo',
    rows: [
      ['NTM', 'nông thôn mới'], ['XDNTM', 'xây dựng nông thôn mới'], ['NTMNC', 'nông thôn mới nâng cao'], ['NTMKM', 'nông thôn mới kiểu mẫu'], ['MTQG', 'mục tiêu quốc gia'], ['CTMTQG', 'Chương trình mục tiêu quốc gia'], ['OCOP', 'ô cốp'], ['HTX', 'hợp tác xã'], ['HTXNN', 'hợp tác xã nông nghiệp'], ['THT', 'tổ hợp tác'], ['KTTT', 'kinh tế tập thể'], ['NN', 'nông nghiệp', 'nhà nước'], ['NLN', 'nông lâm nghiệp'], ['NLTS', 'nông, lâm, thủy sản'],
      ['BVTV', 'bảo vệ thực vật'], ['TT&BVTV', 'Trồng trọt và Bảo vệ thực vật'], ['TT-BVTV', 'trồng trọt, bảo vệ thực vật'], ['CNTY', 'chăn nuôi, thú y'], ['CN&TY', 'Chăn nuôi và Thú y'], ['LMLM', 'lở mồm long móng'], ['DTLCP', 'dịch tả lợn châu Phi'], ['ASF', 'dịch tả lợn châu Phi'], ['TLB', 'tỷ lệ bệnh'], ['CSB', 'chỉ số bệnh'], ['TLH', 'tỷ lệ hại'], ['CGHN', 'cơ giới hóa nông nghiệp'], ['BĐKHTT', 'biến đổi khí hậu, thiên tai'], ['VDNC', 'viêm da nổi cục'], ['GSGC', 'gia súc, gia cầm'], ['THT-HTX', 'tổ hợp tác, hợp tác xã'], ['TTKN', 'Trung tâm Khuyến nông'], ['KN', 'khuyến nông', 'kinh nghiệm', 'khiếu nại'], ['DVNN', 'dịch vụ nông nghiệp'], ['TTDVNN', 'Trung tâm Dịch vụ nông nghiệp'], ['NTTS', 'nuôi trồng thủy sản'], ['IUU', 'khai thác bất hợp pháp, không báo cáo và không theo quy định'],
      ['KT-XH', 'kinh tế, xã hội'], ['KTXH', 'kinh tế xã hội'], ['PTKT', 'phát triển kinh tế'], ['SXKD', 'sản xuất, kinh doanh'], ['SX', 'sản xuất'], ['KD', 'kinh doanh'], ['CN-TTCN', 'công nghiệp, tiểu thủ công nghiệp'], ['TTCN', 'tiểu thủ công nghiệp'], ['TMDV', 'thương mại, dịch vụ'], ['TM-DV', 'thương mại, dịch vụ'], ['TMĐT', 'thương mại điện tử'], ['XNK', 'xuất nhập khẩu'], ['XKLĐ', 'xuất khẩu lao động'], ['GRDP', 'tổng sản phẩm trên địa bàn'], ['GDP', 'tổng sản phẩm trong nước'], ['FDI', 'đầu tư trực tiếp nước ngoài'], ['ODA', 'hỗ trợ phát triển chính thức'], ['GTSX', 'giá trị sản xuất'],
      ['TNBQ', 'thu nhập bình quân'], ['BQ', 'bình quân'], ['CK', 'cùng kỳ', 'cam kết', 'chuyển khoản'], ['BQĐN', 'bình quân đầu người'], ['GTGT', 'giá trị gia tăng'], ['VAT', 'thuế giá trị gia tăng'], ['TNCN', 'thu nhập cá nhân'], ['TNDN', 'thu nhập doanh nghiệp'], ['NHNo&PTNT', 'Ngân hàng Nông nghiệp và Phát triển nông thôn'], ['QTDND', 'Quỹ Tín dụng nhân dân'], ['PPP', 'đối tác công tư'], ['ATM', 'a tê em'], ['QR', 'quy e rờ'], ['TCVN', 'Tiêu chuẩn Việt Nam'], ['QCVN', 'Quy chuẩn Việt Nam'], ['ISO', 'i sô'],
      ['TĐ-KT', 'thi đua, khen thưởng'], ['TĐKT', 'thi đua, khen thưởng'], ['CSTĐ', 'chiến sĩ thi đua'], ['LĐTT', 'lao động tiên tiến'], ['HTXSNV', 'hoàn thành xuất sắc nhiệm vụ'], ['HTTNV', 'hoàn thành tốt nhiệm vụ'], ['NVL', 'nguyên vật liệu'], ['QLTT', 'quản lý thị trường'], ['BLTM', 'buôn lậu, gian lận thương mại'], ['GLTM', 'gian lận thương mại'], ['KDVT', 'kinh doanh vận tải'], ['MTQGXDNTM', 'mục tiêu quốc gia xây dựng nông thôn mới'], ['NQ', 'Nghị quyết'], ['BC', 'Báo cáo'], ['CV', 'Công văn'], ['NĐ', 'Nghị định'],
      ['KL', 'Kết luận'], ['TTLT', 'Thông tư liên tịch'], ['HD', 'hướng dẫn'], ['PL', 'phụ lục', 'pháp luật'], ['VB', 'văn bản'], ['VBCĐ', 'văn bản chỉ đạo'], ['STT', 'số thứ tự'], ['ĐVT', 'đơn vị tính'], ['SL', 'số lượng', 'sản lượng'], ['TTr', 'Tờ trình'], ['CTr', 'Chương trình'], ['CTHĐ', 'Chương trình hành động'], ['KPI', 'ca pê i'],
    ],
  },
  {
    field: 'đài, mạng, tổ chức quốc tế: đọc theo tên chữ hoặc theo tên quen',
    source: 'cách gọi thông dụng',
    rows: [
      ['VTV', 'vê tê vê'], ['VOV', 'vê ô vê'], ['HTV', 'hát tê vê'], ['QTV', 'quy tê vê'], ['QRT', 'quy e rờ tê'], ['PTQ', 'pê tê quy'], ['VNPT', 'vê en nờ pê tê'], ['FPT', 'ép pê tê'], ['SMS', 'ét em ét'], ['USB', 'u ét bê'], ['SIM', 'sim'], ['FM', 'ép em mờ'], ['AM', 'a em mờ'], ['IP', 'i pê'], ['TV', 'ti vi'],
      ['LED', 'lét'], ['GPS', 'định vị'], ['IOC', 'Trung tâm điều hành thông minh'], ['AI', 'trí tuệ nhân tạo'], ['LGSP', 'nền tảng tích hợp, chia sẻ dữ liệu'], ['NGSP', 'nền tảng tích hợp, chia sẻ dữ liệu quốc gia'], ['WB', 'Ngân hàng Thế giới'], ['ADB', 'Ngân hàng Phát triển châu Á'], ['UNDP', 'Chương trình Phát triển Liên hợp quốc'], ['FAO', 'Tổ chức Lương thực và Nông nghiệp Liên hợp quốc'],
      ['ASEAN', 'a xê an'], ['APEC', 'a péc'], ['WTO', 'Tổ chức Thương mại Thế giới'], ['EU', 'Liên minh châu Âu'], ['UNESCO', 'u nét xcô'], ['FIFA', 'phi pha'], ['NGO', 'tổ chức phi chính phủ'], ['PCPNN', 'phi chính phủ nước ngoài'], ['MC', 'người dẫn chương trình'], ['OK', 'ô kê'], ['VIP', 'víp'], ['PR', 'quan hệ công chúng'], ['ID', 'i đi'], ['OTP', 'ô tê pê'], ['PIN', 'pin'], ['PDF', 'pê đê ép'],
    ],
  },
]
