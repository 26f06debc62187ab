import { expect, test } from 'vitest'
import { carriesSecrecyMark, fileNameCarriesMark } from './classified.ts'

// biome-ignore format: a table
const marked: string[] = [
  'MẬT',
  '  MẬT  ',
  'Mật',
  'TỐI MẬT',
  'Tối mật',
  'TUYỆT MẬT',
  'Tuyệt mật',
  '*** MẬT ***',
  '- MẬT -',
  'UBND XÃ BÌNH CHƯƠNG\nMẬT\nKế hoạch diễn tập',
  'Kế hoạch diễn tập\r\n\r\n[ TỐI MẬT ]\r\nNội dung',
  'MAT',
  'TOI MAT',
  'TUYET MAT',
  'MÂT',
  '(MẬT)',
  'Kế hoạch phòng thủ (MẬT)',
  'Kế hoạch phòng thủ (Mật)',
  'Kế hoạch phòng thủ (mật)',
  'Kế hoạch phòng thủ [TỐI MẬT]',
  'Kế hoạch phòng thủ (MAT)',
  'Công văn về việc bảo vệ (tài liệu mật)',
  'Độ mật: MẬT',
  'Độ mật: Tối mật',
  'độ mật : tuyệt mật.',
  'Mức độ mật - Mật',
  'Do mat: TOI MAT',
  'Độ mật: (Mật)',
  'MẬT - Kế hoạch tuần tra biên giới',
  'MẬT: Kế hoạch tuần tra biên giới',
  'MẬT   Số: 12/KH-UBND',
  'MẬT\tSố: 12/KH-UBND',
  'Kế hoạch tuần tra biên giới - MẬT',
  'Số: 12/KH-UBND      MẬT',
  'Ban hành kèm văn bản MẬT số 15',
  'Theo công văn đóng dấu TUYỆT MẬT của tỉnh',
  'Nội dung TỐI MẬT không phổ biến',
  'M Ậ T',
  'M Ậ T\nKế hoạch',
  'T Ố I   M Ậ T',
  'M.Ậ.T',
  'M-Ậ-T',
  'M\nẬ\nT',
  'M A T',
  'ＭẬＴ',
  'M\u200bẬ\u200bT',
  'MẬT'.normalize('NFD'),
  'МẬТ',
]

test.each(marked)('%j carries a secrecy mark', (text) => {
  expect(carriesSecrecyMark(text)).toBe(true)
})

// biome-ignore format: a table
const everyday: string[] = [
  '',
  'Giữ bảo mật thông tin cá nhân khi dùng điện thoại.',
  'BẢO MẬT THÔNG TIN CÁ NHÂN',
  'TẬP HUẤN AN TOÀN, BẢO MẬT',
  'Mật ong rừng U Minh',
  'MẬT ONG RỪNG - ĐẶC SẢN QUÊ TA',
  'Kỹ thuật nuôi ong lấy mật',
  'KỸ THUẬT NUÔI ONG LẤY MẬT',
  'Sản phẩm gồm gạo, măng khô, mật.',
  'SẢN PHẨM OCOP: GẠO, MĂNG, MẬT MÍA',
  'Không tiết lộ bí mật nhà nước trên mạng xã hội.',
  'TUYÊN TRUYỀN LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC',
  'Luật Bảo vệ bí mật nhà nước',
  'Luật quy định ba độ mật: tuyệt mật, tối mật và mật.',
  'Không chụp ảnh văn bản đóng dấu mật đưa lên mạng.',
  'Hồ sơ vụ án tuyệt mật là tên một bộ phim.',
  'Độ mật: không',
  'Độ mật: thường',
  'Đổi mật khẩu ba tháng một lần.',
  'MẬT KHẨU: không đưa cho ai',
  'Mật độ dân số của xã là 320 người trên một ki-lô-mét vuông.',
  'Gan và túi mật',
  'Khám sỏi túi mật miễn phí',
  'Chất làm ngọt (mật ong)',
  'Mật mía 20.000 đồng một lít',
  'Mật: 200.000 đồng một lít',
  '- mật',
  'Quan hệ mật thiết giữa Đảng và nhân dân',
  'Cơ mật, thân mật, nồng hậu',
  'Khám MẮT miễn phí',
  'MẮT',
  'MẶT TRẬN TỔ QUỐC VIỆT NAM',
  'MẤT',
  'MÁT',
  'Tôi mất giấy tờ',
  'toi mat giay to',
  'TÔI MẤT XE',
  'Trạm bơm mat nuoc',
  'Thông báo cắt điện từ 7 giờ đến 11 giờ',
  'Nước mát',
  'mat',
  'Các mẹ mang theo M, A, T',
]

test.each(everyday)('%j is everyday speech', (text) => {
  expect(carriesSecrecyMark(text)).toBe(false)
})

// biome-ignore format: a table
const files: [string, boolean][] = [
  ['MAT_ke-hoach.mp3',              true],
  ['ke-hoach (MẬT).wav',            true],
  ['bao_cao_MẬT.wav',               true],
  ['so-12-toi-mat.wav',             true],
  ['TUYET_MAT_01.mp3',              true],
  ['tuyệt mật.ogg',                 true],
  ['MẬT.mp3',                       true],
  ['mat-ong-rung.mp3',              false],
  ['MAT-ONG.mp3',                   false],
  ['BAO_MAT_THONG_TIN.mp3',         false],
  ['Mật ong.mp3',                   false],
  ['kham-mat.wav',                  false],
  ['ban-tin-chieu.ogg',             false],
]

test.each(files)('the file name %j: marked is %j', (name, isMarked) => {
  expect(fileNameCarriesMark(name)).toBe(isMarked)
})

test('a text of any size is judged in time that grows with its length only', () => {
  const lines = `${'M '.repeat(20_000)}\n${'('.repeat(20_000)}\n${' '.repeat(20_000)}MẬ`
  expect(carriesSecrecyMark(lines)).toBe(false)
})
