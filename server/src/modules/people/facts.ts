import type { LocalDate } from '@loa/protocol'
import type { Role } from '../../kernel/actor.ts'

/** A post began, or was given an end. `subject` is the person. */
export const POST_CHANGED = 'people.postChanged'
export type PostChanged = {
  readonly person: string
  readonly unit: string
  readonly role: Role
  readonly from: LocalDate
  readonly to: LocalDate | null
}
