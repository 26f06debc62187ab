import { type Actor, may, type UnitPath } from '../../kernel/actor.ts'

/** Whoever holds any post at a unit, or above it, sees who works there. */
export const maySeePeople = (actor: Actor, path: UnitPath): boolean =>
  actor.posts.some(({ unit }) => path.includes(unit))

/** Posts of a unit, that of its administrator included, are given and taken by administrators of the unit or of one above it. */
export const mayGivePosts = (actor: Actor, path: UnitPath): boolean => may(actor, ['administrator'], path)

/**
 * A name, languages and password belong to the person everywhere: who administers only some of the places where a person has
 * posts could otherwise sign in as them in all the others. `paths`: of every unit where the person has or will have a post.
 */
export const mayChangePerson = (actor: Actor, paths: readonly UnitPath[]): boolean =>
  paths.length > 0 && paths.every((path) => mayGivePosts(actor, path))
