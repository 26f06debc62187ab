import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import type { Config } from '../../config.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Log } from '../context.ts'
import type { Router } from './endpoint.ts'
import { limitedBody, roomOnDisk, sameSite, securityHeaders, storableText } from './guards.ts'
import { hasGone, logRefusal, refusalForError, refusalSchema, refusedResponse } from './refused.ts'
import { consolePages } from './static.ts'

type Options = {
  readonly config: Pick<Config, 'host' | 'tls' | 'consoleFolder'>
  readonly log: Log
  /** Bytes that may still be written; absent: nobody asks. */
  readonly freeBytes?: () => Promise<number>
}

/** The first thing that does not fit, named by its place: `body.title`. */
const firstFault = (issues: readonly { path: readonly PropertyKey[]; code?: string }[]): string =>
  issues[0]?.path.map(String).join('.') ?? ''

/** An application with every guard in place and no routes yet; add them, then `finishApp`. */
export const createApp = ({ config, log, freeBytes }: Options): Router => {
  const app: Router = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      return refusedResponse(c, refuse('input.malformed', { field: firstFault(result.error.issues) }))
    },
  })
  app.use('*', securityHeaders(config.tls !== undefined))
  app.use('*', sameSite(config.host))
  if (freeBytes !== undefined) {
    app.use(
      '*',
      roomOnDisk(freeBytes, (path) => log.error('Đĩa đầy: không lưu được một yêu cầu.', { path })),
    )
  }
  app.use('*', limitedBody)
  app.use('*', storableText)
  app.onError((error, c) => {
    const refusal = refusalForError(error)
    // a body that was no JSON, or never came, is the caller's affair
    if (!(error instanceof HTTPException) && !hasGone(error)) logRefusal(log, c, refusal, error)
    return refusedResponse(c, refusal)
  })
  app.openAPIRegistry.register('Refusal', refusalSchema)
  return app
}

/** The description of the API, and the console for every other address. Call it after all routes. */
export const finishApp = (app: Router, { config }: Options): void => {
  app.doc('/api/openapi.json', {
    openapi: '3.0.3',
    info: { title: 'Loa', version: '1', description: 'Hệ thống thông tin cơ sở. Mọi từ chối có dạng Refusal.' },
  })
  app.all('/api/*', (c) => refusedResponse(c, refuse('input.notFound')))
  app.get('*', consolePages(config.consoleFolder))
  app.notFound((c) => refusedResponse(c, refuse('input.notFound')))
}
