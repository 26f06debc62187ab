import type { Module } from '../../kernel/module.ts'
import type { Context } from '../../platform/context.ts'
import type { Router } from '../../platform/http.ts'
import { editorialRoutes } from './routes.ts'

export { createNotice } from './commands.ts'
export type { Draft } from './draft.ts'
export {
  type NoticeApproved,
  type NoticeChecked,
  type NoticeReturned,
  type NoticeSubmitted,
  type NoticeWithdrawn,
  noticeApproved,
  noticeChecked,
  noticeReturned,
  noticeSubmitted,
  noticeWithdrawn,
} from './facts.ts'
export { type NoticeHistory, noticeHistory, noticeOfRelease } from './history.ts'
export { approveNotice, checkVersion, returnNotice, submitNotice, withdrawNotice } from './review.ts'
export { moveOpenNotices, searchNotices } from './store.ts'
export { taskSchema, tasksOf } from './tasks.ts'
export const editorial: Module<Context, Router> = { name: 'editorial', routes: editorialRoutes }
