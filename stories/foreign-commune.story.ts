import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient, Refused } from './client.ts'
import { approveNotice, newestAiring, submitNotice, writeNotice } from './notice.ts'
import { openWorld, type World } from './world.ts'

type OpenApi = { paths: Record<string, Record<string, unknown>> }

/** Bodies that would be accepted from somebody with the right: so that a refusal is about the right and nothing else. */
const bodies: Record<string, unknown> = {
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
  'PUT /api/devices/{id}/config': { volume: 1 },
  'POST /api/tickets/{id}/assign': { person: 'vo-thanh-son' },
  'POST /api/tickets/{id}/note': { note: 'không phải xã tôi' },
  'POST /api/tickets/{id}/close': { cause: 'không phải xã tôi' },
  'POST /api/lexicon/{id}/decide': { accept: true },
  'PUT /api/units/{id}': { name: 'Thôn Chiếm' },
  'POST /api/units/{id}/close': { on: '2090-01-01' },
  'PUT /api/people/{id}': { name: 'Chiếm Tên', languages: ['vi'] },
  'POST /api/people/{id}/posts': { unit: 'binh-son', role: 'officer', title: 'Chiếm người', from: '2026-11-23' },
  'POST /api/people/{id}/account': { username: 'chiem' },
  'POST /api/posts/{id}/end': { on: '2026-11-23' },
  'PUT /api/units/{unit}/limits': { volumeMax: 1 },
  'POST /api/frames/{unit}': { again: 'never' },
  'POST /api/units/{unit}/limits/preview': { volumeMax: 1 },
  'PUT /api/units/{unit}/repeat-rules': { rules: [{ class: 'normal', sessionsPerDay: 1, days: 1 }] },
  'PUT /api/units/{unit}/airtime-rule': { purposes: [], minutesPerDay: 0 },
  'PUT /api/units/{unit}/functional-test': { enabled: false, time: '07:30' },
}

/** What an address is asked with where it asks for more. */
const queries: Record<string, string> = {
  'delete /api/sessions/{id}': '?from=2090-01-01',
  'get /api/units/{unit}/suggested-plan': '?class=normal&from=2026-11-23',
}

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

/** What a commune has besides notices, each by its id: made by those of the commune, or above it. */
const everythingElse = async (world: World, device: string) => {
  const [officer, technician, administrator] = [
    await world.person('hanh'),
    await world.person('ky'),
    await world.person('an'),
  ]
  type Made = { id: string }
  const ticket = await technician.must<Made>('POST', '/api/tickets', { device, note: 'Loa rè' })
  const reading = { unit: 'binh-chuong', written: 'UBMTTQ', spoken: 'Ủy ban Mặt trận Tổ quốc' }
  const entry = await officer.must<Made>('POST', '/api/lexicon', reading)
  const merger = await administrator.must<Made>('POST', '/api/mergers', {
    ...{ effectiveOn: '2029-01-01', from: ['binh-chuong', 'binh-minh'], source: 'Nghị quyết thử' },
    to: { name: 'Xã Chương Minh', shortName: 'Chương Minh' },
  })
  type People = { person: string; posts: { id: string }[] }[]
  const people = await administrator.must<People>('GET', '/api/people?unit=binh-chuong')
  const post = people.find(({ person }) => person === 'nguyen-van-tam')?.posts[0]?.id ?? ''
  const metadata = Object.entries({ unit: 'binh-chuong', sha256: '0'.repeat(64), filename: 'thu.wav' })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  const upload = await officer.announce('/api/uploads', {
    'tus-resumable': '1.0.0',
    'upload-length': '1000',
    'upload-metadata': metadata,
  })
  return { ticket: ticket.id, entry: entry.id, merger: merger.id, post, upload: upload.split('/').at(-1) ?? '' }
}

/** Of those that are tried, some that must be among them. */
const wantedVerbs = [
  'post /api/notices/{id}/approve',
  'put /api/units/{id}',
  'post /api/units/{id}/close',
  'post /api/mergers/{id}/undo',
  'post /api/tickets/{id}/close',
  'post /api/errands/{id}/done',
  'delete /api/hearing-links/{id}',
  'post /api/lexicon/{id}/decide',
  'put /api/sessions/{id}',
  'delete /api/sessions/{id}',
  'put /api/units/{unit}/limits',
  'post /api/frames/{unit}',
  'delete /api/uploads/{id}',
]

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
  let others: Awaited<ReturnType<typeof everythingElse>>

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
    others = await everythingElse(world, cluster.device)
    foreigners = [await world.person('son'), await world.person('lien')]
  })
  afterAll(() => world.close())

  /** By how an address begins, the id that is put in it. */
  const idOf = (path: string): string | undefined => {
    const known: Record<string, string> = {
      ...{ notices: ids.notice, sessions: ids.session, airings: ids.airing, voicings: ids.voicing },
      ...{ devices: ids.device, clusters: ids.device, 'hearing-links': people.link, errands: people.errand },
      ...{
        tickets: others.ticket,
        lexicon: others.entry,
        uploads: others.upload,
        mergers: others.merger,
        posts: others.post,
      },
      ...{
        frames: 'binh-chuong',
        people: 'nguyen-van-tam',
        units: path.includes('{unit}') ? 'binh-chuong' : 'binh-chuong-thon-1',
      },
    }
    return known[path.split('/')[2] ?? '']
  }

  test('[F7] no verb of the API reaches anything of another commune by its id, and none says that it exists', async () => {
    const api = await foreigners[0]?.must<OpenApi>('GET', '/api/openapi.json')
    const byId = Object.entries(api?.paths ?? {}).filter(([path]) => /\{(id|unit)\}/.test(path))
    const tried: string[] = []
    // how a thing is traced has its own test below
    for (const [path, verbs] of byId.filter(([at]) => !at.startsWith('/api/trace/'))) {
      const id = idOf(path)
      expect([path, id]).toEqual([path, expect.stringMatching(/./)])
      for (const verb of Object.keys(verbs)) {
        for (const foreigner of foreigners) {
          const real = path.replace(/\{(id|unit)\}/, id ?? '') + (queries[`${verb} ${path}`] ?? '')
          const body =
            bodies[`${verb.toUpperCase()} ${path}`] ?? (['get', 'head', 'delete'].includes(verb) ? undefined : {})
          const answer = await foreigner.call<Refused>(verb.toUpperCase(), real, body)
          // a HEAD is answered without words
          const said = verb === 'head' ? 'input.notFound' : answer.body?.refused
          expect([verb, path, answer.status, said]).toEqual([verb, path, 404, 'input.notFound'])
          tried.push(`${verb} ${path}`)
        }
      }
    }
    expect(tried).toEqual(expect.arrayContaining(wantedVerbs))
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

  test('the list of another commune’s notices, airings, devices, tickets, errands, links and mergers is empty of ours', async () => {
    const lists = ['notices', 'airings', 'devices', 'units', 'today', 'tickets', 'errands', 'hearing-links', 'mergers']
    for (const path of lists.map((list) => `/api/${list}`)) {
      const { body } = (await foreigners[0]?.call<unknown>('GET', path)) ?? { body: null }
      expect([path, JSON.stringify(body).includes('binh-chuong')]).toEqual([path, false])
    }
  })
})
