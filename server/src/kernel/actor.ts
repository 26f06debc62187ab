/**
 * Who acts, and what they may do. Rights come from posts: a post is a role held at a unit for a period. A right held at
 * a unit holds for that unit and everything below it, and nowhere else (deny by default).
 */
export type Role = 'officer' | 'approver' | 'technician' | 'clerk' | 'leader' | 'administrator'

/** A post in force at the time of the request. `unitPath` runs from the root of the tree to the unit itself. */
export type Post = { readonly unit: string; readonly role: Role; readonly title: string }

export type Actor = {
  readonly person: string
  readonly name: string
  /** BCP 47 tags of the languages this person is recorded as understanding, e.g. `vi`, `cua` (Cor), `sed` (Xơ Đăng). */
  readonly languages: readonly string[]
  readonly posts: readonly Post[]
}

/** A unit with its ancestors, nearest last: `['quang-ngai', 'binh-chuong', 'thon-1']`. The object of every permission. */
export type UnitPath = readonly string[]

/** Whether the actor holds one of `roles` at the unit or at any unit above it. */
export const may = (actor: Actor, roles: readonly Role[], unit: UnitPath): boolean =>
  actor.posts.some((post) => roles.includes(post.role) && unit.includes(post.unit))

/** The units at which the actor holds one of `roles`; what a list query is scoped to. */
export const unitsOf = (actor: Actor, roles: readonly Role[]): readonly string[] =>
  actor.posts.filter((post) => roles.includes(post.role)).map((post) => post.unit)
