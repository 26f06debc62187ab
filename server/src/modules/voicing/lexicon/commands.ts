import { localDate } from '@loa/protocol'
import type { Lexicon } from '@loa/speech'
import type { Actor } from '../../../kernel/actor.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context, Db } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { authorise } from '../../access/index.ts'
import { record } from '../../audit/index.ts'
import { unitPath } from '../../org/index.ts'
import { refuseClassified } from '../secrecy.ts'
import { type Correction, decisionRefusal, ENTRIES_MAX, isSpeakable, type LexiconEntry, lexiconFor } from './model.ts'
import { mayDecide, mayPropose } from './policy.ts'
import { countOf, decideEntry, entriesInForce, insertEntry, lockEntry, removeInForce } from './store.ts'

/** What a text of this unit is read by today: its own corrections, then the unit's lexicon and those above it. */
export const lexiconOf = async (
  ctx: Context,
  unit: string,
  corrections: readonly Correction[] = [],
): Promise<Lexicon> => {
  const path = (await unitPath(ctx.db, unit, localDate(ctx.clock.now()))) ?? [unit]
  return lexiconFor(path, await entriesInForce(ctx.db, path), corrections)
}

const pathToday = (ctx: Context, db: Db, unit: string) => unitPath(db, unit, localDate(ctx.clock.now()))

export type Proposal = Correction & { readonly unit: string; readonly caseSensitive: boolean }

/** Proposes a reading for a unit. It is read by once somebody else has agreed. Refused `lexicon.*`, `notice.classified`. */
export const propose = (ctx: Context, actor: Actor, proposal: Proposal): Promise<LexiconEntry | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const { unit, written, spoken } = proposal
    const { person } = actor
    const refused = authorise(actor, mayPropose, await pathToday(ctx, db, unit))
    if (refused) return refused
    const classified = await refuseClassified({ ...ctx, db }, { unit, person, texts: [written, spoken] })
    if (classified) return classified
    if (!isSpeakable(spoken)) return refuse('lexicon.unspeakable')
    if ((await countOf(db, unit)) >= ENTRIES_MAX) return refuse('lexicon.full', { entriesMax: ENTRIES_MAX })
    const proposedAt = ctx.clock.now()
    const decision = { decidedBy: null, decidedAt: null, reason: null } as const
    const entry: LexiconEntry = {
      id: ctx.ids.next(),
      ...proposal,
      state: 'proposed',
      proposedBy: person,
      proposedAt,
      ...decision,
    }
    if (!(await insertEntry(db, entry))) return refuse('lexicon.waits')
    await record(db, {
      at: proposedAt,
      person,
      action: 'lexicon.proposed',
      subject: entry.id,
      unit,
      detail: { written, spoken },
    })
    return entry
  })

/** Agrees to a proposal or refuses it. Never by who made it. Refused `lexicon.*`, `notice.classified`. */
export const decide = (
  ctx: Context,
  actor: Actor,
  { id, accept, reason }: { readonly id: string; readonly accept: boolean; readonly reason: string | null },
): Promise<LexiconEntry | Refusal> =>
  inTransaction(ctx.db, async (db) => {
    const { person } = actor
    const entry = await lockEntry(db, id)
    if (entry === undefined) return refuse('input.notFound')
    const refused = authorise(actor, mayDecide, await pathToday(ctx, db, entry.unit)) ?? decisionRefusal(entry, person)
    if (refused) return refused
    const classified = await refuseClassified({ ...ctx, db }, { unit: entry.unit, person, texts: [reason] })
    if (classified) return classified
    const at = ctx.clock.now()
    if (accept) await removeInForce(db, entry, { person, at })
    const state = accept ? 'inForce' : 'refused'
    await decideEntry(db, id, { state, by: person, at, reason })
    await record(db, { at, person, action: `lexicon.${state}`, subject: id, unit: entry.unit, detail: { reason } })
    return { ...entry, state, decidedBy: person, decidedAt: at, reason }
  })

/** Takes an entry out, or a proposal back: its own maker may take back what still waits. */
export const remove = (ctx: Context, actor: Actor, id: string): Promise<Refusal | undefined> =>
  inTransaction(ctx.db, async (db) => {
    const { person } = actor
    const entry = await lockEntry(db, id)
    if (entry === undefined) return refuse('input.notFound')
    const isOwnProposal = entry.state === 'proposed' && entry.proposedBy === person
    const roles = isOwnProposal ? mayPropose : mayDecide
    const refused = authorise(actor, roles, await pathToday(ctx, db, entry.unit))
    if (refused) return refused
    if (entry.state === 'removed' || entry.state === 'refused') return refuse('lexicon.decided')
    const at = ctx.clock.now()
    await decideEntry(db, id, { state: 'removed', by: person, at, reason: null })
    await record(db, { at, person, action: 'lexicon.removed', subject: id, unit: entry.unit })
    return undefined
  })
