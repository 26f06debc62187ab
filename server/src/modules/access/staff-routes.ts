import { z } from '@hono/zod-openapi'
import { idSchema, type LocalDate, localDate } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Context } from '../../platform/context.ts'
import { endpoint, type Router } from '../../platform/http.ts'
import { unitOn, unitsOn } from '../org/index.ts'
import {
  editPerson,
  enterPerson,
  giveFurtherPost,
  openAccountFor,
  type PersonSeen,
  peopleSeen,
  personSeen,
  resetPassword,
  takePost,
} from './staff.ts'
import { actorOf } from './who.ts'

const roleSchema = z.enum(['officer', 'approver', 'technician', 'clerk', 'leader', 'administrator'])
const nameSchema = z.string().trim().min(1).max(100)
/** BCP 47: `vi`, `cua`. */
const languagesSchema = z.array(z.string().regex(/^[a-z]{2,3}$/)).max(8)
/** What can be typed on any keyboard and read out on the telephone. */
const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)

const personSchema = z
  .object({
    person: z.string(),
    name: z.string(),
    languages: z.array(z.string()),
    username: z.string().nullable(),
    /** The password still is the one somebody else has seen. */
    oneTimePassword: z.boolean(),
    posts: z.array(
      z.object({
        id: z.string(),
        unit: z.string(),
        unitName: z.string(),
        role: roleSchema,
        title: z.string(),
        from: z.iso.date(),
        to: z.iso.date().nullable(),
        may: z.object({ end: z.boolean() }),
      }),
    ),
    may: z.object({ edit: z.boolean() }),
  })
  .openapi('PersonWithPosts')

const postSchema = z.object({ unit: idSchema, role: roleSchema, title: nameSchema, from: z.iso.date() })
/** Shown this once. */
const handedOverSchema = z.object({ username: z.string(), password: z.string() })
const idParam = z.object({ id: idSchema })

/** What units of posts are called today; one that is no more, or not yet, as on the first day of a post there. */
const unitNames = async (
  ctx: Context,
  posts: readonly { readonly unit: string; readonly from: LocalDate }[],
): Promise<ReadonlyMap<string, string>> => {
  const units = [...new Set(posts.map(({ unit }) => unit))]
  const names = new Map((await unitsOn(ctx.db, localDate(ctx.clock.now()), units)).map(({ id, name }) => [id, name]))
  for (const { unit, from } of posts) {
    if (!names.has(unit)) names.set(unit, (await unitOn(ctx.db, unit, from))?.name ?? unit)
  }
  return names
}

const present = async (ctx: Context, people: readonly PersonSeen[]): Promise<z.input<typeof personSchema>[]> => {
  const names = await unitNames(
    ctx,
    people.flatMap(({ posts }) => posts),
  )
  return people.map(({ person, posts, account, mayEdit }) => ({
    person: person.id,
    name: person.name,
    languages: [...person.languages],
    username: account?.username ?? null,
    oneTimePassword: account?.isOneTime ?? false,
    posts: posts.map(({ id, unit, role, title, from, to, mayEnd }) => ({
      ...{ id, unit, unitName: names.get(unit) ?? unit, role, title, from, to },
      may: { end: mayEnd },
    })),
    may: { edit: mayEdit },
  }))
}

type Shown = z.input<typeof personSchema>

/** The person as they now are, after a change. */
const shown = async (ctx: Context, actor: Actor, id: string): Promise<Shown | Refusal> => {
  const found = await personSeen(ctx, actor, id)
  if (isRefusal(found)) return found
  const [first] = await present(ctx, [found])
  if (first === undefined) throw new Error('one person was presented as none')
  return first
}

const peopleRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'get',
      path: '/api/people',
      summary: 'Người và chức trách ở một đơn vị và các đơn vị bên dưới, tối đa 500 người',
      query: z.object({ unit: idSchema.optional() }),
      result: z.array(personSchema),
    },
    async ({ query, c }) => {
      const people = await peopleSeen(ctx, actorOf(c), query.unit)
      return isRefusal(people) ? people : present(ctx, people)
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/people',
      summary: 'Thêm một người với chức trách đầu tiên, và tài khoản nếu có tên đăng nhập',
      body: z.object({
        name: nameSchema,
        languages: languagesSchema.default(['vi']),
        username: usernameSchema.optional(),
        firstPassword: z.string().min(1).max(200).optional(),
        post: postSchema,
      }),
      result: personSchema.extend({ handedOver: handedOverSchema.nullable() }),
      status: 201,
    },
    async ({ body, c }) => {
      const actor = actorOf(c)
      const { name, languages, username, firstPassword, post } = body
      const account = username === undefined ? undefined : { username, password: firstPassword }
      const made = await enterPerson(ctx, actor, { name, languages, account, post })
      if (isRefusal(made)) return made
      const person = await shown(ctx, actor, made.person)
      if (isRefusal(person)) return person
      const { password } = made
      return { ...person, handedOver: password === null ? null : { username: username ?? '', password } }
    },
  )
  endpoint(
    router,
    {
      method: 'put',
      path: '/api/people/{id}',
      summary: 'Sửa họ tên và các thứ tiếng một người hiểu',
      params: idParam,
      body: z.object({ name: nameSchema, languages: languagesSchema }),
      result: personSchema,
    },
    async ({ params, body, c }) => {
      const actor = actorOf(c)
      return (await editPerson(ctx, actor, { person: params.id, ...body })) ?? shown(ctx, actor, params.id)
    },
  )
}

const postRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/people/{id}/posts',
      summary: 'Giao thêm một chức trách từ một ngày',
      params: idParam,
      body: postSchema,
      result: personSchema,
    },
    async ({ params, body, c }) => {
      const actor = actorOf(c)
      const refused = await giveFurtherPost(ctx, actor, { person: params.id, post: body })
      return refused ?? shown(ctx, actor, params.id)
    },
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/posts/{id}/end',
      summary: 'Cho thôi một chức trách từ một ngày',
      params: idParam,
      body: z.object({ on: z.iso.date() }),
      result: z.object({ person: z.string(), ended: z.iso.date() }),
    },
    async ({ params, body, c }) => {
      const ended = await takePost(ctx, actorOf(c), { post: params.id, on: body.on })
      return isRefusal(ended) ? ended : { person: ended.person, ended: body.on }
    },
  )
}

const accountRoutes = (router: Router, ctx: Context): void => {
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/people/{id}/account',
      summary: 'Mở tài khoản; mật khẩu dùng một lần chỉ hiện lần này',
      params: idParam,
      body: z.object({ username: usernameSchema }),
      result: handedOverSchema,
    },
    ({ params, body, c }) => openAccountFor(ctx, actorOf(c), { person: params.id, ...body }),
  )
  endpoint(
    router,
    {
      method: 'post',
      path: '/api/people/{id}/reset-password',
      summary: 'Cấp mật khẩu dùng một lần; chỉ hiện lần này, mọi phiên của người ấy kết thúc',
      params: idParam,
      result: handedOverSchema,
    },
    ({ params, c }) => resetPassword(ctx, actorOf(c), params.id),
  )
}

export const staffRoutes = (router: Router, ctx: Context): void => {
  peopleRoutes(router, ctx)
  postRoutes(router, ctx)
  accountRoutes(router, ctx)
}
