import { isWithin, policyBeforeConfig } from '@loa/protocol'
import { ApiClient } from '../../stories/client.ts'
import { until } from './waiting.ts'

type DemoAccount = { readonly username: string; readonly password: string }

/** People of the demonstration's commune on IP, signed in. */
export type People = { readonly officer: ApiClient; readonly approver: ApiClient; readonly administrator: ApiClient }

/** The commune whose stations are on IP in the demonstration, and one of its villages. */
export const COMMUNE = 'binh-chuong'
export const VILLAGE = 'binh-my-thon-1'

/** Signs in with the accounts that the sign-in page of the demonstration shows. */
export const signInAll = async (url: string): Promise<People> => {
  const accounts = await new ApiClient(url).must<DemoAccount[]>('GET', '/api/demo-accounts')
  const signIn = (username: string): Promise<ApiClient> => {
    const password = accounts.find((account) => account.username === username)?.password
    if (password === undefined) throw new Error(`the demonstration has no account ${username}`)
    return new ApiClient(url).signIn(username, password)
  }
  return { officer: await signIn('hanh'), approver: await signIn('tam'), administrator: await signIn('an') }
}

export type BulletinClass = 'normal' | 'priority' | 'emergency'

/**
 * The class that may sound at this hour. At night devices and server refuse everything but an emergency; a bench that
 * has to run then raises emergencies, as a person would, and says so.
 */
export const classNow = (otherwise: BulletinClass = 'normal'): BulletinClass =>
  policyBeforeConfig.quiet.some((span) => isWithin(span, Date.now())) ? 'emergency' : otherwise

export const classNote = (used: BulletinClass): string =>
  used === 'emergency'
    ? 'run at night in Viet Nam (21:00–05:00), when only an emergency may sound: the notices were emergencies, signed by two as the law asks'
    : `notices of the class "${used}"`

export type Voicing = { readonly id: string; readonly sound: { readonly durationMs: number } }

export const voice = (officer: ApiClient, text: string): Promise<Voicing> =>
  officer.must('POST', '/api/voicings', { unit: COMMUNE, text, accent: 'central', rate: 1 })

export type Draft = {
  readonly title: string
  readonly class: BulletinClass
  readonly audience: readonly string[]
  readonly repeats?: number
  readonly text: string
  readonly voicing: string
  /** At once where absent. */
  readonly plan?: object
}

/** A draft as the API takes it, to be heard at once. */
export const draftOf = ({ title, class: bulletinClass, audience, repeats = 1, text, voicing, plan }: Draft) => ({
  title,
  topic: 'disaster',
  class: bulletinClass,
  audience,
  plan: plan ?? { when: 'now' },
  repeats,
  versions: [{ language: 'vi', written: text, voicing }],
})

export type Notice = {
  readonly id: string
  readonly revision: number
  readonly state: string
  readonly release: { readonly id: string } | null
}

/** Writes a notice and sends it for approval. */
export const submitted = async (officer: ApiClient, draft: Draft): Promise<Notice> => {
  const made = await officer.must<Notice>('POST', '/api/notices', { unit: COMMUNE, ...draftOf(draft) })
  return officer.must<Notice>('POST', `/api/notices/${made.id}/submit`, { revision: made.revision })
}

export const approve = (approver: ApiClient, { id, revision }: Notice): Promise<Notice> =>
  approver.must('POST', `/api/notices/${id}/approve`, { revision })

/** Enters a loudspeaker cluster in a village. Returns its id and its enrolment code. */
export const enterCluster = (
  administrator: ApiClient,
  name: string,
  unit = VILLAGE,
): Promise<{ device: string; code: string }> =>
  administrator.must('POST', '/api/devices', { kind: 'cluster', name, unit, horns: 2 })

export type Device = {
  readonly id: string
  readonly kind: string
  readonly unit: string
  readonly online: boolean
  readonly enrolled: boolean
  readonly revoked: boolean
  readonly invented: boolean
}

export const devicesOf = async (person: ApiClient): Promise<readonly Device[]> =>
  (await person.must<{ devices: Device[] }>('GET', '/api/devices')).devices

/** One device of the demonstration is switched off, so that there is something to be mended. */
const SWITCHED_OFF = 1

/** Waits until the demonstration's fleet has come online. Returns how many; none where there is no simulator. */
export const untilFleetOnline = async (person: ApiClient, withinMs: number): Promise<number> => {
  const fleet = async () => (await devicesOf(person)).filter(({ invented }) => invented)
  await until(
    'the demonstration fleet',
    async () => (await fleet()).filter(({ online }) => !online).length <= SWITCHED_OFF,
    {
      withinMs,
      everyMs: 500,
    },
  ).catch(() => undefined)
  return (await fleet()).filter(({ online }) => online).length
}

export type Receipt = {
  readonly id: string | null
  readonly device: string
  readonly outcome: string
  readonly reason: string | null
  readonly startedAt: string | null
}
export type Airing = { readonly id: string; readonly release: string; readonly receipts: readonly Receipt[] }

export const airingOf = (person: ApiClient, id: string): Promise<Airing> => person.must('GET', `/api/airings/${id}`)
