import { instantOf, type PublicKey, rosterSchema } from '@loa/protocol'
import { expect, test } from 'vitest'
import { type HeldPost, nextRoster, rosterContent } from './model.ts'

const keyOf = (letter: string): PublicKey => ({
  id: letter.repeat(32),
  alg: 'ed25519',
  public: `${letter.repeat(43)}=`,
})
const keys = new Map([
  ['lan', keyOf('a')],
  ['minh', keyOf('b')],
  ['hoa', keyOf('c')],
])
const servers = [{ key: keyOf('d'), from: 0, to: null }]
const post = (person: string, role: HeldPost['role'], from = '2026-01-01', to: string | null = null): HeldPost => ({
  person,
  role,
  from,
  to,
})
const content = (posts: HeldPost[], covers = ['thon-2', 'thon-1', 'xa']) =>
  rosterContent({ unit: 'xa', covers, posts, keys, servers })

// biome-ignore format: a table
const rights: [string, HeldPost[], string[]][] = [
  ['an approver counts for every class',                        [post('minh', 'approver')],                          ['normal', 'priority', 'emergency', 'drill']],
  ['a leader counts for every class',                           [post('minh', 'leader')],                            ['normal', 'priority', 'emergency', 'drill']],
  ['an officer counts only as raiser of an emergency or drill', [post('minh', 'officer')],                           ['emergency', 'drill']],
  ['officer and approver at once may what either may',          [post('minh', 'officer'), post('minh', 'approver')], ['normal', 'priority', 'emergency', 'drill']],
  ['a technician does not stand in a roster',                   [post('minh', 'technician')],                        []],
  ['a clerk does not stand in a roster',                        [post('minh', 'clerk')],                             []],
  ['an administrator does not stand in a roster',               [post('minh', 'administrator')],                     []],
  ['somebody without a key does not stand in a roster',         [post('khong-khoa', 'approver')],                    []],
]

test.each(rights)('%s', (_title, posts, may) => {
  expect(content(posts).people.flatMap((entry) => entry.may)).toEqual(may)
})

test('a post is good from local midnight of its first day to local midnight after its last', () => {
  expect(content([post('lan', 'approver', '2026-03-01', '2026-12-01')]).people[0]).toMatchObject({
    from: instantOf('2026-03-01', '00:00'),
    to: instantOf('2026-12-01', '00:00'),
  })
})

test('posts of one person over different days stay apart', () => {
  const posts = [post('lan', 'officer', '2026-01-01', '2026-06-01'), post('lan', 'approver', '2026-06-01')]
  expect(content(posts).people.map((entry) => entry.may.length)).toEqual([2, 4])
})

test('a roster rises by one only when what it says has changed, whatever order the facts came in', () => {
  const first = nextRoster(content([post('lan', 'approver'), post('hoa', 'officer')]), undefined, 1000)
  const shuffled = content([post('hoa', 'officer'), post('lan', 'approver')], ['thon-1', 'xa', 'thon-2'])
  expect(rosterSchema.parse(first)).toMatchObject({ version: 1, issuedAt: 1000, covers: ['thon-1', 'thon-2', 'xa'] })
  expect(nextRoster(shuffled, first, 2000)).toBeUndefined()
  expect(nextRoster(content([post('lan', 'approver')]), first, 2000)).toMatchObject({ version: 2, issuedAt: 2000 })
  expect(nextRoster(content([post('lan', 'approver'), post('hoa', 'officer')], ['thon-3']), first, 2000)).toMatchObject(
    { version: 2 },
  )
})

test('a roster that says the same is issued anew after half a year, so that its date stays near', () => {
  const day = 86_400_000
  const first = nextRoster(content([post('lan', 'approver')]), undefined, 1000)
  expect(nextRoster(content([post('lan', 'approver')]), first, 1000 + 179 * day)).toBeUndefined()
  expect(nextRoster(content([post('lan', 'approver')]), first, 1000 + 180 * day)).toMatchObject({
    version: 2,
    issuedAt: 1000 + 180 * day,
  })
})
