import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read } from './index.ts'
import { sayDecimal, sayInteger } from './numbers.ts'

const runs = { numRuns: 2000, seed: 20_261_122 }

const FIGURES = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** The figures a listener writes down; anything that is no figure parts them. */
const heardFigures = (spoken: string): string =>
  (spoken.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [])
    .map((word) => FIGURES.indexOf(word))
    .filter((figure) => figure >= 0)
    .join('')

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))

/** Telephone numbers as they are written in notices. */
const mobile = fc.tuple(fc.constantFrom('3', '5', '7', '8', '9'), digits(8)).map(([head, rest]) => `0${head}${rest}`)
const cutMobile = fc
  .tuple(mobile, fc.constantFrom('.', ' ', '-', ''))
  .map(([number, sign]) => `${number.slice(0, 4)}${sign}${number.slice(4, 7)}${sign}${number.slice(7)}`)
const area = fc.constantFrom('0255', '0235', '0236', '024', '028')
const landline = fc
  .tuple(
    area,
    fc.constantFrom('3', '6'),
    digits(6),
    fc.constantFrom('A.B', 'A B', 'A-B', '(A) B', '(A)B', 'A - B', 'A.3', 'A 3', '(A) 3'),
  )
  .map(([code, head, rest, form]) => {
    const whole = head + rest
    if (form.endsWith('3')) {
      const sign = form.includes('.') ? '.' : ' '
      return `${form.startsWith('(') ? `(${code})` : code}${sign}${head}${sign}${rest.slice(0, 3)}${sign}${rest.slice(3)}`
    }
    return form.replace('A', code).replace('B', whole)
  })
const service = fc
  .tuple(fc.constantFrom('1800', '1900'), digits(4), fc.constantFrom('', ' ', '.'))
  .map(([head, rest, sign]) => `${head}${sign}${rest}`)
const emergency = fc.constantFrom('111', '112', '113', '114', '115')
const numbers = fc.array(fc.oneof(cutMobile, landline, service), { minLength: 1, maxLength: 3 })
const joined = fc
  .tuple(numbers, fc.constantFrom(', ', '; ', ' - ', ' – ', ' hoặc ', '/'), fc.option(emergency))
  .map(([all, sign, last]) => [...all, ...(last === null ? [] : [last])].join(sign))
const before = fc.constantFrom(
  'SĐT: ',
  'ĐT: ',
  'điện thoại: ',
  'gọi ',
  'gọi số ',
  'liên hệ ',
  'hotline: ',
  'đường dây nóng: ',
  'xin báo về Ban Chỉ huy theo số điện thoại ',
)
const after = fc.constantFrom('', '.', ' (trực đêm).', ' để được giúp đỡ.', '\nXin nhắc lại.')

describe('[F46] a number to be called', () => {
  test('is told figure by figure, however it is written and whatever stands beside it', () => {
    fc.assert(
      fc.property(before, joined, after, (head, written, tail) => {
        const { spoken } = read(`${head}${written}${tail}`)
        expect(heardFigures(spoken)).toBe(written.replace(/\D/g, ''))
        expect(spoken).not.toMatch(/trăm|nghìn|triệu|tỷ|mươi|mười|phẩy|trên/)
      }),
      runs,
    )
  })

  test('is offered both ways where it could also be counted', () => {
    expect(read('xem trang 5; 113.').words.at(-1)).toMatchObject({ text: 'một trăm mười ba', doubtful: ['một một ba'] })
  })

  test.each(['hộ', 'người', 'ha', 'con bò', 'trường hợp', 'tàu cá'])('113 %s are counted', (counted) => {
    expect(read(`có 113 ${counted} bị cô lập`).spoken).toContain('một trăm mười ba')
  })
})

/** A level in metres with two places, as bulletins write it. */
const level = fc.tuple(fc.integer({ min: 0, max: 30 }), digits(2))
const alarm = fc.constantFrom(
  ['báo động I', 'một'],
  ['báo động II', 'hai'],
  ['báo động III', 'ba'],
  ['BĐ1', 'một'],
  ['BĐ 2', 'hai'],
  ['BĐIII', 'ba'],
  ['BĐ III', 'ba'],
  ['báo động 3', 'ba'],
  ['báo động cấp 2', 'cấp hai'],
) as fc.Arbitrary<readonly [string, string]>
const metres = ([whole, part]: readonly [number, string]): string => `${sayDecimal(String(whole), part)} mét`

describe('[F46] a river level', () => {
  test('is heard apart from the alarm it is measured from', () => {
    fc.assert(
      fc.property(level, alarm, level, fc.constantFrom('', ' '), (at, [written, number], over, blank) => {
        const text = `Mực nước sông Trà Bồng là ${at[0]},${at[1]}${blank}m, trên ${written} ${over[0]},${over[1]}${blank}m`
        expect(read(text).spoken).toBe(
          `Mực nước sông Trà Bồng là ${metres(at)}, trên báo động ${number}, ${metres(over)}`,
        )
      }),
      runs,
    )
  })

  test('a release of water keeps every figure of its flow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25_000 }),
        fc.constantFrom('m3/s', ' m3/s', ' m³/s', 'm³/s'),
        (flow, unit) => {
          const written = flow.toLocaleString('vi-VN', { useGrouping: 'always' })
          expect(read(`xả lũ ${written}${unit}`).spoken).toBe(`xả lũ ${sayInteger(String(flow))} mét khối trên giây`)
        },
      ),
      runs,
    )
  })
})

const HOURS = ['7h', '07h00', '7 giờ', '07 giờ 00', '7:00', '7g00', "7h00'"]

describe('[F46] a time', () => {
  test.each(HOURS)('%s is seven o’clock', (written) => {
    expect(read(`trước ${written} ngày 21/11`).spoken).toBe('trước bảy giờ ngày hai mươi mốt tháng mười một')
  })

  test('of a day is never taken for another: hours 0 to 24, every minute', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.constantFrom('h', 'g', ':', ' giờ '),
        (hour, minute, sign) => {
          const written = `${hour}${sign}${String(minute).padStart(2, '0')}`
          const minutes = minute === 0 ? '' : ` ${sayInteger(String(minute))} phút`
          expect(read(`trước ${written} ngày 3/9`).spoken).toBe(
            `trước ${sayInteger(String(hour))} giờ${minutes} ngày mùng ba tháng chín`,
          )
        },
      ),
      runs,
    )
  })

  test.each([
    ['tối 15/10', 'tối ngày mười lăm tháng mười'],
    ['0 giờ ngày 16/11', 'không giờ ngày mười sáu tháng mười một'],
    ['24h00 ngày 15/11', 'hai mươi tư giờ ngày mười lăm tháng mười một'],
    ['thứ 2, 3', 'thứ hai, thứ ba'],
    ['T2-T6', 'thứ hai đến thứ sáu'],
    ['T7, CN', 'thứ bảy, chủ nhật'],
  ])('%s is said %s', (written, spoken) => {
    expect(read(written).spoken).toBe(spoken)
  })
})
