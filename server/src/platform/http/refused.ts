import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { refusals } from '../../kernel/refusals.ts'
import { refusalSentences } from '../../kernel/refusals.vi.ts'
import { DiskFull } from '../blobs.ts'
import type { Log } from '../context.ts'
import { isDatabaseAway, isDatabaseFull } from '../database.ts'

/** What every refused request gets. `refused` is stable; `message` is for a person. */
export const refusalSchema = z
  .object({
    refused: z.string().openapi({ example: 'notice.titleMissing' }),
    message: z.string().openapi({ example: refusalSentences['notice.titleMissing'] }),
    detail: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .openapi('Refusal')

/** The HTTP answer to a refusal: its status from the catalogue, its sentence in Vietnamese. */
export const refusedResponse = (c: HonoContext, refusal: Refusal): Response => {
  const { refused, detail } = refusal
  const status = refusals[refused].status as ContentfulStatusCode
  return c.json({ refused, message: refusalSentences[refused], ...(detail === undefined ? {} : { detail }) }, status)
}

/** More came of a sound than the limit. */
export class SoundTooLarge extends Error {
  override readonly name = 'SoundTooLarge'
}

/** The other end went away before all of its request had come; nobody is left to be answered. */
export const hasGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'

/** A thrown error as the refusal a caller should see: a part that is away, or a fault of ours. */
export const refusalForError = (error: unknown): Refusal => {
  if (hasGone(error)) return refuse('input.malformed')
  if (error instanceof SoundTooLarge) return refuse('sound.tooLarge')
  if (isDatabaseAway(error)) return refuse('system.databaseAway')
  if (error instanceof DiskFull || isDatabaseFull(error)) return refuse('system.diskFull')
  if (error instanceof Error && 'status' in error && error.status === 413) return refuse('input.tooLarge')
  // 415 among them: a body that does not call itself JSON
  if (error instanceof HTTPException && error.status < 500) return refuse('input.malformed')
  return refuse('system.fault')
}

/** Writes a line where the catalogue says that a refusal is worth one. */
export const logRefusal = (log: Log, c: HonoContext, { refused }: Refusal, error?: unknown): void => {
  if (!refusals[refused].report) return
  const where = { refused, method: c.req.method, path: c.req.path }
  if (refused === 'system.diskFull') log.error('Đĩa đầy: không lưu được một yêu cầu.', { ...where, error })
  else if (error === undefined) log.info('Đã từ chối một yêu cầu.', where)
  else log.error('Không thực hiện được một yêu cầu.', { ...where, error })
}
