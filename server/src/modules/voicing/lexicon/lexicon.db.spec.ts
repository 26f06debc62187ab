import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MORNING, makeSmallTown } from '../../../demo/small-town.ts'
import type { Actor, Role } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import { type TestContext, testContext } from '../../../platform/testing-context.ts'
import { historyOf } from '../../audit/index.ts'
import { readingOf, requestVoicing } from '../commands.ts'
import { decide, lexiconOf, propose, remove } from './commands.ts'
import type { LexiconEntry } from './model.ts'

let town: TestContext
beforeAll(async () => {
  town = await testContext(MORNING)
  await makeSmallTown(town.ctx)
})
afterAll(() => town.close())

const actor = (person: string, unit: string, role: Role): Actor => ({
  person,
  name: person,
  languages: ['vi'],
  posts: [{ unit, role, title: role }],
})
const lan = actor('lan', 'xa-a', 'officer')
const minh = actor('minh', 'xa-a', 'approver')
const hai = actor('hai', 'xa-b', 'officer')
const hoa = actor('hoa', 'xa-b', 'approver')
const chuTich = actor('chu-tich', 'tinh', 'leader')
const tho = actor('tho', 'xa-a', 'technician')
const thu = actor('lan', 'xa-a', 'clerk')

const entry = (made: LexiconEntry | Refusal): LexiconEntry => {
  if (isRefusal(made)) throw new Error(made.refused)
  return made
}
const codeOf = (answer: unknown): string => (isRefusal(answer) ? answer.refused : 'accepted')
const proposal = (written: string, spoken: string, unit = 'xa-a') => ({ unit, written, spoken, caseSensitive: false })
const spokenIn = async (unit: string, text: string): Promise<string> => {
  const reading = await readingOf(town.ctx, { unit, text })
  if (isRefusal(reading)) throw new Error(reading.refused)
  return reading.spoken
}

describe('a reading of the unit’s own', () => {
  test('[F22] is not refused with a reason that carries a secrecy mark, and nothing of it is kept', async () => {
    const made = entry(await propose(town.ctx, lan, proposal('Trà Phú', 'trà phú')))
    const reason = 'TỐI MẬT\nKế hoạch ABCXYZ'
    expect(codeOf(await decide(town.ctx, minh, { id: made.id, accept: false, reason }))).toBe('notice.classified')
    expect((await historyOf(town.ctx.db, 'xa-a')).at(-1)?.action).toBe('classified.refused')
    expect(JSON.stringify(await historyOf(town.ctx.db, made.id))).not.toContain('ABCXYZ')
    expect(codeOf(await decide(town.ctx, minh, { id: made.id, accept: false, reason: 'Đọc sai' }))).toBe('accepted')
  })

  test('is proposed by the clerk too, who knows the names of the place, and who does not agree to it', async () => {
    const made = entry(await propose(town.ctx, thu, proposal('Gò Da', 'gò đa')))
    expect(codeOf(await decide(town.ctx, thu, { id: made.id, accept: true, reason: null }))).toBe('access.notAllowed')
    expect(codeOf(await remove(town.ctx, thu, made.id))).toBe('accepted')
  })

  test('is read by only after somebody else has agreed, in the unit and nowhere beside it', async () => {
    const made = entry(await propose(town.ctx, lan, proposal('Ka Đáp', 'ca đáp')))
    expect(await lexiconOf(town.ctx, 'xa-a')).toEqual([])
    expect(codeOf(await decide(town.ctx, lan, { id: made.id, accept: true, reason: null }))).toBe('access.notAllowed')
    expect(codeOf(await decide(town.ctx, minh, { id: made.id, accept: true, reason: null }))).toBe('accepted')
    expect(await spokenIn('xa-a', 'Họp ở Ka Đáp.')).toContain('ca đáp')
    expect(await spokenIn('xa-b', 'Họp ở Ka Đáp.')).not.toContain('ca đáp')
    const actions = (await historyOf(town.ctx.db, made.id)).map(({ action }) => action)
    expect(actions).toEqual(['lexicon.proposed', 'lexicon.inForce'])
  })

  test('of the province holds in every commune, until the commune has its own', async () => {
    const above = entry(await propose(town.ctx, chuTich, proposal('TTVH', 'trung tâm văn hóa tỉnh', 'tinh')))
    expect(codeOf(await decide(town.ctx, chuTich, { id: above.id, accept: true, reason: null }))).toBe(
      'lexicon.ownDecision',
    )
    const secretary = actor('hoa', 'tinh', 'approver')
    expect(codeOf(await decide(town.ctx, secretary, { id: above.id, accept: true, reason: null }))).toBe('accepted')
    expect(await spokenIn('xa-b', 'TTVH')).toContain('trung tâm văn hóa tỉnh')
    const own = entry(await propose(town.ctx, hai, proposal('ttvh', 'nhà văn hóa xã', 'xa-b')))
    await decide(town.ctx, hoa, { id: own.id, accept: true, reason: null })
    expect(await spokenIn('xa-b', 'TTVH')).toContain('nhà văn hóa xã')
    expect(await spokenIn('xa-a', 'TTVH')).toContain('trung tâm văn hóa tỉnh')
  })

  test('gives way to a newer one for the same words, and can be taken out', async () => {
    const first = entry(await propose(town.ctx, lan, proposal('Gò Cỏ', 'gò có')))
    await decide(town.ctx, minh, { id: first.id, accept: true, reason: null })
    const second = entry(await propose(town.ctx, lan, proposal('gò cỏ', 'gò cỏ')))
    await decide(town.ctx, minh, { id: second.id, accept: true, reason: null })
    expect(await lexiconOf(town.ctx, 'xa-a')).toContainEqual({
      written: 'gò cỏ',
      spoken: 'gò cỏ',
      caseSensitive: false,
    })
    expect((await lexiconOf(town.ctx, 'xa-a')).filter(({ written }) => /gò cỏ/i.test(written))).toHaveLength(1)
    expect(codeOf(await remove(town.ctx, lan, second.id))).toBe('access.notAllowed')
    expect(codeOf(await remove(town.ctx, minh, second.id))).toBe('accepted')
    expect((await lexiconOf(town.ctx, 'xa-a')).filter(({ written }) => /gò cỏ/i.test(written))).toHaveLength(0)
  })

  test('that waits is not proposed twice; its maker may take it back, and it is decided once', async () => {
    const made = entry(await propose(town.ctx, lan, proposal('Ra Vân', 'ra vân')))
    expect(codeOf(await propose(town.ctx, lan, proposal('ra vân', 'da vân')))).toBe('lexicon.waits')
    expect(codeOf(await remove(town.ctx, lan, made.id))).toBe('accepted')
    expect(codeOf(await decide(town.ctx, minh, { id: made.id, accept: true, reason: null }))).toBe('lexicon.decided')
  })

  test.each([
    // who       unit    written    spoken       refused
    [hai, 'xa-a', 'Ba Tơ', 'ba tơ', 'input.notFound'],
    [tho, 'xa-a', 'Ba Tơ', 'ba tơ', 'access.notAllowed'],
    [lan, 'tinh', 'Ba Tơ', 'ba tơ', 'input.notFound'],
    [lan, 'xa-a', 'Ba Tơ', '…!', 'lexicon.unspeakable'],
    [lan, 'xa-a', 'Ba Tơ', 'TUYỆT MẬT', 'notice.classified'],
  ] as const)('is not proposed by %o for %s as “%s” → “%s”: %s', async (who, unit, written, spoken, refused) => {
    expect(codeOf(await propose(town.ctx, who, proposal(written, spoken, unit)))).toBe(refused)
  })
})

test('a reading put right for one text is heard in that text only, and the voicing says so', async () => {
  const asked = { unit: 'xa-a', text: 'Họp ở Sơn Trung.', accent: 'central', rate: 1 } as const
  const corrections = [{ written: 'Sơn Trung', spoken: 'sơn chung' }]
  const corrected = await requestVoicing(town.ctx, { ...asked, corrections }, 'lan')
  const plain = await requestVoicing(town.ctx, asked, 'lan')
  expect(corrected).toMatchObject({ corrections, spoken: expect.stringContaining('sơn chung') })
  expect(plain).toMatchObject({ corrections: [], spoken: expect.not.stringContaining('sơn chung') })
  const unspeakable = { ...asked, corrections: [{ written: 'Sơn Trung', spoken: '?!' }] }
  expect(codeOf(await requestVoicing(town.ctx, unspeakable, 'lan'))).toBe('lexicon.unspeakable')
})

test('a text whose lexicon has changed since is read anew', async () => {
  const asked = { unit: 'xa-a', text: 'Mời về KDC họp.', accent: 'central', rate: 1 } as const
  const before = await requestVoicing(town.ctx, asked, 'lan')
  const made = entry(await propose(town.ctx, lan, proposal('KDC', 'khu dân cư ta')))
  await decide(town.ctx, minh, { id: made.id, accept: true, reason: null })
  const after = await requestVoicing(town.ctx, asked, 'lan')
  expect(after).toMatchObject({ spoken: expect.stringContaining('khu dân cư ta') })
  expect(after).not.toMatchObject({ id: (before as { id: string }).id })
})
