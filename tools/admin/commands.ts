import { localDate } from '@loa/protocol'
import { demoRoot } from '../../server/src/demo/network.ts'
import type { Role } from '../../server/src/kernel/actor.ts'
import { closeAccount, openAccount } from '../../server/src/modules/access/index.ts'
import { record } from '../../server/src/modules/audit/index.ts'
import {
  addStations,
  addStationVillages,
  addUnits,
  stationOfVillage,
  type Technology,
  type UnitKind,
  type UnitRow,
  unitOn,
  unitsOn,
} from '../../server/src/modules/org/index.ts'
import { addPerson, givePost } from '../../server/src/modules/people/index.ts'
import { refreshRosters } from '../../server/src/modules/trust/index.ts'
import type { Context, Db } from '../../server/src/platform/context.ts'
import { inTransaction } from '../../server/src/platform/database.ts'
import { isUnitId, lockAdmin, personOfUsername } from './store.ts'
import { say } from './words.ts'

/** What a command did, or why it did nothing, in lines for a person. */
export type Done = { readonly done: readonly string[] } | { readonly refused: string }

const canonical = (username: string): string => username.normalize('NFC').trim().toLowerCase()

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** "Xã Bình Chương" → `xa-binh-chuong`. */
export const idFrom = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)

const shortNameOf = (name: string): string =>
  name.replace(/^(Tỉnh|Thành phố|Xã|Phường|Đặc khu|Thôn|Tổ dân phố|Bản|Làng|Đài truyền thanh|Đài)\s+/iu, '') || name

const today = (ctx: Context): string => localDate(ctx.clock.now())

type UnitDraft = Pick<UnitRow, 'id' | 'kind' | 'name' | 'parent'> & { readonly population?: number | undefined }

const keepUnit = async (ctx: Context, db: Db, { population = undefined, ...unit }: UnitDraft): Promise<void> => {
  const rest = { shortName: shortNameOf(unit.name), population: population ?? null, invented: false, gsoCode: null }
  await addUnits(db, [{ ...unit, ...rest, from: today(ctx), to: null, source: say('source') }])
}

const recordUnit = (ctx: Context, db: Db, unit: { id: string; parent: string | null }): Promise<void> =>
  record(db, {
    at: ctx.clock.now(),
    person: null,
    action: 'unit.added',
    subject: unit.id,
    unit: unit.parent ?? unit.id,
  })

/** An id that nobody has yet: the wanted one, or with a number behind it. */
const freeUnitId = async (db: Db, wanted: string): Promise<string> => {
  let id = wanted
  // the demonstration knows its own network by its root's id
  for (let number = 2; id === demoRoot || (await isUnitId(db, id)); number += 1) id = `${wanted}-${number}`
  return id
}

type NewPerson = {
  readonly unit: string
  readonly role: Role
  readonly title: string
  readonly name: string
  readonly username: string
  readonly password: string
}

/** The person's id is never made from the name: the demonstration's people are known by theirs. */
const keepPerson = async (ctx: Context, asked: NewPerson): Promise<void> => {
  const { unit, role, title, name, username, password } = asked
  const id = ctx.ids.next()
  await addPerson(ctx, { id, name, languages: ['vi'], invented: false })
  await openAccount(ctx, { person: id, username: canonical(username), password })
  await givePost(ctx, { person: id, unit, role, title, from: today(ctx), to: null })
}

/** All of a command is kept or nothing; commands run one after the other. */
const alone = (ctx: Context, work: (ctx: Context) => Promise<Done>): Promise<Done> =>
  inTransaction(ctx.db, async (db) => {
    await lockAdmin(db)
    return work({ ...ctx, db })
  })

export type First = {
  readonly unit: string
  readonly name: string
  readonly username: string
  readonly password: string
}

const rootKind = (name: string): UnitKind =>
  /^(xã|phường|đặc khu)\s/iu.test(name.normalize('NFC')) ? 'commune' : 'province'

/** The root unit and its administrator, on an empty database. Refused where it holds any unit. */
export const first = (outer: Context, { unit, name, username, password }: First): Promise<Done> =>
  alone(outer, async (ctx) => {
    const [known] = await unitsOn(ctx.db, today(ctx))
    if (known !== undefined) return { refused: say('notEmpty', { home: ctx.config.home, unit: known.name }) }
    const id = await freeUnitId(ctx.db, idFrom(unit))
    await keepUnit(ctx, ctx.db, { id, kind: rootKind(unit), name: unit, parent: null })
    await keepPerson(ctx, {
      unit: id,
      role: 'administrator',
      title: say('role.administrator'),
      name,
      username,
      password,
    })
    await recordUnit(ctx, ctx.db, { id, parent: null })
    return { done: [say('firstDone', { unit, id, name, username: canonical(username) }), say('firstNext')] }
  })

export type UnitOrder = {
  readonly parent: string
  readonly kind: 'commune' | 'village' | 'station'
  readonly name: string
  readonly id?: string | undefined
  readonly population?: number | undefined
  readonly technology?: Technology | undefined
  /** Villages a station serves. */
  readonly villages?: readonly string[] | undefined
}

const ABOVE: Readonly<Record<UnitOrder['kind'], UnitKind>> = {
  commune: 'province',
  village: 'commune',
  station: 'commune',
}

const parentFault = async (ctx: Context, { parent, kind }: UnitOrder): Promise<string | undefined> => {
  const above = await unitOn(ctx.db, parent, today(ctx))
  if (above === undefined) return say('parentUnknown', { id: parent })
  if (above.kind === ABOVE[kind]) return undefined
  return say('parentWrong', { wanted: say(`kind.${ABOVE[kind]}`), id: parent, kind: say(`kind.${above.kind}`) })
}

const villageFault = async (ctx: Context, { parent, villages = [] }: UnitOrder): Promise<string | undefined> => {
  for (const id of villages) {
    const village = await unitOn(ctx.db, id, today(ctx))
    if (village?.kind !== 'village' || village.parent !== parent) return say('villageUnknown', { id })
    if ((await stationOfVillage(ctx.db, id, today(ctx))) !== undefined) return say('villageTaken', { id })
  }
  return undefined
}

const keepStation = async (
  ctx: Context,
  id: string,
  { technology = 'ip', villages = [] }: UnitOrder,
): Promise<void> => {
  await addStations(ctx.db, [{ id, technology, invented: false, from: today(ctx), to: null }])
  await addStationVillages(
    ctx.db,
    villages.map((village) => ({ station: id, village })),
    today(ctx),
  )
}

/** What a commune's people may speak for includes the new unit at once; where that fails the server mends it at its start. */
const refreshed = async (ctx: Context, parent: string): Promise<readonly string[]> => {
  try {
    await refreshRosters(ctx, ctx.db, parent)
    return []
  } catch {
    return [say('rostersLater')]
  }
}

/** Adds a commune, village or station below a unit. Refused where the parent does not fit or the id is taken. */
export const addUnit = async (outer: Context, order: UnitOrder): Promise<Done> => {
  const outcome = await alone(outer, async (ctx) => {
    const fault = (await parentFault(ctx, order)) ?? (await villageFault(ctx, order))
    if (fault !== undefined) return { refused: fault }
    if (order.id !== undefined && !PLAIN.test(order.id)) return { refused: say('badId', { id: order.id }) }
    if (order.id !== undefined && (await isUnitId(ctx.db, order.id)))
      return { refused: say('idTaken', { id: order.id }) }
    const id = order.id ?? (await freeUnitId(ctx.db, idFrom(order.name)))
    const { kind, name, parent, population } = order
    await keepUnit(ctx, ctx.db, { id, kind, name, parent, population })
    if (kind === 'station') await keepStation(ctx, id, order)
    await recordUnit(ctx, ctx.db, { id, parent })
    return { done: [say('unitDone', { name, id })] }
  })
  return 'done' in outcome ? { done: [...outcome.done, ...(await refreshed(outer, order.parent))] } : outcome
}

/** Adds a person with a post and an account. Refused where the unit is unknown or the user name taken. */
export const addPersonWithAccount = (outer: Context, asked: NewPerson): Promise<Done> =>
  alone(outer, async (ctx) => {
    const unit = await unitOn(ctx.db, asked.unit, today(ctx))
    if (unit === undefined) return { refused: say('parentUnknown', { id: asked.unit }) }
    const username = canonical(asked.username)
    if ((await personOfUsername(ctx.db, username)) !== undefined) return { refused: say('usernameTaken', { username }) }
    await keepPerson(ctx, asked)
    return { done: [say('personDone', { name: asked.name, title: asked.title, unit: unit.name, username })] }
  })

/** Gives an account a new password and ends its sessions. */
export const changePassword = (
  outer: Context,
  asked: { readonly username: string; readonly password: string },
): Promise<Done> =>
  alone(outer, async (ctx) => {
    const username = canonical(asked.username)
    const person = await personOfUsername(ctx.db, username)
    if (person === undefined) return { refused: say('usernameUnknown', { username }) }
    await closeAccount(ctx, person)
    await openAccount(ctx, { person, username, password: asked.password })
    return { done: [say('passwordDone', { username })] }
  })

/** Every unit with its id, so that a person can name it in the next command. */
export const listUnits = async (ctx: Context): Promise<Done> => {
  const units = await unitsOn(ctx.db, today(ctx))
  if (units.length === 0) return { refused: say('empty') }
  const below = (parent: string | null, depth: number): readonly string[] =>
    units
      .filter((unit) => unit.parent === parent)
      .flatMap(({ id, kind, name }) => [
        `${'  '.repeat(depth)}${say('unitLine', { id, kind: say(`kind.${kind}`), name })}`,
        ...below(id, depth + 1),
      ])
  return { done: below(null, 0) }
}
