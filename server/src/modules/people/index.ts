export {
  addPerson,
  endPost,
  givePost,
  languagesOf,
  namesOf,
  peopleWithRole,
  personById,
  personName,
  postsOf,
} from './commands.ts'
export { POST_CHANGED, type PostChanged } from './facts.ts'
export type { HeldPost, Person, RoleHolder } from './model.ts'
