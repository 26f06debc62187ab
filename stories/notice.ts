import type { ApiClient } from './client.ts'

/** The flood notice of the stories. Place names are real, the event is invented. */
export const floodText =
  'Thông báo khẩn: lũ trên sông Trà Bồng đang lên nhanh, đề nghị bà con các thôn ven sông khẩn trương di chuyển tài sản và người già, trẻ nhỏ đến nơi an toàn.'

type Plan =
  | { readonly when: 'now' }
  | { readonly when: 'times'; readonly dates: readonly string[]; readonly time: string }
  | { readonly when: 'sessions'; readonly sessions: readonly string[]; readonly dates: readonly string[] }
  | {
      readonly when: 'standing'
      readonly role: 'chime'
      readonly sessions: readonly string[]
      readonly from: string
      readonly to: string
    }

export type Written = { readonly id: string; readonly revision: number }

/** Writes a notice with its voice, as the console does, and leaves it a draft. */
export const writeNotice = async (
  officer: ApiClient,
  {
    unit,
    audience,
    plan = { when: 'now' },
    text = floodText,
    title = 'Cảnh báo lũ sông Trà Bồng',
    class: kind = 'normal',
  }: {
    unit: string
    audience: readonly string[]
    plan?: Plan
    text?: string
    title?: string
    class?: 'normal' | 'priority'
  },
): Promise<Written> => {
  const voicing = await officer.must<{ id: string }>('POST', '/api/voicings', {
    unit,
    text,
    accent: 'central',
    rate: 1,
  })
  const { topics } = await officer.must<{ topics: { key: string }[] }>('GET', '/api/topics')
  return officer.must<Written>('POST', '/api/notices', {
    unit,
    title,
    topic: topics[0]?.key,
    class: kind,
    audience,
    plan,
    repeats: 1,
    versions: [{ language: 'vi', written: text, voicing: voicing.id }],
  })
}

/** Sends a draft for approval. */
export const submitNotice = (officer: ApiClient, { id, revision }: Written): Promise<Written> =>
  officer.must<Written>('POST', `/api/notices/${id}/submit`, { revision })

/** Approves what was submitted. */
export const approveNotice = (approver: ApiClient, { id, revision }: Written): Promise<{ release: { id: string } }> =>
  approver.must('POST', `/api/notices/${id}/approve`, { revision })

export type AiringSeen = {
  readonly id: string
  readonly state: string
  readonly receipts: readonly {
    readonly id: string
    readonly device: string
    readonly outcome: string
    readonly reason: string | null
    readonly startedAt: string | null
    readonly secondsWritten: number
    readonly levelDbfs: number | null
  }[]
}

/** The newest airing of a person's units, with its receipts; undefined where there is none yet. */
export const newestAiring = async (officer: ApiClient): Promise<AiringSeen | undefined> => {
  const { airings } = await officer.must<{ airings: { id: string }[] }>('GET', '/api/airings')
  const newest = airings[0]
  return newest === undefined ? undefined : officer.must<AiringSeen>('GET', `/api/airings/${newest.id}`)
}
