import { localDate } from '@loa/protocol'
import type { People } from '../people.ts'
import { approve, COMMUNE, devicesOf, draftOf, type Notice, submitted, VILLAGE, voice } from '../people.ts'
import type { Hand } from './hand.ts'

/** What somebody comes to do, from Hôm nay to the words that say it is done. */
export type Journey = {
  readonly name: string
  readonly who: string
  /** What must be there before; returns a title that is on no other notice. */
  readonly before?: (people: People, title: string) => Promise<void>
  readonly run: (hand: Hand, title: string) => Promise<void>
}

const DAY_MS = 86_400_000
/** A day whose sessions are all still to come. */
const dayAfter = (): string => localDate(Date.now() + DAY_MS)
/** `24/11`, as it stands in the name of the day. */
const shortDay = (date: string): string => `${date.slice(8)}/${date.slice(5, 7)}`

const TEXT = 'Mời bà con đến nhà văn hóa thôn họp lúc 19 giờ ngày mai, bàn việc làm đường.'

/** A notice of the commune with its sound made. */
const written = async ({ officer }: People, title: string, text = TEXT) => {
  const { id: voicing } = await voice(officer, text)
  return { title, class: 'normal', audience: [COMMUNE], text, voicing } as const
}

const waiting = async (people: People, title: string, plan: object = { when: 'now' }): Promise<Notice> =>
  submitted(people.officer, { ...(await written(people, title)), plan })

const draft = async (people: People, title: string): Promise<void> => {
  await people.officer.must('POST', '/api/notices', { unit: COMMUNE, ...draftOf(await written(people, title)) })
}

export const journeys: readonly Journey[] = [
  {
    name: 'Soạn một tin mới và gửi duyệt',
    who: 'hanh',
    run: async (hand, title) => {
      await hand.goTo('Soạn tin')
      await hand.write('Tên tin', title)
      await hand.write('Nội dung', TEXT)
      await hand.choose('Chủ đề', 1)
      await hand.find('button', 'Nghe: Nghe thử')
      await hand.press('button', 'Gửi duyệt')
      await hand.see('Chờ duyệt')
    },
  },
  {
    name: 'Gửi duyệt một bản nháp có sẵn',
    who: 'hanh',
    before: draft,
    run: async (hand, title) => {
      await hand.goTo('Tin của tôi')
      await hand.press('link', new RegExp(`(Viết tiếp|Sửa tin).*${title}`))
      await hand.find('button', 'Nghe: Nghe thử')
      await hand.press('button', 'Gửi duyệt')
      await hand.see('Chờ duyệt')
    },
  },
  {
    name: 'Nghe và duyệt một tin',
    who: 'tam',
    before: async (people, title) => void (await waiting(people, title)),
    run: async (hand, title) => {
      await hand.goTo('Duyệt')
      await hand.see(title)
      await hand.press('button', /^Nghe: /)
      await hand.press('button', 'Duyệt')
      await hand.see('Không có tin nào chờ bạn duyệt')
    },
  },
  {
    name: 'Trả lại một tin, có lý do',
    who: 'tam',
    before: async (people, title) => void (await waiting(people, title)),
    run: async (hand, title) => {
      await hand.goTo('Duyệt')
      await hand.see(title)
      await hand.press('button', 'Trả lại')
      await hand.write('Lý do khác hoặc nói thêm', 'Ghi thêm nơi họp')
      await hand.press('button', 'Trả lại cho người soạn')
      await hand.see('Không có tin nào chờ bạn duyệt')
    },
  },
  {
    name: 'Dừng tin đang phát',
    who: 'hanh',
    before: async (people, title) => {
      const notice = await submitted(people.officer, await written(people, title, TEXT.repeat(6)))
      await approve(people.approver, notice)
    },
    run: async (hand, title) => {
      await hand.see(title)
      await hand.press('button', /^Dừng/)
      await hand.see(/Đã dừng/)
    },
  },
  {
    name: 'Xếp một tin mới vào buổi phát và gửi duyệt',
    who: 'hanh',
    run: async (hand, title) => {
      await hand.goTo('Soạn tin')
      await hand.write('Tên tin', title)
      await hand.write('Nội dung', TEXT)
      await hand.choose('Chủ đề', 1)
      await hand.press('radio', 'Trong buổi phát')
      await hand.find('button', 'Nghe: Nghe thử')
      await hand.press('button', 'Gửi duyệt')
      await hand.see('Chờ duyệt')
    },
  },
  {
    name: 'Đổi chỗ hai tin trong một buổi và lưu',
    who: 'hanh',
    before: async (people, title) => {
      const { sessions } = await people.officer.must<{ sessions: { id: string; unit: string }[] }>(
        'GET',
        `/api/sessions?unit=${COMMUNE}`,
      )
      const own = sessions.filter(({ unit }) => unit === COMMUNE).slice(-1)
      const plan = { when: 'sessions', sessions: own.map(({ id }) => id), dates: [dayAfter()] }
      for (const name of [title, `${title} (sau)`]) await approve(people.approver, await waiting(people, name, plan))
    },
    run: async (hand, title) => {
      await hand.goTo('Lịch phát')
      await hand.press('link', new RegExp(shortDay(dayAfter())))
      if (hand.way.size.width < 700) await hand.press('radio', 'Buổi chiều')
      await hand.press('button', new RegExp(`${title}(?! \\()`))
      await hand.press('button', `Đưa “${title}” xuống`)
      await hand.press('button', 'Lưu thứ tự')
      await hand.see(/Đã lưu thứ tự/)
    },
  },
  {
    name: 'Từ một công văn dán vào đến bản nháp',
    who: 'hanh',
    run: async (hand, title) => {
      await hand.goTo('Soạn tin')
      await hand.press('link', 'Từ công văn')
      await hand.write('Hoặc dán nội dung công văn', `V/v ${title}\nKính gửi: Các thôn\n${TEXT}`)
      await hand.press('button', 'Đề xuất lời đọc')
      await hand.press('button', 'Thành bản nháp')
      await hand.find('button', 'Nghe: Nghe thử')
    },
  },
  {
    name: 'Tìm một cụm loa theo tên và mở trang của nó',
    who: 'ky',
    run: async (hand) => {
      if (hand.way.by === 'keyboard') await hand.key('/')
      else await hand.press('button', 'Tìm')
      await hand.find('combobox', 'Tìm trong Loa')
      await hand.page.keyboard.insertText('cum 2 thon 4')
      await hand.find('option', /^Cụm 2, Thôn 4/)
      await hand.key('Enter')
      await hand.see(/Cụm 2, Thôn 4/)
    },
  },
  {
    name: 'Nhận một việc kỹ thuật',
    who: 'ky',
    before: async ({ administrator }, note) => {
      const devices = await devicesOf(administrator)
      const { tickets } = await administrator.must<{ tickets: { device: string }[] }>('GET', '/api/tickets')
      // a device has one open ticket of a kind: the next one is for another device
      const device = devices.find(
        ({ id, unit, kind }) =>
          kind === 'cluster' && unit.startsWith(VILLAGE.slice(0, -1)) && tickets.every((each) => each.device !== id),
      )?.id
      await administrator.must('POST', '/api/tickets', { device, note })
    },
    run: async (hand, note) => {
      await hand.goTo('Việc kỹ thuật')
      await hand.see(note)
      await hand.press('button', /^Nhận việc/)
      await hand.see(/Giao cho tôi \([1-9]/)
    },
  },
]
