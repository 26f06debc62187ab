import type { People } from '../people.ts'
import { approve, COMMUNE, draftOf, submitted, voice } from '../people.ts'
import type { Hand } from './hand.ts'

/** What somebody comes to do, from Hôm nay to the words that say it is done. */
export type Journey = {
  readonly name: string
  readonly who: string
  /** What must be there before; returns a title that is on no other notice. */
  readonly before?: (people: People, title: string) => Promise<void>
  readonly run: (hand: Hand, title: string) => Promise<void>
}

const TEXT = 'Mời bà con đến nhà văn hóa thôn họp lúc 19 giờ ngày mai, bàn việc làm đường.'

const waiting = async (people: People, title: string): Promise<{ id: string; revision: number }> => {
  const { id: voicing } = await voice(people.officer, TEXT)
  return submitted(people.officer, { title, class: 'normal', audience: [COMMUNE], text: TEXT, voicing })
}

const draft = async ({ officer }: People, title: string): Promise<void> => {
  const { id: voicing } = await voice(officer, TEXT)
  const written = draftOf({ title, class: 'normal', audience: [COMMUNE], text: TEXT, voicing })
  await officer.must('POST', '/api/notices', { unit: COMMUNE, ...written })
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
      const { id: voicing } = await voice(people.officer, TEXT.repeat(6))
      const text = TEXT.repeat(6)
      const notice = await submitted(people.officer, {
        title,
        class: 'normal',
        audience: [COMMUNE],
        text,
        voicing,
      })
      await approve(people.approver, notice)
    },
    run: async (hand, title) => {
      await hand.see(title)
      await hand.press('button', /^Dừng/)
      await hand.see(/Đã dừng/)
    },
  },
]
