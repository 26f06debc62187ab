import type { BulletinClass } from '@loa/protocol'
import type { Plan } from '../schedule/index.ts'

type AboutNotice = { readonly unit: string; readonly revision: number; readonly person: string }

/** Subject of all: the notice. */
export const noticeSubmitted = 'notice.submitted'
export type NoticeSubmitted = AboutNotice & { readonly release: string }

export const noticeReturned = 'notice.returned'
export type NoticeReturned = AboutNotice & { readonly reason: string }

export const noticeWithdrawn = 'notice.withdrawn'
export type NoticeWithdrawn = AboutNotice

export const noticeChecked = 'notice.checked'
export type NoticeChecked = AboutNotice & { readonly language: string }

/** Approved and, with it, its release issued. */
export const noticeApproved = 'notice.approved'
export type NoticeApproved = AboutNotice & {
  readonly release: string
  readonly class: BulletinClass
  readonly audience: readonly string[]
  readonly plan: Plan
}
