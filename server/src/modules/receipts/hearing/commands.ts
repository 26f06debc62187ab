import { localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { sha256Hex } from '../../../platform/crypto.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { stationOfVillage, unitOn, unitPath } from '../../org/index.ts'
import { type Airing, airingsBetween } from '../../schedule/index.ts'
import { endForWord, openForWord } from '../errands/commands.ts'
import { whoAsks } from '../policy.ts'
import {
  AIRINGS_ASKED_MAX,
  ASKED_MS,
  decidePress,
  isAskedAbout,
  isUsableEnd,
  LINKS_PER_VILLAGE_MAX,
  linkState,
  newestOf,
  TOKEN_BYTES,
  TOKEN_SHAPE,
  TRIES_KEPT_MS,
  TRIES_WINDOW_MS,
  triedTooOften,
  type Word,
} from './model.ts'
import {
  countLiving,
  countTries,
  insertLink,
  insertTry,
  insertWord,
  type LinkRow,
  linkOfToken,
  lockLink,
  lockVillage,
  revokeLink,
  saidAbout,
  saidBy,
  sweepTries,
} from './store.ts'

/** Airings of a day and a bit are far fewer; a list that is longer is cut at its old end. */
const AIRINGS_READ_MAX = 300

const hashOf = (token: string): Uint8Array => Buffer.from(sha256Hex(token), 'hex')

export type NewLink = {
  readonly village: string
  readonly name: string
  readonly phone: string | null
  readonly expiresOn: string
}

/** Makes the link by which a person says how a village hears. The token is in the answer and nowhere else. */
export const makeLink = async (
  ctx: Context,
  actor: Actor,
  wanted: NewLink,
): Promise<{ id: string; token: string } | Refusal> => {
  const now = ctx.clock.now()
  const today = localDate(now)
  const refused = authorise(actor, whoAsks, await unitPath(ctx.db, wanted.village, today))
  if (refused !== undefined) return refused
  if ((await unitOn(ctx.db, wanted.village, today))?.kind !== 'village') return refuse('hearing.notAVillage')
  if (!isUsableEnd(wanted.expiresOn, now)) return refuse('hearing.endDate')
  return inTransaction(ctx.db, async (db) => {
    await lockVillage(db, wanted.village)
    if ((await countLiving(db, wanted.village, today)) >= LINKS_PER_VILLAGE_MAX) {
      return refuse('hearing.tooManyLinks', { most: LINKS_PER_VILLAGE_MAX })
    }
    const id = ctx.ids.next()
    const token = Buffer.from(ctx.ids.secret(TOKEN_BYTES)).toString('base64url')
    await insertLink(db, {
      ...wanted,
      id,
      tokenHash: hashOf(token),
      madeAt: now,
      madeBy: actor.person,
      revokedAt: null,
    })
    await record(db, {
      ...{ at: now, person: actor.person, action: 'hearingLink.made', subject: id, unit: wanted.village },
      detail: { village: wanted.village, expiresOn: wanted.expiresOn },
    })
    return { id, token }
  })
}

/** Ends a link at once. Ending it twice is the same as ending it once; another commune's does not exist. */
export const endLink = (ctx: Context, actor: Actor, id: string): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const link = await lockLink(db, id)
    if (link === undefined) return refuse('input.notFound')
    const path =
      (await unitPath(db, link.village, localDate(now))) ?? (await unitPath(db, link.village, localDate(link.madeAt)))
    const refused = authorise(actor, whoAsks, path)
    if (refused !== undefined || link.revokedAt !== null) return refused
    await revokeLink(db, id, { at: now, person: actor.person })
    await record(db, {
      ...{ at: now, person: actor.person, action: 'hearingLink.ended', subject: id, unit: link.village },
      detail: { village: link.village },
    })
    return undefined
  })

/** Airings a village is asked about now, the newest first: those meant for it, for its station or for a unit above it. */
export const askedOf = async (ctx: Context, db: Db, village: string): Promise<Airing[]> => {
  const now = ctx.clock.now()
  const path = await unitPath(db, village, localDate(now))
  if (path === undefined) return []
  const station = await stationOfVillage(db, village, localDate(now))
  const units = new Set(station === undefined ? path : [...path, station])
  const airings = await airingsBetween(db, {
    from: localDate(now - ASKED_MS),
    to: localDate(now),
    units: [...units],
    limit: AIRINGS_READ_MAX,
  })
  return airings
    .filter((airing) => isAskedAbout(airing, now) && airing.audience.some((unit) => units.has(unit)))
    .slice(0, AIRINGS_ASKED_MAX)
}

/**
 * The link of a token that still opens. Otherwise one and the same answer, whether the token never was, was ended, has expired or
 * is of a village that is no more; the opening is counted against its address. A good token opens whoever else tried from there:
 * a whole commune may share one address, and what cannot be guessed in 2^128 tries needs no lock that a stranger can close.
 */
export const openLink = async (ctx: Context, token: string, address: string): Promise<LinkRow | Refusal> => {
  const now = ctx.clock.now()
  const tries = await countTries(ctx.db, address, now - TRIES_WINDOW_MS)
  // the same queries for whatever was sent, so that the time they take tells nothing
  const link = await linkOfToken(ctx.db, hashOf(TOKEN_SHAPE.test(token) ? token : ''))
  const village = await unitOn(ctx.db, link?.village ?? '', localDate(now))
  if (link !== undefined && village !== undefined && linkState(link, now) === 'live') return link
  if (triedTooOften(tries)) return refuse('hearing.tooManyTries')
  await insertTry(ctx.db, ctx.ids.next(), address, now)
  return refuse('hearing.linkUnknown')
}

/** After a press: somebody is sent where nothing was heard, and not sent where nobody says so any more. */
const followWord = async (ctx: Context, db: Db, airing: string, village: string): Promise<void> => {
  const newest = newestOf(await saidAbout(db, [airing])).filter((each) => each.village === village)
  const isUnheard = newest.some(({ word }) => word === 'none')
  await (isUnheard ? openForWord(ctx, db, airing, village) : endForWord(ctx, db, airing, village))
}

/** Keeps what the holder of a link says of an airing that the village is asked about. */
export const sayWord = (
  ctx: Context,
  link: LinkRow,
  { airing, word }: { airing: string; word: Word },
): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    const now = ctx.clock.now()
    const held = await lockLink(db, link.id)
    if (held === undefined || linkState(held, now) !== 'live') return refuse('hearing.linkUnknown')
    const asked = await askedOf(ctx, db, link.village)
    if (!asked.some(({ id }) => id === airing)) return refuse('hearing.notAsked')
    const decided = decidePress(await saidBy(db, link.id, [airing]), word)
    if (decided === 'saidBefore') return undefined
    if (isRefusal(decided)) return decided
    const said = { airing, village: link.village, link: link.id, word, at: now }
    await insertWord(db, { ...said, id: ctx.ids.next() })
    await followWord(ctx, db, airing, link.village)
    await record(db, {
      ...{ at: now, person: null, action: 'hearing.said', subject: airing, unit: link.village },
      detail: { village: link.village, link: link.id, word },
    })
    return undefined
  })

/** Tries on the first second of each minute are enough to sweep. */
const isSweepTime = (now: number): boolean => Math.floor(now / 1000) % 60 === 0

export const sweepHearing = async (ctx: Context): Promise<void> => {
  const now = ctx.clock.now()
  if (isSweepTime(now)) await sweepTries(ctx.db, now - TRIES_KEPT_MS)
}
