import { writeWav } from '@loa/audio'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../demo/small-town.ts'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { type TestContext, testContext } from '../../platform/testing-context.ts'
import { languagesOf, personName, postsOf } from '../people/index.ts'
import { type Release, releaseById, releaseOf, sign } from '../release/index.ts'
import { createSession, setAirtimeRule } from '../schedule/index.ts'
import { currentRoster, verify } from '../trust/index.ts'
import { requestVoicing, takeRecording } from '../voicing/index.ts'
import { createNotice, noticeFor, saveNotice } from './commands.ts'
import type { Draft } from './draft.ts'
import type { LoadedNotice } from './load.ts'
import { approveNotice, checkVersion, originOf, returnNotice, submitNotice, withdrawNotice } from './review.ts'
import { tasksOf } from './tasks.ts'

const HOUR = 3_600_000
const TEXT = 'Mời bà con họp thôn lúc bảy giờ tối.'
let town: TestContext
let reading: string
let corSong: string
let foreignReading: string

beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
  const read = async (unit: string) => {
    const made = await requestVoicing(town.ctx, { unit, text: TEXT, accent: 'central', rate: 1 }, 'lan')
    return isRefusal(made) ? made.refused : made.id
  }
  reading = await read('xa-a')
  foreignReading = await read('xa-b')
  const samples = Float32Array.from({ length: 32_000 }, (_, i) => 0.2 * Math.sin(i / 9))
  const recorded = await takeRecording(
    town.ctx,
    { unit: 'xa-a', bytes: writeWav({ samples, sampleRate: 16_000 }), fileName: 'cor.wav' },
    'lan',
  )
  corSong = isRefusal(recorded) ? recorded.refused : recorded.id
})
afterAll(() => town.close())

/** The next morning at eight: every test has a day of its own, so that no plan of another one is in its way. */
beforeEach(() => town.clock.turnTo(town.clock.now() + 24 * HOUR - ((town.clock.now() - MORNING) % (24 * HOUR))))

const actor = async (person: string): Promise<Actor> => ({
  person,
  name: await personName(town.ctx.db, person),
  languages: await languagesOf(town.ctx.db, person),
  posts: await postsOf(town.ctx.db, person, '2026-11-22'),
})

const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.refused : String(answer))
const vi = { language: 'vi', written: TEXT, voicing: () => reading }
const draftOf = (change: Partial<Draft> = {}): Draft => ({
  title: 'Họp thôn',
  topic: 'trat-tu',
  class: 'normal',
  audience: ['thon-a1'],
  plan: { when: 'now' },
  repeats: 1,
  versions: [{ ...vi, voicing: vi.voicing() }],
  ...change,
})
const withCor = (): Partial<Draft> => ({
  versions: [
    { language: 'vi', written: TEXT, voicing: reading },
    { language: 'cua', written: null, voicing: corSong },
  ],
})

const begin = async (change: Partial<Draft> = {}, by = 'lan', unit = 'xa-a') =>
  createNotice(town.ctx, await actor(by), unit, draftOf({ topic: await aTopic(), ...change }))
const aTopic = async (): Promise<string> => {
  const { topics } = await import('../org/index.ts')
  return topics[0]?.key ?? ''
}
const begun = async (change: Partial<Draft> = {}): Promise<string> => {
  const id = await begin(change)
  if (isRefusal(id)) throw new Error(id.refused)
  return id
}
const seen = async (id: string, by = 'lan'): Promise<LoadedNotice> => {
  const notice = await noticeFor(town.ctx, await actor(by), id)
  if (isRefusal(notice)) throw new Error(notice.refused)
  return notice
}
const revisionOf = async (id: string) => (await seen(id)).revision
const save = async (id: string, change: Partial<Draft>, by = 'lan', basedOn?: number) =>
  codeOf(
    await saveNotice(town.ctx, await actor(by), {
      id,
      basedOn: basedOn ?? (await revisionOf(id)),
      draft: draftOf({ topic: await aTopic(), ...change }),
    }),
  )
const submit = async (id: string, by = 'lan') =>
  codeOf(await submitNotice(town.ctx, await actor(by), id, await revisionOf(id)))
const approve = async (id: string, by = 'minh') =>
  codeOf(await approveNotice(town.ctx, await actor(by), id, await revisionOf(id)))
const withdraw = async (id: string, by = 'lan') => codeOf(await withdrawNotice(town.ctx, await actor(by), id))
const giveBack = async (id: string, by = 'minh', reason = 'Sai ngày') =>
  codeOf(await returnNotice(town.ctx, await actor(by), { id, revision: await revisionOf(id), reason }))
const check = async (id: string, by: string, language = 'cua') =>
  codeOf(await checkVersion(town.ctx, await actor(by), { id, revision: await revisionOf(id), language }))
const submitted = async (change: Partial<Draft> = {}): Promise<string> => {
  const id = await begun(change)
  expect(await submit(id)).toBe('done')
  return id
}
const releaseOfNotice = async (id: string, revision?: number): Promise<Release> => {
  const found = await releaseOf(town.ctx.db, originOf(id, revision ?? (await revisionOf(id))))
  if (found === undefined) throw new Error(`no release of ${id}`)
  return found
}
const newsAbout = async (subject: string): Promise<string[]> =>
  (
    await sql<{ kind: string }>`select kind from fact where subject = ${subject} order by id`.execute(town.ctx.db)
  ).rows.map(({ kind }) => kind)

test('[F7] written, submitted, approved by another person and issued, each with who and when', async () => {
  const id = await submitted()
  const proposed = await releaseOfNotice(id)
  expect(proposed).toMatchObject({
    issuedAt: null,
    signatures: [],
    candidate: { author: 'lan', audience: ['thon-a1'], playsMax: 1 },
  })
  await town.clock.turnBy(HOUR)
  expect(await approve(id)).toBe('done')
  const issued = await releaseOfNotice(id)
  expect(issued).toMatchObject({ body: proposed.body, issuedAt: town.clock.now(), signatures: [{ person: 'minh' }] })
  const notice = await seen(id)
  expect(notice.state).toBe('approved')
  expect(notice.events.map(({ kind, person }) => `${kind} ${person}`)).toEqual(['submitted lan', 'approved minh'])
  expect(await newsAbout(id)).toEqual(['notice.submitted', 'notice.approved'])
  expect(await newsAbout(issued.id)).toEqual(['release.proposed', 'release.issued'])
})

test('what was approved carries a signature that stands in the roster a device holds', async () => {
  const id = await submitted()
  await approve(id)
  const { body, signatures } = await releaseOfNotice(id)
  const roster = (await currentRoster(town.ctx.db, 'xa-a'))?.roster
  const entry = roster?.people.find(({ key }) => key.id === signatures[0]?.key)
  expect(entry?.person).toBe('minh')
  expect(roster?.covers).toContain('thon-a1')
  if (entry === undefined) throw new Error('not in the roster')
  expect(verify(entry.key, 'candidate', body, signatures[0]?.value ?? '')).toBe(true)
})

test('an approver listens to the very bytes that stand in what is signed', async () => {
  const id = await submitted({ repeats: 3 })
  const [version] = (await seen(id)).current.versions
  const [signed] = (await releaseOfNotice(id)).candidate.versions
  expect(version?.sound).toBe(signed?.sound)
  expect(await town.ctx.blobs.has(signed?.sound ?? '')).toBe(true)
})

describe('the second person', () => {
  test('[F7] is never somebody who wrote: not the author, not whoever saved or submitted any revision', async () => {
    const id = await begun()
    expect(await save(id, { title: 'Họp thôn gấp' }, 'phuc')).toBe('saved')
    expect(await save(id, { title: 'Họp thôn tối nay' }, 'lan')).toBe('saved')
    expect(await submit(id, 'nam')).toBe('done')
    expect(await approve(id, 'phuc')).toBe('notice.ownApproval')
    expect(await approve(id, 'lan')).toBe('access.notAllowed')
    expect(await approve(id, 'hoa')).toBe('input.notFound')
    expect((await releaseOfNotice(id)).signatures).toEqual([])
    expect(await approve(id, 'minh')).toBe('done')
  })

  test('may be a leader above the commune', async () => {
    const id = await submitted()
    expect(await approve(id, 'chu-tich')).toBe('done')
  })

  test('approves what stood before their eyes, or nothing', async () => {
    const id = await submitted()
    expect(codeOf(await approveNotice(town.ctx, await actor('minh'), id, 7))).toBe('notice.changedMeanwhile')
  })
})

describe('at the same moment', () => {
  test('two approvers: one of them approves, it is issued once', async () => {
    const id = await submitted()
    const outcomes = await Promise.all([approve(id, 'minh'), approve(id, 'phuc'), approve(id, 'chu-tich')])
    expect(outcomes.sort()).toEqual(['done', 'notice.wrongState', 'notice.wrongState'])
    const release = await releaseOfNotice(id)
    expect(release.signatures).toHaveLength(1)
    expect((await newsAbout(release.id)).filter((kind) => kind === 'release.issued')).toHaveLength(1)
  })

  test('approving and taking back: either it is issued and stays, or it is taken back and never issued', async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await submitted({ title: `Họp thôn ${round}` })
      const both = round % 2 === 0 ? [approve(id), withdraw(id)] : [withdraw(id), approve(id)]
      const outcomes = await Promise.all(both)
      expect(outcomes.sort()).toEqual(['done', 'notice.wrongState'])
      const { state } = await seen(id)
      const { issuedAt, withdrawnAt } = await releaseOfNotice(id)
      expect([state, issuedAt !== null, withdrawnAt !== null]).toEqual(
        state === 'approved' ? ['approved', true, false] : ['withdrawn', false, true],
      )
    }
  })

  test('approving and returning: one of them happens', async () => {
    const id = await submitted()
    expect((await Promise.all([approve(id), giveBack(id, 'phuc')])).sort()).toEqual(['done', 'notice.wrongState'])
  })

  test('submitting twice makes one release', async () => {
    const id = await begun()
    expect((await Promise.all([submit(id), submit(id, 'nam')])).sort()).toEqual(['done', 'notice.wrongState'])
    expect(await newsAbout(id)).toEqual(['notice.submitted'])
  })

  test('two who save the same revision: one is kept, the other is told, nothing is written over', async () => {
    const id = await begun()
    const outcomes = await Promise.all([
      save(id, { title: 'Của Lan' }, 'lan', 1),
      save(id, { title: 'Của Nam' }, 'nam', 1),
    ])
    expect(outcomes.sort()).toEqual(['notice.changedMeanwhile', 'saved'])
    expect(await revisionOf(id)).toBe(2)
  })

  test('saving while it is submitted never changes what was submitted', async () => {
    const id = await begun()
    const outcomes = await Promise.all([submit(id), save(id, { title: 'Khác' }, 'nam', 1)])
    expect(outcomes.filter((each) => each === 'done' || each === 'saved')).toHaveLength(1)
    const { state, current } = await seen(id)
    expect([state, current.title]).toEqual(state === 'submitted' ? ['submitted', 'Họp thôn'] : ['draft', 'Khác'])
  })
})

describe('returning and going on', () => {
  test('[F7] what was returned is never issued; the next revision has a release of its own', async () => {
    const id = await submitted()
    const first = await releaseOfNotice(id)
    expect(await giveBack(id)).toBe('done')
    expect(await releaseById(town.ctx.db, first.id)).toMatchObject({ issuedAt: null, withdrawnAt: town.clock.now() })
    expect(codeOf(await sign(town.ctx, town.ctx.db, first.id, 'minh'))).toBe('input.conflict')
    expect(await submit(id)).toBe('notice.wrongState')
    expect(await save(id, { title: 'Họp thôn tối 25' })).toBe('saved')
    expect(await submit(id)).toBe('done')
    expect(await approve(id)).toBe('done')
    expect((await releaseOfNotice(id)).candidate.title).toBe('Họp thôn tối 25')
    const { revisions, events } = await seen(id)
    expect(revisions.map(({ number, title, frozen }) => [number, title, frozen])).toEqual([
      [1, 'Họp thôn', true],
      [2, 'Họp thôn tối 25', true],
    ])
    expect(events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['submitted', null],
      ['returned', 'Sai ngày'],
      ['submitted', null],
      ['approved', null],
    ])
  })

  test('a returned notice can be sent again as it was, as a new revision', async () => {
    const id = await submitted()
    await giveBack(id)
    expect(await save(id, {})).toBe('saved')
    expect([await revisionOf(id), await submit(id)]).toEqual([2, 'done'])
  })

  test('what was taken back can be written on; what was approved cannot', async () => {
    const id = await submitted()
    expect(await withdraw(id)).toBe('done')
    expect(await save(id, { title: 'Lần nữa' })).toBe('saved')
    expect(await submit(id)).toBe('done')
    expect(await approve(id)).toBe('done')
    expect(await save(id, { title: 'Sau khi duyệt' })).toBe('notice.wrongState')
    expect(await withdraw(id)).toBe('notice.wrongState')
    expect(await giveBack(id)).toBe('notice.wrongState')
  })

  test('saving what is there already makes no revision', async () => {
    const id = await begun()
    expect([await save(id, {}), await revisionOf(id)]).toEqual(['saved', 1])
  })
})

describe('[F7] a version in a minority language', () => {
  test('is checked by somebody who understands it and did not write it, before anybody may approve', async () => {
    const id = await submitted(withCor())
    expect(await approve(id)).toBe('notice.languageUnchecked')
    expect(await check(id, 'minh')).toBe('notice.languageNotUnderstood')
    expect(await check(id, 'lan')).toBe('notice.ownApproval')
    expect(await check(id, 'hoa')).toBe('input.notFound')
    expect(await check(id, 'gia-lang', 'sed')).toBe('notice.languageNotUnderstood')
    expect(await check(id, 'gia-lang')).toBe('done')
    expect(await check(id, 'phuc')).toBe('input.conflict')
    expect(await approve(id)).toBe('done')
    expect((await releaseOfNotice(id)).candidate.versions.map(({ language }) => language)).toEqual(['vi', 'cua'])
  })

  test('may be checked by an approver who understands it, who then approves', async () => {
    const id = await submitted(withCor())
    expect([await check(id, 'phuc'), await approve(id, 'phuc')]).toEqual(['done', 'done'])
  })

  test('is checked anew in every revision', async () => {
    const id = await submitted(withCor())
    await check(id, 'gia-lang')
    await giveBack(id)
    await save(id, { ...withCor(), title: 'Đổi giờ' })
    await submit(id)
    expect(await approve(id)).toBe('notice.languageUnchecked')
  })
})

describe('an emergency', () => {
  test('is signed by who raises it and by who approves it, and issued only then', async () => {
    const id = await submitted({ class: 'emergency' })
    const raised = await releaseOfNotice(id)
    expect(raised).toMatchObject({ issuedAt: null, candidate: { author: 'lan' }, signatures: [{ person: 'lan' }] })
    expect(await approve(id)).toBe('done')
    expect((await releaseOfNotice(id)).signatures.map(({ person }) => person)).toEqual(['lan', 'minh'])
  })

  test('names as raiser whoever submitted it, who cannot be its second person', async () => {
    const id = await begun({ class: 'emergency' })
    expect(await submit(id, 'phuc')).toBe('done')
    expect((await releaseOfNotice(id)).candidate.author).toBe('phuc')
    expect(await approve(id, 'phuc')).toBe('notice.ownApproval')
  })

  test('may be approved at night, which nothing else may', async () => {
    const ids = [await submitted({ class: 'emergency' }), await submitted({ class: 'priority' })]
    await town.clock.turnBy(14 * HOUR)
    expect([await approve(ids[0] ?? ''), await approve(ids[1] ?? '')]).toEqual(['done', 'notice.quietHours'])
  })
})

test('“now” that was not approved within a day is old news', async () => {
  const id = await submitted()
  await town.clock.turnBy(25 * HOUR)
  expect(await approve(id)).toBe('notice.whenInPast')
})

test('dates whose last half hour is over cannot be approved any more', async () => {
  const today = new Date(town.clock.now() + 7 * HOUR).toISOString().slice(0, 10)
  const id = await submitted({ plan: { when: 'times', dates: [today], time: '10:00' } })
  await town.clock.turnBy(2.5 * HOUR)
  expect(await approve(id)).toBe('notice.whenInPast')
})

// biome-ignore format: a table
const refusedDrafts: [string, () => Partial<Draft>, string][] = [
  ['a village of another commune',                 () => ({ audience: ['thon-a1', 'thon-b1'] }),                                   'notice.audienceOutsideUnit'],
  ['the province as a whole',                      () => ({ audience: ['tinh'] }),                                                 'notice.audienceOutsideUnit'],
  ['a place that does not exist',                  () => ({ audience: ['thon-z'] }),                                               'notice.audienceOutsideUnit'],
  ['a topic that does not exist',                  () => ({ topic: 'quang-cao' }),                                                'notice.topicUnknown'],
  ['a reading of another commune',                 () => ({ versions: [{ language: 'vi', written: TEXT, voicing: foreignReading }] }), 'input.notFound'],
  ['a reading that does not exist',                () => ({ versions: [{ language: 'vi', written: TEXT, voicing: 'khong-co' }] }), 'input.notFound'],
  ['a mark in the title',                          () => ({ title: 'Kế hoạch ABCXYZ (MẬT)' }),                                     'notice.classified'],
  ['a mark in the text',                           () => ({ versions: [{ language: 'vi', written: 'TỐI MẬT\nABCXYZ', voicing: null }] }), 'notice.classified'],
  ['a mark in the second version',                 () => ({ versions: [{ language: 'vi', written: TEXT, voicing: null }, { language: 'cua', written: 'ABCXYZ [MẬT]', voicing: null }] }), 'notice.classified'],
  ['a control character in the text',              () => ({ versions: [{ language: 'vi', written: 'a\u0001b', voicing: null }] }), 'text.control'],
]

test.each(refusedDrafts)('%s cannot be saved, at the beginning or later', async (_title, change, code) => {
  const count = async () =>
    (await sql<{ n: number }>`select count(*) as n from notice_revision`.execute(town.ctx.db)).rows[0]?.n
  const id = await begun()
  const before = await count()
  expect(codeOf(await begin(change()))).toBe(code)
  expect(await save(id, change())).toBe(code)
  expect(await count()).toBe(before)
})

test('[F22] of marked matter nothing stays anywhere, whether in a draft or in a reason', async () => {
  const id = await submitted()
  expect(codeOf(await begin({ title: 'MẬT - ABCXYZ' }))).toBe('notice.classified')
  expect(await giveBack(id, 'minh', 'Xem tài liệu ABCXYZ (MẬT)')).toBe('notice.classified')
  const { rows } = await sql<{ found: string }>`select string_agg(t::text, '') as found from (
    select to_jsonb(audit_entry) as t from audit_entry union all select to_jsonb(fact) from fact
    union all select to_jsonb(notice_revision) from notice_revision union all select to_jsonb(notice_version) from notice_version
    union all select to_jsonb(notice_event) from notice_event) as everything`.execute(town.ctx.db)
  expect(rows[0]?.found).not.toContain('ABCXYZ')
})

test('hostile text is kept as the words it is', async () => {
  const title = `<img src=x onerror=alert(1)> '; drop table notice; -- \${7*7} {{7*7}} %s`
  const id = await begun({ title, versions: [{ language: 'vi', written: `${title}\n\u202egnol`, voicing: null }] })
  expect((await seen(id)).current).toMatchObject({ title, versions: [{ written: `${title}\ngnol` }] })
})

test('an unfinished draft can be saved and not submitted', async () => {
  const id = await begun({ title: '', audience: [], versions: [] })
  expect(await submit(id)).toBe('notice.titleMissing')
  expect((await seen(id)).state).toBe('draft')
})

test('each person is told what waits for them, and nobody for what is not theirs to do', async () => {
  const ids = {
    draft: await begun({ title: 'Nháp' }),
    sent: await submitted(withCor()),
    back: await submitted({ title: 'Trả' }),
  }
  await giveBack(ids.back, 'minh', 'Thiếu địa điểm')
  const own = new Set(Object.values(ids))
  const tasks = async (person: string) =>
    (await tasksOf(town.ctx, await actor(person)))
      .filter(({ notice }) => own.has(notice.id))
      .map(({ kind, notice }) => [kind, notice.id])
  expect(await tasks('lan')).toEqual([
    ['unsent', ids.draft],
    ['returned', ids.back],
  ])
  expect(await tasks('nam')).toEqual([])
  expect(await tasks('minh')).toEqual([['approve', ids.sent]])
  expect(await tasks('gia-lang')).toEqual([['check', ids.sent]])
  expect(await tasks('phuc')).toEqual([['check', ids.sent]])
  expect(await tasks('hoa')).toEqual([])
  expect(await tasks('tho')).toEqual([])
})

describe('a notice planned in sessions', () => {
  let session: string
  const inSession = (...dates: string[]): Draft['plan'] => ({ when: 'sessions', sessions: [session], dates })
  const day = (after: number) => new Date(town.clock.now() + (after * 24 + 7) * HOUR).toISOString().slice(0, 10)

  beforeAll(async () => {
    const hours = { days: [1, 2, 3, 4, 5, 6, 7], from: '17:00', to: '17:05', relay: null }
    const wish = { unit: 'xa-a', name: 'Buổi chiều', ...hours, validFrom: day(0) }
    const made = await createSession(town.ctx, await actor('lan'), wish)
    if (isRefusal(made)) throw new Error(made.refused)
    session = made
  })

  test('is approved for the hours of the session only, once for each date', async () => {
    const id = await submitted({ plan: inSession(day(1), day(2)) })
    expect(await approve(id)).toBe('done')
    const release = await releaseOf(town.ctx.db, originOf(id, await revisionOf(id)))
    expect(release?.candidate).toMatchObject({ hours: [{ from: '17:00', to: '17:05' }], playsMax: 2 })
  })

  const chime = (sessions: string[]): Partial<Draft> => ({
    plan: { when: 'standing', role: 'chime', sessions, from: day(0), to: day(9) },
  })
  // biome-ignore format: a table
  const cases: [string, () => Partial<Draft>, string][] = [
    ['that names no session',                 () => ({ plan: { when: 'sessions', sessions: [], dates: [day(1)] } }),           'session.notFound'],
    ['that names a session nobody knows',     () => ({ plan: { when: 'sessions', sessions: ['KHONG-CO'], dates: [day(1)] } }), 'session.notFound'],
    ['without a date',                        () => ({ plan: inSession() }),                                                   'session.notRunning'],
    ['for yesterday',                         () => ({ plan: inSession(day(-1)) }),                                            'notice.whenInPast'],
    ['as an opening for two years',           () => ({ plan: { when: 'standing', role: 'opening', sessions: [session], from: day(0), to: day(730) } }), 'input.malformed'],
    ['as a chime of a session',               () => chime([session]),                                                          'input.malformed'],
    ['as a chime',                            () => chime([]),                                                                 'done'],
  ]
  test.each(cases)('%s', async (_title, change, outcome) => {
    expect(await submit(await begun(change()))).toBe(outcome)
  })

  test('saved again as it is makes no new revision', async () => {
    const plans: Partial<Draft>[] = [
      {},
      { plan: inSession(day(1)) },
      chime([]),
      { onBehalfOf: { name: 'Trường THCS', purpose: 'enrolment' } },
    ]
    for (const change of plans) {
      const id = await begun(change)
      expect(await save(id, change)).toBe('saved')
      expect(await revisionOf(id)).toBe(1)
    }
  })

  test('[F32] is said for others only for a purpose of the list, and within their minutes of the day', async () => {
    const forSchool = { plan: inSession(day(1)), onBehalfOf: { name: 'Trường THCS', purpose: 'enrolment' } } as const
    expect(await submit(await begun(forSchool))).toBe('done')
    expect(await submit(await begun({ ...forSchool, onBehalfOf: { name: 'Cửa hàng', purpose: 'other' } }))).toBe(
      'notice.purposeNotAllowed',
    )
    const refused = await setAirtimeRule(town.ctx, await actor('lan'), {
      unit: 'xa-a',
      rule: { purposes: [], minutesPerDay: 0 },
    })
    expect(codeOf(refused)).toBe('access.notAllowed')
    await setAirtimeRule(town.ctx, await actor('chu-tich'), {
      unit: 'tinh',
      rule: { purposes: ['enrolment'], minutesPerDay: 0 },
    })
    expect(await submit(await begun(forSchool))).toBe('notice.thirdPartyMinutes')
    expect(await submit(await begun({ plan: inSession(day(1)) }))).toBe('done')
  })
})
