import { z } from '@hono/zod-openapi'
import { envelopeSchema, localDate, parseAs, parseTopic, publicKeySchema, topicRoot, topics } from '@loa/protocol'
import type { Actor } from '../../kernel/actor.ts'
import type { Context, Db } from '../../platform/context.ts'
import { inTransaction } from '../../platform/database.ts'
import { type Page, type PageRequest, pageSocket, type Router } from '../../platform/http.ts'
import { actorWithToken, COOKIE, whenSessionEnds } from '../access/index.ts'
import { communeOf, unitPath } from '../org/index.ts'
import { rootKey, serverKeys } from '../trust/index.ts'
import { isGenuine } from './codes.ts'
import { maySee } from './policy.ts'
import { listensOf } from './reach.ts'
import { insertDevices, lockDevice, moveDevice, retainedMessages, saveKey } from './store.ts'

/** What a page may say. A receipt is passed on as it is: `receipts` checks it as it does every other. */
const fromPage = z.union([z.strictObject({ receipt: envelopeSchema }), z.strictObject({ key: publicKeySchema })])

/** Pages now open, by the unit or private topic they want. Nothing in it matters once they are closed. */
class OpenPages {
  readonly #byWish = new Map<string, Set<Page>>()

  add(wish: string, page: Page): void {
    this.#byWish.set(wish, (this.#byWish.get(wish) ?? new Set()).add(page))
  }

  remove(page: Page): void {
    for (const [wish, pages] of this.#byWish) {
      pages.delete(page)
      if (pages.size === 0) this.#byWish.delete(wish)
    }
  }

  pass(topic: string, payload: Uint8Array): void {
    const parsed = parseTopic(topic)
    const pages = this.#byWish.get(parsed?.scope === 'unit' ? parsed.id : topic)
    if (pages === undefined) return
    const frame = JSON.stringify({ topic, payload: new TextDecoder().decode(payload) })
    for (const page of pages) page.send(frame)
  }
}

type Hub = { readonly pages: OpenPages; readonly acksOf: Set<string> }

/** One hub per connection to the broker; it belongs to the process, as the open pages do. */
const hubs = new WeakMap<Context['mqtt'], Hub>()

const hubOf = ({ mqtt }: Context): Hub => {
  const hub = hubs.get(mqtt) ?? { pages: new OpenPages(), acksOf: new Set() }
  hubs.set(mqtt, hub)
  return hub
}

/** Begins to hear what is published to units, for pages that will be open. */
export const relayToPages = async (ctx: Context): Promise<void> => {
  const { pages } = hubOf(ctx)
  await ctx.mqtt.subscribe(`${topicRoot}/unit/+/+`, async (topic, payload) => pages.pass(topic, payload))
}

/** Acknowledgements of receipts are private to a device; they are asked for at its first connection and then kept. */
const relayAcks = async (ctx: Context, device: string): Promise<void> => {
  const { pages, acksOf } = hubOf(ctx)
  if (acksOf.has(device)) return
  acksOf.add(device)
  await ctx.mqtt.subscribe(topics.ack(device), async (topic, payload) => pages.pass(topic, payload))
}

const cookieIn = (header: string): string | undefined =>
  header
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`))
    ?.slice(COOKIE.length + 1)

/** The commune a page asks for, if the person may see it. */
const communeFor = async (ctx: Context, actor: Actor, unit: string): Promise<string | undefined> => {
  const on = localDate(ctx.clock.now())
  const path = await unitPath(ctx.db, unit, on)
  if (path === undefined || !maySee(actor, path)) return undefined
  return (await communeOf(ctx.db, unit, on))?.id ?? unit
}

/** One virtual cluster per person, made at first use; it stands in the commune whose page is open. */
const pageDevice = (ctx: Context, actor: Actor, commune: string): Promise<string> =>
  inTransaction(ctx.db, async (db) => {
    const device = `page-${actor.person}`
    const { name } = actor
    await insertDevices(db, [
      { id: device, kind: 'page', name, unit: commune, invented: false, madeAt: ctx.clock.now() },
    ])
    await moveDevice(db, device, commune)
    return device
  })

const registerKey = (ctx: Context, id: string, key: z.infer<typeof publicKeySchema>): Promise<number | undefined> =>
  inTransaction(ctx.db, async (db: Db) => {
    const device = await lockDevice(db, id)
    if (device === undefined || !isGenuine(key)) return undefined
    if (device.keyId === key.id) return device.epoch
    const epoch = device.keyId === null ? device.epoch : device.epoch + 1
    await saveKey(db, { device: id, epoch, key, secretHash: null, now: ctx.clock.now() })
    return epoch
  })

const takeIn = async (ctx: Context, { device, page, text }: { device: string; page: Page; text: string }) => {
  const said = parseAs(fromPage, text)
  if (said === undefined) return page.close()
  if ('receipt' in said) return ctx.mqtt.publish(topics.receipt(device), JSON.stringify(said.receipt))
  const epoch = await registerKey(ctx, device, said.key)
  if (epoch !== undefined) page.send(JSON.stringify({ registered: { key: said.key.id, epoch } }))
}

const greet = async (ctx: Context, page: Page, device: string): Promise<void> => {
  const now = ctx.clock.now()
  const listens = await listensOf(ctx.db, device, localDate(now))
  const { pages } = hubOf(ctx)
  page.send(
    JSON.stringify({
      hello: {
        device,
        rootKey: await rootKey(ctx, ctx.db),
        serverKeys: await serverKeys(ctx, ctx.db),
        listens,
        serverTime: now,
      },
    }),
  )
  // first wanted, then read: what is published in between comes twice, which its number makes harmless
  for (const { unit } of listens) pages.add(unit, page)
  pages.add(topics.ack(device), page)
  const units = listens.map(({ unit }) => unit)
  for (const { unit, kind, payload } of await retainedMessages(ctx.db, units)) {
    page.send(JSON.stringify({ topic: topics[kind](unit), payload }))
  }
}

const open = async (ctx: Context, request: PageRequest): Promise<void> => {
  const token = cookieIn(request.cookie)
  const actor = token === undefined ? undefined : await actorWithToken(ctx, token)
  if (token === undefined || actor === undefined) return
  const commune = await communeFor(ctx, actor, request.query.get('unit') ?? actor.posts[0]?.unit ?? '')
  if (commune === undefined) return
  const device = await pageDevice(ctx, actor, commune)
  await relayAcks(ctx, device)
  const page = await request.accept()
  page.onClose(() => hubOf(ctx).pages.remove(page))
  // watched first, then looked at again: who signs out while the page is being opened is not left with it
  page.onClose(whenSessionEnds(ctx, token, () => page.close()))
  if ((await actorWithToken(ctx, token)) === undefined) return page.close()
  page.onMessage((text) => takeIn(ctx, { device, page, text }))
  await greet(ctx, page, device)
}

/**
 * `WS /api/page-cluster?unit=…`: the page of a signed-in person as one more device. First `{hello}`, then `{topic, payload}`
 * for everything of its units; the page says `{key}` (answered `{registered: {key, epoch}}`) and `{receipt}`.
 */
export const pageClusterRoutes = (router: Router, ctx: Context): void =>
  pageSocket(router, '/api/page-cluster', (request) => open(ctx, request))
