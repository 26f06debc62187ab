import { type Actor, may, type UnitPath } from '../../kernel/actor.ts'

/** Whoever holds any post at a unit, or above it, sees who works there. */
export const maySeePeople = (actor: Actor, path: UnitPath): boolean =>
  actor.posts.some(({ unit }) => path.includes(unit))

/** Posts of a unit, that of its administrator included, are given and taken by administrators of the unit or of one above it. */
export const mayGivePosts = (actor: Actor, path: UnitPath): boolean => may(actor, ['administrator'], path)

/** A unit by its path, with whoever asks as they stand there: as they are today, or on the day it begins. */
export type Place = { readonly actor: Actor; readonly path: UnitPath }

/**
 * A name, languages and password belong to the person everywhere: who administers only some of the places where a person has
 * posts could otherwise sign in as them in all the others. `places`: of every unit where the person has or will have a post.
 */
export const mayChangePerson = (places: readonly Place[]): boolean =>
  places.length > 0 && places.every(({ actor, path }) => mayGivePosts(actor, path))
