import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient, Refused } from './client.ts'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { openWorld, type World } from './world.ts'

type OpenApi = { paths: Record<string, Record<string, unknown>> }

/** Bodies that would be accepted from somebody with the right: so that a refusal is about the right and nothing else. */
const bodies = (device: string): Record<string, unknown> => ({
  'PUT /api/notices/{id}': {
    basedOn: 1,
    title: 'Chiếm quyền',
    topic: '',
    class: 'normal',
    audience: [],
    plan: { when: 'now' },
    repeats: 1,
    versions: [],
  },
  'POST /api/errands/{id}/done': {
    startedAt: '2026-11-23T08:10:00+07:00',
    endedAt: '2026-11-23T08:20:00+07:00',
    listeners: null,
    note: '',
  },
  'POST /api/errands/{id}/dismiss': { reason: 'không phải xã tôi' },
  'PUT /api/sessions/{id}': {
    ...{ unit: 'binh-chuong', name: 'Chiếm giờ', days: [1], from: '10:00', to: '11:00', relay: null },
    validFrom: '2090-01-01',
  },
  'POST /api/notices/{id}/submit': { revision: 1 },
  'POST /api/notices/{id}/approve': { revision: 1 },
  'POST /api/notices/{id}/return': { revision: 1, reason: 'không phải xã tôi' },
  'POST /api/notices/{id}/check': { revision: 1, language: 'cua' },
  [`PUT /api/devices/${device}/config`]: { volume: 1 },
})

/** A village head says that an airing was not heard: their link, and the errand it opens. */
const unheard = async (officer: ApiClient, airing: string): Promise<{ link: string; errand: string }> => {
  const link = await officer.must<{ id: string; url: string }>('POST', '/api/hearing-links', {
    village: 'binh-chuong-thon-1',
    name: 'Bác Sáu',
    phone: null,
    expiresOn: '2026-12-31',
  })
  await fetch(link.url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ airing, word: 'none' }).toString(),
  })
  const { errands } = await officer.must<{ errands: { id: string }[] }>('GET', '/api/errands')
  return { link: link.id, errand: errands[0]?.id ?? '' }
}

describe('another commune', () => {
  let world: World
  let foreigners: ApiClient[]
  let ids: {
    notice: string
    airing: string
    voicing: string
    device: string
    receipt: string
    release: string
    session: string
  }
  let people: { link: string; errand: string }

  beforeAll(async () => {
    world = await openWorld()
    const [officer, approver] = [await world.person('hanh'), await world.person('tam')]
    const cluster = await world.player('binh-chuong-thon-1', 'Cụm thử')
    const notice = await writeNotice(officer, { unit: 'binh-chuong', audience: ['binh-chuong'] })
    await submitNotice(officer, notice)
    await world.turnUntil(async () => cluster.player.state().soundsCached > 0)
    const { release } = await approveNotice(approver, notice)
    await world.turnUntil(
      async () => (await newestAiring(officer))?.receipts.some((one) => one.outcome === 'completed') ?? false,
    )
    const airing = await newestAiring(officer)
    type Sessions = { sessions: { id: string }[] }
    const { sessions } = await officer.must<Sessions>('GET', '/api/sessions?unit=binh-chuong')
    type Seen = { current: { versions: { voicing: { id: string } }[] } }
    const seen = await officer.must<Seen>('GET', `/api/notices/${notice.id}`)
    ids = {
      notice: notice.id,
      airing: airing?.id ?? '',
      voicing: seen.current.versions[0]?.voicing.id ?? '',
      device: cluster.device,
      receipt: airing?.receipts.find((one) => one.device === cluster.device)?.id ?? '',
      release: release.id,
      session: sessions[0]?.id ?? '',
    }
    people = await unheard(officer, airing?.id ?? '')
    foreigners = [await world.person('son'), await world.person('lien')]
  })
  afterAll(() => world.close())

  const idFor = (path: string): string | undefined => {
    if (path.startsWith('/api/notices/')) return ids.notice
    if (path.startsWith('/api/sessions/')) return ids.session
    if (path.startsWith('/api/airings/')) return ids.airing
    if (path.startsWith('/api/voicings/')) return ids.voicing
    if (path.startsWith('/api/devices/')) return ids.device
    if (path.startsWith('/api/hearing-links/')) return people.link
    if (path.startsWith('/api/errands/')) return people.errand
    return undefined
  }

  test('[F7] no verb of the API reaches a notice, an airing, a voicing or a device of another commune, and none says that it exists', async () => {
    const api = await foreigners[0]?.must<OpenApi>('GET', '/api/openapi.json')
    const tried: string[] = []
    for (const [path, verbs] of Object.entries(api?.paths ?? {})) {
      const id = idFor(path)
      if (id === undefined || !path.includes('{id}')) continue
      for (const verb of Object.keys(verbs)) {
        for (const foreigner of foreigners) {
          // a session is ended from a day on, said in the address
          const when = path === '/api/sessions/{id}' && verb === 'delete' ? '?from=2090-01-01' : ''
          const real = path.replace('{id}', id) + when
          const body =
            bodies(ids.device)[`${verb.toUpperCase()} ${path}`] ??
            (verb === 'get' || verb === 'delete' ? undefined : {})
          const answer = await foreigner.call<Refused>(verb.toUpperCase(), real, body)
          expect([verb, path, answer.status, answer.body?.refused]).toEqual([verb, path, 404, 'input.notFound'])
          tried.push(`${verb} ${path}`)
        }
      }
    }
    expect(new Set(tried)).toContain('post /api/notices/{id}/approve')
    expect(new Set(tried).size).toBeGreaterThan(9)
  })

  test('[F7] a foreign receipt, airing, notice or release cannot be traced', async () => {
    for (const [kind, id] of [
      ['receipt', ids.receipt],
      ['airing', ids.airing],
      ['notice', ids.notice],
      ['release', ids.release],
      ['errand', people.errand],
    ] as const) {
      const answer = await foreigners[0]?.call<Refused>('GET', `/api/trace/${kind}/${id}`)
      expect([kind, answer?.status, answer?.body.refused]).toEqual([kind, 404, 'input.notFound'])
    }
  })

  test('[F7] nobody writes, previews or stops for a unit that is not theirs', async () => {
    const draft = {
      title: 'x',
      topic: '',
      class: 'normal',
      audience: [],
      plan: { when: 'now' },
      repeats: 1,
      versions: [],
    }
    const hours = { name: 'x', days: [1], from: '10:00', to: '11:00', relay: null, validFrom: '2090-01-01' }
    const order = { unit: 'binh-chuong', date: '2090-01-01', session: ids.session, order: [], basedOn: 'x' }
    const tries: [string, unknown][] = [
      ['/api/sessions', { unit: 'binh-chuong', ...hours }],
      ['/api/sessions/preview', { unit: 'binh-chuong', session: ids.session, ...hours }],
      ['/api/running-order/preview', order],
      ['/api/collisions/decide', { first: ids.airing, second: ids.airing }],
      ['/api/notices', { unit: 'binh-chuong', ...draft }],
      ['/api/voicings', { unit: 'binh-chuong', text: 'Xin chào', accent: 'central', rate: 1 }],
      ['/api/stop-all', { unit: 'binh-chuong' }],
      ['/api/audience', { units: ['binh-chuong'] }],
      ['/api/devices', { kind: 'cluster', name: 'x', unit: 'binh-chuong-thon-1', horns: 1 }],
      ['/api/oral-briefings', { unit: 'binh-chuong', heldOn: '2026-11-22', listeners: 3 }],
    ]
    for (const [path, body] of tries) {
      const answer = await foreigners[0]?.call<Refused>('POST', path, body)
      expect([path, answer?.status === 404 || answer?.status === 403, typeof answer?.body.refused]).toEqual([
        path,
        true,
        'string',
      ])
    }
    const officer = await world.person('hanh')
    expect((await newestAiring(officer))?.state).not.toBe('stopped')
  })

  test('the list of another commune’s notices, airings and devices is empty of ours', async () => {
    for (const path of ['/api/notices', '/api/airings', '/api/devices', '/api/units', '/api/today']) {
      const { body } = (await foreigners[0]?.call<unknown>('GET', path)) ?? { body: null }
      expect([path, JSON.stringify(body).includes('binh-chuong')]).toEqual([path, false])
    }
  })
})
