import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'

export {
  addPerson,
  changePerson,
  endPost,
  givePost,
  languagesOf,
  namesOf,
  peopleWithRole,
  personById,
  personName,
  postsOf,
  withdrawPost,
} from './commands.ts'
export { POST_CHANGED, type PostChanged } from './facts.ts'
export type { HeldPost, Person, RoleHolder } from './model.ts'
export { type MovedPost, movePosts, movePostsBack, movesOf, type PostMove } from './moving.ts'
export {
  everyPostOf,
  findPeople,
  lockAdministrators,
  peopleWithPostsAt,
  postById,
  postsHeldFrom,
} from './store.ts'

export const people: Module<Context, Router> = { name: 'people' }
