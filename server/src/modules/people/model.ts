import type { LocalDate } from '@loa/protocol'
import type { Post, Role } from '../../kernel/actor.ts'

export type Person = {
  readonly id: string
  readonly name: string
  /** BCP 47 tags of languages the person is recorded as understanding. */
  readonly languages: readonly string[]
  readonly invented: boolean
}

/** A post and the days it is held, `[from, to)`; `to` null: without a set end. */
export type HeldPost = Post & {
  readonly id: string
  readonly person: string
  readonly from: LocalDate
  readonly to: LocalDate | null
}

export type RoleHolder = {
  readonly person: string
  readonly unit: string
  readonly role: Role
  readonly from: LocalDate
  readonly to: LocalDate | null
}
