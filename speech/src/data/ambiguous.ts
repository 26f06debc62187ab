/**
 * Abbreviations whose meaning hangs on the words around them. Senses are tried in order; a sense matches when the
 * lower-case text before ends as `before` says and the text after begins as `after` says.
 * Source: the two contexts in which each is written in official papers of communes.
 */
export type Sense = { readonly spoken: string; readonly before?: RegExp; readonly after?: RegExp }

const number = /^ ?\.? ?\d/
/** The crop of a season: "vụ ĐX", "lúa HT", "vụ ĐX, HT". */
const SEASON =
  /(?:^|[^\p{L}])(?:vụ|lúa|ngô|đậu|lạc|mì|cây)(?: sản xuất| mùa| lúa)?(?: (?:đx|ht|tđ|đông xuân|hè thu)(?: \d{4}(?: ?[-–] ?\d{2,4})?)?(?:,| và| -|-|\/| &)?)* ?$/u
const name = /^\.? ?\p{Lu}\p{Ll}/u

// biome-ignore format: rows of a table
export const AMBIGUOUS: ReadonlyMap<string, readonly Sense[]> = new Map<string, readonly Sense[]>([
  ['TT', [
    { spoken: 'thứ tự', after: /^ ?[|\t]/ },
    { spoken: 'Thông tư', after: /^ ?(?:số )?\d/ },
    { spoken: 'Thường trực', after: /^ ?(?:Huyện|Tỉnh|Đảng|Thành|HĐND|HĐ|HU|TU|ĐU|Ủy ban|UBMT|MTTQ|UBND|Hội đồng)/u },
    { spoken: 'Thường trực', before: /[-–] ?$/, after: /^ ?\p{Lu}{2}/u },
    { spoken: 'Trung tâm', after: /^\.? ?(?:Y tế|Văn hóa|Văn hoá|Chính trị|Dịch vụ|GDTX|Truyền thông|VH|Khuyến|Giáo dục|Hành chính|DV|Học tập|Bồi dưỡng|Phục vụ)/u },
    { spoken: 'thị trấn', after: name },
    { spoken: 'thị trấn', before: /(?:xã, ?|phường, ?)$/ },
    { spoken: 'Thông tin', before: /(?:văn hóa|vh) ?[-–&] ?$/ },
    { spoken: 'thứ tự', before: /số ?$/ },
    { spoken: 'Trung tâm' },
  ]],
  ['TP', [{ spoken: 'Trưởng phòng', before: /(?:kt|q)\. ?$/ }, { spoken: 'thành phố' }]],
  ['Tp', [{ spoken: 'thành phố' }]],
  ['TX', [{ spoken: 'thị xã' }]],
  ['Tx', [{ spoken: 'thị xã' }]],
  ['Tt', [{ spoken: 'thị trấn' }]],
  ['tp', [{ spoken: 'thành phố', after: name }]],
  ['tx', [{ spoken: 'thị xã', after: name }]],
  ['tt', [{ spoken: 'thị trấn', after: name }]],
  ['ĐC', [{ spoken: 'địa chỉ', after: /^ ?:/ }, { spoken: 'đồng chí' }]],
  ['CT', [
    { spoken: 'Chỉ thị', after: /^ ?(?:số )?\d/ },
    { spoken: 'Chủ tịch', after: /^ ?(?:UBND|HĐND|UBMT|MTTQ|Ủy ban|Hội)/u },
    { spoken: 'Công ty', after: /^\.? ?(?:TNHH|CP|Cổ phần|cổ phần)/u },
    { spoken: 'Chương trình' },
  ]],
  ['CA', [{ spoken: 'Công an' }]],
  ['QĐ', [{ spoken: 'Quân đội', after: /^ ?(?:NDVN|nhân dân|ta)/ }, { spoken: 'Quyết định' }]],
  ['ĐT', [
    { spoken: 'điện thoại', after: /^ ?[:.]? ?(?:\+|\(?0\d|bàn|di động|nóng|liên|trực|riêng|cơ quan)/ },
    { spoken: 'điện thoại', after: /^ ?: ?\d/ },
    { spoken: 'điện thoại', before: /(?:số|sđt|liên hệ|địa chỉ)[^.]{0,12}$/ },
    { spoken: 'Đường tỉnh', after: number },
    { spoken: 'đầu tư' },
  ]],
  ['Đt', [{ spoken: 'điện thoại', after: /^ ?[:.]? ?(?:\+|\(?0\d|số |liên)/ }]],
  ['đt', [{ spoken: 'điện thoại', after: /^ ?[:.]? ?(?:\+|\(?0\d|số |liên)/ }]],
  ['ĐH', [
    { spoken: 'đường huyết', before: /(?:ha|huyết áp|đo|thử|chỉ số)[ ,và&-]*$/ },
    { spoken: 'Đại hội', before: /(?:nghị quyết|nq|văn kiện|mừng|chào) ?$/ },
    { spoken: 'Đại hội', after: /^ ?(?:Đảng|đảng|đại biểu|XI|Đoàn|chi bộ)/u },
    { spoken: 'đường huyện', after: number },
    { spoken: 'đại học' },
  ]],
  ['TH', [
    { spoken: 'Tổng hợp', before: /(?:vt|văn thư|kt|vx|lưu)[,;:] ?$/ },
    { spoken: 'truyền hình', before: /(?:phát thanh|pt) ?[-–&và]* ?$/ },
    { spoken: 'tiểu học' },
  ]],
  ['BCH', [
    { spoken: 'Ban Chỉ huy', after: /^ ?(?:PCTT|PTDS|Phòng|phòng|Quân sự|quân sự|QS|PCLB|TKCN|thống nhất)/u },
    { spoken: 'Ban Chấp hành' },
  ]],
  ['BTC', [
    { spoken: 'Bộ Tài chính', before: /(?:của|theo|do|và|gửi) ?$/, after: /^ ?(?:[;.,]|về|quy|hướng)/ },
    { spoken: 'Ban Tổ chức' },
  ]],
  ['BCT', [{ spoken: 'Bộ Chính trị', before: /(?:nghị quyết|chỉ thị|kết luận|của|nq|kl)[^.]{0,20}$/ }, { spoken: 'Bộ Công Thương' }]],
  ['CĐ', [
    { spoken: 'Công điện', after: /^ ?(?:số )?\d/ },
    { spoken: 'cao đẳng', before: /(?:đh|đại học|trường|tc|trung cấp)[ ,&-]*$/ },
    { spoken: 'cao đẳng', after: /^ ?(?:nghề|sư phạm|y tế|Y tế)/u },
    { spoken: 'Công đoàn' },
  ]],
  ['MN', [
    { spoken: 'mầm non', after: /^ ?\d{1,2}\/\d/ },
    { spoken: 'mầm non', before: /(?:trường|lớp|học|bậc|cấp|ngành)[ ,]*$/ },
    { spoken: 'mầm non', after: /^ ?[A-ZĐ,]/ },
    { spoken: 'miền núi', before: /(?:dtts|dân tộc|vùng)[ &,và-]*$/ },
    { spoken: 'mực nước' },
  ]],
  ['THT', [{ spoken: 'tổ hợp tác' }]],
  ['PC', [{ spoken: 'phòng, chống' }]],
  ['HL', [{ spoken: 'Hương lộ', after: number }, { spoken: 'hợp lệ' }]],
  ['TL', [{ spoken: 'Thừa lệnh', after: /^\. ?(?:\p{Lu}{2,})/u }, { spoken: 'Tỉnh lộ', after: number }, { spoken: 'tỷ lệ' }]],
  ['KT', [{ spoken: 'Ký thay', after: /^\. ?\p{Lu}/u }, { spoken: 'kiểm tra', before: /(?:bài|đề) ?$/ }, { spoken: 'kinh tế' }]],
  ['TM', [{ spoken: 'Thay mặt', after: /^\.? ?(?:\p{Lu}\p{Lu}|Ủy|Ban|Đảng|Hội|Huyện)/u }, { spoken: 'Thay mặt', after: /^\. ?\p{Lu}/u }, { spoken: 'thương mại' }]],
  ['TUQ', [{ spoken: 'Thừa ủy quyền' }]],
  ['HĐ', [{ spoken: 'Hợp đồng', after: /^ ?(?:số|lao động|thuê|kinh tế)/ }, { spoken: 'Hội đồng', after: /^ ?\p{Lu}/u }, { spoken: 'hoạt động' }]],
  ['KP', [{ spoken: 'khu phố', after: /^\.? ?(?:\d|\p{Lu})/u }, { spoken: 'kinh phí' }]],
  ['HĐTV', [{ spoken: 'Hội đồng thành viên' }]],
  ['DA', [{ spoken: 'dự án' }]],
  ['ĐA', [{ spoken: 'đề án' }]],
  ['SP', [{ spoken: 'sản phẩm' }]],
  ['GS', [{ spoken: 'Giáo sư', after: /^\.? ?(?:\p{Lu}|TS)/u }, { spoken: 'giám sát' }]],
  ['PGS', [{ spoken: 'Phó Giáo sư' }]],
  ['ĐX', [{ spoken: 'Đông Xuân', before: SEASON }]],
  ['HT', [{ spoken: 'Hè Thu', before: SEASON }]],
  ['TĐ', [{ spoken: 'Thu Đông', before: SEASON }, { spoken: 'thủy điện', before: /(?:hồ|nhà máy|đập|công trình) ?$/ }]],
  ['HC', [
    { spoken: 'hành chính', before: /(?:giờ|ngày|thủ tục|cải cách|đơn vị|bộ phận|địa giới|xử phạt|vi phạm) ?$/ },
    { spoken: 'Huy chương', after: /^ ?(?:vàng|bạc|đồng|Vàng|Bạc|Đồng)/ },
  ]],
  ['HA', [{ spoken: 'huyết áp', before: /(?:đo|tăng|hạ|chỉ số|ổn định|theo dõi)[ ,]*$/ }, { spoken: 'huyết áp', after: /^ ?(?:[:≥>=] ?)?\d{2,3}\/\d{2,3}/ }]],
  ['KV', [{ spoken: 'khu vực' }]],
  ['XT', [{ spoken: 'xuất tuyến', after: /^ ?\d{3}/ }]],
  ['BP', [{ spoken: 'bộ phận', after: /^\.? ?(?:TN|tiếp nhận|Tiếp nhận|một cửa|Một cửa|\p{Ll})/u }]],
  ['HB', [
    { spoken: 'học bạ', before: /(?:nộp|bản sao|gốc|gồm|photo|kèm|khai sinh|ks)[ ,:]*$/ },
    { spoken: 'học bổng', before: /(?:trao|tặng|suất|cấp|nhận|xét)[ ,]*$/ },
  ]],
  ['TS', [{ spoken: 'Tiến sĩ', after: /^\.? ?(?:\p{Lu}\p{Ll}|BS)/u }, { spoken: 'tổng số' }]],
  ['ThS', [{ spoken: 'Thạc sĩ' }]],
  ['Ths', [{ spoken: 'Thạc sĩ' }]],
  ['BS', [{ spoken: 'bác sĩ' }]],
  ['KS', [{ spoken: 'khai sinh', before: /(?:giấy|bản sao|hb,?|học bạ,?|làm) ?$/ }, { spoken: 'kỹ sư', after: /^\.? ?\p{Lu}/u }, { spoken: 'kiểm soát' }]],
  ['LS', [{ spoken: 'luật sư', after: /^\.? ?\p{Lu}/u }, { spoken: 'liệt sĩ' }]],
  ['CTĐ', [{ spoken: 'Chữ thập đỏ', before: /hội ?$/ }, { spoken: 'công tác đảng' }]],
  ['KH', [{ spoken: 'Khuyến học', before: /hội ?$/ }, { spoken: 'khoa học', after: /^ ?(?:kỹ thuật|công nghệ)/ }, { spoken: 'Kế hoạch' }]],
  ['HS', [
    { spoken: 'hồ sơ', before: /(?:nộp|nhận|trả|tiếp nhận|bổ sung|thành phần|bộ|làm|xét|duyệt|giải quyết|lưu)[ ,]*$/ },
    { spoken: 'hồ sơ', after: /^ ?(?:đăng ký|đề nghị|xin|vay|dự tuyển|thủ tục|đất|gồm|trực tuyến)/u },
    { spoken: 'học sinh' },
  ]],
  ['HN', [{ spoken: 'hội nghị', before: /(?:dự|họp|tổ chức|khai mạc|bế mạc|sau|triệu tập)[ ,]*$/ }, { spoken: 'Hà Nội' }]],
  ['SN', [{ spoken: 'số nhà', after: /^ ?:? ?\d{1,3}(?!\d)/ }, { spoken: 'sinh năm' }]],
  ['GD', [{ spoken: 'giao dịch', after: /^ ?(?:điện tử|ngân hàng|trực tuyến|đất|bất động)/ }, { spoken: 'giáo dục' }]],
  ['TB', [
    { spoken: 'trung bình', before: /(?:điểm|mức|cao hơn|thấp hơn|dưới|trên|hộ có mức sống|đạt)[ ,]*$/ },
    { spoken: 'thương binh', before: /(?:gia đình|con|vợ|chồng|thăm|tặng quà|hội)[ ,]*$/ },
    { spoken: 'Thông báo' },
  ]],
  ['BKS', [{ spoken: 'biển kiểm soát', after: /^ ?[:.]? ?(?:số )?\d{2}/ }, { spoken: 'biển kiểm soát', before: /(?:xe|mô tô|ô tô|máy|tải|mang|mang số|tàu|thuyền|ghe|tàu cá)[ ,(]*$/ }, { spoken: 'Ban Kiểm soát' }]],
  ['DT', [{ spoken: 'diện tích', after: /^ ?:? ?(?:\d[\d.,]* ?(?:m2|m²|ha|sào|mét)|đất|gieo|sàn|sử dụng|thửa|canh tác|trồng|lúa)/u }, { spoken: 'di tích', after: /^ ?(?:lịch sử|LS)/ }, { spoken: 'dân tộc' }]],
  ['DL', [{ spoken: 'dương lịch', before: /\d[\d/]*[ (]*$/ }, { spoken: 'du lịch' }]],
  ['AL', [{ spoken: 'âm lịch', before: /(?:\d[\d/]*|tháng \p{L}+|mùng \p{L}+)[ (]*$/u }]],
  ['Q', [{ spoken: 'lưu lượng', after: /^ ?(?:về|xả|đến|tràn|max|hồ)(?!\p{L})/u }, { spoken: 'lưu lượng', after: /^ ?= ?\d/ }]],
  ['Qmax', [{ spoken: 'lưu lượng lớn nhất' }]],
  ['Hmax', [{ spoken: 'mực nước cao nhất' }]],
  ['Hmin', [{ spoken: 'mực nước thấp nhất' }]],
  ['Qxả', [{ spoken: 'lưu lượng xả' }]],
  ['Qvề', [{ spoken: 'lưu lượng về' }]],
  ['Qđến', [{ spoken: 'lưu lượng đến' }]],
  ['Z', [{ spoken: 'mực nước', after: /^ ?= ?\d/ }, { spoken: 'mực nước', after: /^ ?(?:hồ|TL|HL|tl|hl)(?!\p{L})/u }]],
  ['H', [{ spoken: 'mực nước', after: /^ ?= ?[+-]?\d[\d.,]* ?(?:m|cm)(?!\p{L})/u }]],
  ['CN', [
    { spoken: 'chủ nhật', after: /^ ?(?:nghỉ|hàng tuần|hằng tuần|tuần|tới|này|và ngày lễ|và các ngày|và lễ|ngày)/u },
    { spoken: 'chủ nhật', before: /(?:trừ|vào|kể cả|hết|đến|thứ (?:\p{L}+|\d[\d, ]*)|t[2-7])[ ,và&-]*$/u },
    { spoken: 'chủ nhật', after: /^,? ?\(?\d{1,2}\/\d/ },
    { spoken: 'chủ nhật', before: /(?:t7|thứ bảy|thứ 7|sáng|chiều|tối|ngày)[ ,và-]*$/ },
    { spoken: 'chi nhánh', after: /^\.? ?(?:Ngân hàng|NH|công ty|Công ty)/u },
    { spoken: 'công nghiệp' },
  ]],
  ['BT', [{ spoken: 'Bí thư', after: /^ ?(?:Đảng|ĐU|chi|Chi|Đoàn|Huyện|Tỉnh)/u }, { spoken: 'bồi thường' }]],
  ['PBT', [{ spoken: 'Phó Bí thư' }]],
  ['ÔB', [{ spoken: 'ông, bà' }]],
])

/** Abbreviations of one or two letters that are only read so before a dot: "P. 5", "Q. Hải Châu", "TM. …". */
// biome-ignore format: rows of a table
export const DOTTED: ReadonlyMap<string, readonly Sense[]> = new Map<string, readonly Sense[]>([
  ['Ng', [{ spoken: 'Nguyễn', after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['P', [{ spoken: 'số', before: /(?:^|[^\p{L}])phòng$/u, after: /^\. ?[A-Z]?\d{3}/ }, { spoken: 'phòng', after: /^\. ?(?:[A-Z]?\d{3}|VH|GD|TC|LĐ|NN|KT|TN|QL|Văn hóa|Giáo dục|Tài chính|Kinh tế|Nội vụ|Tư pháp)/u }, { spoken: 'phường', after: /^\. ?(?:\d|\p{Lu}\p{Ll})/u }]],
  ['Q', [{ spoken: 'Quyền', after: /^\. ?(?:CHỦ|GIÁM|TRƯỞNG|TP|Chủ tịch|Giám đốc|Trưởng)/u }, { spoken: 'quận', after: /^\. ?(?:\d|\p{Lu}\p{Ll})/u }]],
  ['H', [{ spoken: 'huyện', after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['X', [{ spoken: 'xã', after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['T', [{ spoken: 'tiếng', after: /^\. ?(?:Anh|Việt|Pháp|Trung|Nhật)(?!\p{L})/u }, { spoken: 'tỉnh', before: /,$/, after: /^\. \p{Lu}\p{Ll}/u }]],
  ['Ô', [{ spoken: 'Ông', after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['p', [{ spoken: 'phường', after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['q', [{ spoken: 'quận', after: /^\. ?(?:\d|\p{Lu}\p{Ll})/u }]],
  ['a', [{ spoken: 'anh', before: /(?:\(|gặp|liên hệ|hoặc|và|gọi|báo|,|-|:) ?$/, after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['c', [{ spoken: 'chị', before: /(?:\(|gặp|liên hệ|hoặc|và|gọi|báo|,|-|:) ?$/, after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['h', [{ spoken: 'huyện', after: /^\. ?\p{Lu}\p{Ll}/u }]],
  ['Đ', [{ spoken: 'đường', after: /^\. ?\p{Lu}\p{Ll}/u }]],
])

/** Abbreviations of everyday office writing with a stroke; lower case. */
// biome-ignore format: a table
export const STROKED: ReadonlyMap<string, readonly Sense[]> = new Map<string, readonly Sense[]>([
  ['đ/c', [{ spoken: 'đồng chí', before: /(?:các|và|gồm|của|gặp|với|mời) ?$/ }, { spoken: 'địa chỉ', after: /^ ?:/ }, { spoken: 'đồng chí' }]],
  ['v/v', [{ spoken: 'về việc' }]],
  ['k/g', [{ spoken: 'kính gửi' }]],
  ['t/m', [{ spoken: 'thay mặt' }]],
  ['k/t', [{ spoken: 'ký thay' }]],
  ['t/l', [{ spoken: 'thừa lệnh' }]],
  ['a/c', [{ spoken: 'anh, chị' }]],
  ['ô/b', [{ spoken: 'ông, bà' }]],
  ['b/c', [{ spoken: 'báo cáo' }]],
  ['t/h', [{ spoken: 'thực hiện' }]],
])
