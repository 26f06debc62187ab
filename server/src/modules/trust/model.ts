import { type BulletinClass, instantOf, type LocalDate, type PublicKey, type Roster } from '@loa/protocol'
import type { Role } from '../../kernel/actor.ts'

/** A post as a roster needs it: who, in what role, from which day to before which day. */
export type HeldPost = {
  readonly person: string
  readonly role: Role
  readonly from: LocalDate
  readonly to: LocalDate | null
}

/** Roles whose holders stand in a roster at all; the others never sign anything that sounds. */
export const signingRoles = ['approver', 'leader', 'officer'] as const satisfies readonly Role[]

/**
 * What a role's signature may count for. An officer signs only as the raiser of an emergency or a drill, the first of
 * two people (design §5); an ordinary item needs somebody whose post is to approve.
 */
const classesOf: Partial<Record<Role, readonly BulletinClass[]>> = {
  approver: ['normal', 'priority', 'emergency', 'drill'],
  leader: ['normal', 'priority', 'emergency', 'drill'],
  officer: ['emergency', 'drill'],
}

const classOrder: readonly BulletinClass[] = ['normal', 'priority', 'emergency', 'drill']

export type RosterContent = Omit<Roster, 'v' | 'version' | 'issuedAt'>

type Facts = {
  readonly unit: string
  readonly covers: readonly string[]
  readonly posts: readonly HeldPost[]
  /** The key in force of each person; somebody without one is left out. */
  readonly keys: ReadonlyMap<string, PublicKey>
  readonly servers: Roster['servers']
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const entryOf = (post: HeldPost, key: PublicKey): Roster['people'][number] => ({
  person: post.person,
  key,
  may: [...(classesOf[post.role] ?? [])],
  from: instantOf(post.from, '00:00'),
  to: post.to === null ? null : instantOf(post.to, '00:00'),
})

/** Several posts of one person over the same days become one entry that may what any of them may. */
const merged = (entries: Roster['people']): Roster['people'] => {
  const byKey = new Map<string, Roster['people'][number]>()
  for (const entry of entries) {
    const name = `${entry.person} ${entry.from} ${entry.to}`
    const before = byKey.get(name)?.may ?? []
    byKey.set(name, { ...entry, may: classOrder.filter((each) => before.includes(each) || entry.may.includes(each)) })
  }
  return [...byKey.entries()].sort(([a], [b]) => byText(a, b)).map(([, entry]) => entry)
}

/** What a unit's roster must say. The order is fixed, so that the same facts give the same text. */
export const rosterContent = ({ unit, covers, posts, keys, servers }: Facts): RosterContent => ({
  unit,
  covers: [...new Set([unit, ...covers])].sort(byText),
  people: merged(
    posts.flatMap((post) => {
      const key = keys.get(post.person)
      return key === undefined || classesOf[post.role] === undefined ? [] : [entryOf(post, key)]
    }),
  ),
  servers: [...servers].sort((a, b) => byText(a.key.id, b.key.id)),
})

/** What a roster says, without its number and date, as a text that can be compared. */
const sayingOf = ({ unit, covers, people, servers }: RosterContent): string =>
  JSON.stringify([
    unit,
    covers,
    people.map(({ person, key, may, from, to }) => [person, key.id, key.alg, key.public, may, from, to]),
    servers.map(({ key, from, to }) => [key.id, key.alg, key.public, from, to]),
  ])

/**
 * A roster is issued anew after half a year even where nothing has changed: its date is how devices know a true time from a
 * false one far ahead.
 */
const RENEWED_MS = 180 * 86_400_000

/** The next roster, or `undefined` where the newest already says the same and is not old. */
export const nextRoster = (content: RosterContent, newest: Roster | undefined, now: number): Roster | undefined => {
  const next: Roster = { v: 1, version: (newest?.version ?? 0) + 1, issuedAt: now, ...content }
  const holds = newest !== undefined && now - newest.issuedAt < RENEWED_MS
  return holds && sayingOf(newest) === sayingOf(next) ? undefined : next
}
