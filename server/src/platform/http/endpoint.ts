import { createRoute, type OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { refusalSchema, refusedResponse } from './refused.ts'

/** What modules register their routes on: `router.openapi(createRoute(…), …)`, or shorter, `endpoint(router, …)`. */
export type Router = OpenAPIHono

type Schema = z.ZodType
type Shape = z.ZodObject
type Out<Part> = Part extends z.ZodType ? z.output<Part> : undefined

/** One request of the API, described once for checking, for the OpenAPI document and for the types of its handler. */
export type Endpoint<Params, Query, Body, Result extends Schema> = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As in `/api/notices/{id}`. */
  readonly path: string
  readonly summary: string
  readonly tags?: string[]
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly result: Result
  /** Status of success; 200 where absent. */
  readonly status?: ContentfulStatusCode
}

export type Asked<Params, Query, Body> = {
  readonly params: Out<Params>
  readonly query: Out<Query>
  readonly body: Out<Body>
  readonly c: HonoContext
}

/** A result or a refusal as a JSON answer. */
export const reply = (c: HonoContext, value: unknown, status: ContentfulStatusCode = 200): Response =>
  isRefusal(value) ? refusedResponse(c, value as Refusal) : c.json(value as object, status)

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } })

/** `Accept` is not looked at: the API speaks JSON and nothing else. */
const routeConfig = ({ params, query, body, ...about }: Endpoint<unknown, unknown, unknown, Schema>): RouteConfig =>
  ({
    method: about.method,
    path: about.path,
    summary: about.summary,
    ...(about.tags === undefined ? {} : { tags: about.tags }),
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: { ...json(body), required: true } }),
    },
    responses: {
      [about.status ?? 200]: { description: 'OK', ...json(about.result) },
      default: { description: 'Từ chối', ...json(refusalSchema) },
    },
  }) as unknown as RouteConfig

/**
 * Registers one request of the API. The handler is given checked input and returns the result or a refusal; what does
 * not fit the schemas never reaches it.
 */
export const endpoint = <
  Result extends Schema,
  Params extends Shape | undefined = undefined,
  Query extends Shape | undefined = undefined,
  Body extends Schema | undefined = undefined,
>(
  router: Router,
  about: Endpoint<Params, Query, Body, Result>,
  handle: (asked: Asked<Params, Query, Body>) => Promise<z.input<Result> | Refusal> | z.input<Result> | Refusal,
): void => {
  const route = createRoute(routeConfig(about as Endpoint<unknown, unknown, unknown, Schema>))
  router.openapi(route, async (c) => {
    // `valid` is typed by the route, which is only known to the caller
    const checked = c.req as unknown as { valid(target: 'param' | 'query' | 'json'): unknown }
    const asked = {
      params: about.params === undefined ? undefined : checked.valid('param'),
      query: about.query === undefined ? undefined : checked.valid('query'),
      body: about.body === undefined ? undefined : checked.valid('json'),
      c: c as HonoContext,
    } as Asked<Params, Query, Body>
    return reply(c as HonoContext, await handle(asked), about.status) as never
  })
}
