import { z } from '@hono/zod-openapi'
import { localDate } from '@loa/protocol'
import { type Actor, unitsOf } from '../../../kernel/actor.ts'
import { localIso } from '../../../kernel/instant.ts'
import type { Context } from '../../../platform/context.ts'
import { descendantsOf, unitsOn } from '../../org/index.ts'
import { namesOf } from '../../people/index.ts'
import { type Airing, airingsById } from '../../schedule/index.ts'
import { type Counts, countWords, newestOf } from '../hearing/model.ts'
import { saidAbout } from '../hearing/store.ts'
import { whoGoes } from '../policy.ts'
import { type ErrandState, errandState, listenersMax, reasons, whyVisit } from './model.ts'
import { standingsByVillage } from './review.ts'
import type { ErrandRow } from './store.ts'

const personSchema = z.object({ person: z.string(), name: z.string() })
const whole = z.number().int().min(0)
export const countsSchema = z.object({ clear: whole, unclear: whole, none: whole })

export const errandSchema = z
  .object({
    id: z.string(),
    what: z.literal('mobileLoudspeaker'),
    state: z.enum(['open', 'taken', 'done', 'dismissed']),
    airing: z.string(),
    title: z.string(),
    class: z.enum(['normal', 'priority', 'emergency', 'drill']),
    at: z.string(),
    village: z.string(),
    villageName: z.string(),
    communeName: z.string(),
    why: z.enum(reasons),
    said: countsSchema,
    soundedSince: z.boolean().openapi({ description: 'Sau khi mở việc, cụm loa ở thôn đã báo có phát' }),
    openedAt: z.string(),
    assignedTo: personSchema.nullable(),
    assignedAt: z.string().nullable(),
    doneAt: z.string().nullable(),
    doneBy: personSchema.nullable(),
    startedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    listeners: whole.nullable(),
    listenersMax: whole,
    note: z.string(),
    dismissedAt: z.string().nullable(),
    dismissedBy: personSchema.nullable(),
    reason: z.string().nullable(),
    may: z.object({ take: z.boolean(), done: z.boolean(), dismiss: z.boolean() }),
  })
  .openapi('Errand')
export type PresentedErrand = z.input<typeof errandSchema>

const iso = (at: number | null): string | null => (at === null ? null : localIso(at))

type Place = { readonly name: string; readonly communeName: string; readonly population: number | null }
type Known = {
  readonly airings: ReadonlyMap<string, Airing>
  readonly places: ReadonlyMap<string, Place>
  readonly names: ReadonlyMap<string, string>
  readonly said: (errand: ErrandRow) => Counts
  readonly soundedSince: (errand: ErrandRow) => boolean
  readonly goes: (village: string) => boolean
}

const mayOf = (state: ErrandState, errand: ErrandRow, { goes }: Known): PresentedErrand['may'] => {
  const waits = goes(errand.village) && (state === 'open' || state === 'taken')
  return { take: waits && errand.assignedTo === null, done: waits, dismiss: waits }
}

const presentOne = (errand: ErrandRow, known: Known): PresentedErrand[] => {
  const airing = known.airings.get(errand.airing)
  if (airing === undefined) return []
  const who = (person: string | null) => (person === null ? null : { person, name: known.names.get(person) ?? person })
  const place = known.places.get(errand.village)
  const state = errandState(errand)
  return [
    {
      ...{ id: errand.id, what: errand.what, state, why: errand.why, airing: errand.airing, village: errand.village },
      ...{ title: airing.title, class: airing.class, at: localIso(airing.at) },
      villageName: place?.name ?? errand.village,
      communeName: place?.communeName ?? '',
      said: known.said(errand),
      soundedSince: known.soundedSince(errand),
      openedAt: localIso(errand.openedAt),
      assignedTo: who(errand.assignedTo),
      assignedAt: iso(errand.assignedAt),
      doneAt: iso(errand.doneAt),
      doneBy: who(errand.doneBy),
      startedAt: iso(errand.startedAt),
      endedAt: iso(errand.endedAt),
      listeners: errand.listeners,
      listenersMax: listenersMax(place?.population ?? null),
      note: errand.note,
      dismissedAt: iso(errand.dismissedAt),
      dismissedBy: who(errand.dismissedBy),
      reason: errand.reason,
      may: mayOf(state, errand, known),
    },
  ]
}

/** Names of the villages and of their communes, today's where they still are. */
const placesOf = async ({ db, clock }: Context, villages: readonly string[]): Promise<Map<string, Place>> => {
  const units = new Map((await unitsOn(db, localDate(clock.now()))).map((unit) => [unit.id, unit]))
  return new Map(
    villages.flatMap((id) => {
      const unit = units.get(id)
      if (unit === undefined) return []
      const { name, population, parent } = unit
      return [[id, { name, population, communeName: units.get(parent ?? '')?.name ?? '' }] as const]
    }),
  )
}

/** Errands as they leave the server, with what the reader may do about each. */
export const presentErrands = async (
  ctx: Context,
  actor: Actor,
  errands: readonly ErrandRow[],
): Promise<PresentedErrand[]> => {
  if (errands.length === 0) return []
  const ids = [...new Set(errands.map(({ airing }) => airing))]
  const within = new Set(await descendantsOf(ctx.db, unitsOf(actor, whoGoes), localDate(ctx.clock.now())))
  const said = Map.groupBy(newestOf(await saidAbout(ctx.db, ids)), ({ airing, village }) => `${airing} ${village}`)
  const standings = await standingsByVillage(ctx.db, ids)
  const people = errands.flatMap(({ assignedTo, doneBy, dismissedBy }) => [assignedTo, doneBy, dismissedBy])
  const known: Known = {
    airings: new Map((await airingsById(ctx.db, ids)).map((airing) => [airing.id, airing])),
    places: await placesOf(
      ctx,
      errands.map(({ village }) => village),
    ),
    names: await namesOf(
      ctx.db,
      people.flatMap((person) => person ?? []),
    ),
    said: ({ airing, village }) => countWords(said.get(`${airing} ${village}`) ?? []),
    soundedSince: ({ airing, village, why }) => why !== 'people' && whyVisit(standings(airing, village)) === undefined,
    goes: (village) => within.has(village),
  }
  return errands.flatMap((errand) => presentOne(errand, known))
}
