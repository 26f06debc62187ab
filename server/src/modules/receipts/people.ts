import { z } from '@hono/zod-openapi'
import { localIso } from '../../kernel/instant.ts'
import type { Context } from '../../platform/context.ts'
import { unitsOn } from '../org/index.ts'
import type { Airing } from '../schedule/index.ts'
import { errandState } from './errands/model.ts'
import { countsSchema } from './errands/present.ts'
import { errandsOfAirings } from './errands/store.ts'
import { ASKED_MS, countWords, newestOf, type Said, wordSchema } from './hearing/model.ts'
import { askedVillages, saidAbout } from './hearing/store.ts'
import type { Scope } from './scope.ts'

const whole = z.number().int().min(0)

/** What people say of an airing and what was done about it; beside what devices report, and never added to it. */
export const peopleSchema = countsSchema.extend({ villagesAsked: whole }).openapi('HeardByPeople')
export const mobileSchema = z.object({ waiting: whole, done: whole, listeners: whole }).openapi('MobileLoudspeaker')

export type ByPeople = {
  readonly people: z.output<typeof peopleSchema>
  readonly mobile: z.output<typeof mobileSchema>
}

/** For each airing, as far as the reader may look: how many people say what, and the rounds of the mobile loudspeaker. */
export const heardByPeople = async (
  { db }: Context,
  airings: readonly string[],
  scope: Scope,
): Promise<(airing: string) => ByPeople> => {
  const isSeen = ({ village }: { village: string }) => scope.below.has(village)
  const said: Map<string, Said[]> = Map.groupBy(newestOf(await saidAbout(db, airings)).filter(isSeen), byAiring)
  const errands = Map.groupBy((await errandsOfAirings(db, airings)).filter(isSeen), byAiring)
  const asked = Map.groupBy(await askedVillages(db, airings, { within: [...scope.below], askedMs: ASKED_MS }), byAiring)
  return (airing) => {
    const own = errands.get(airing) ?? []
    const done = own.filter((errand) => errandState(errand) === 'done')
    return {
      people: { ...countWords(said.get(airing) ?? []), villagesAsked: asked.get(airing)?.length ?? 0 },
      mobile: {
        waiting: own.filter((errand) => ['open', 'taken'].includes(errandState(errand))).length,
        done: done.length,
        listeners: done.reduce((sum, { listeners }) => sum + (listeners ?? 0), 0),
      },
    }
  }
}

const byAiring = ({ airing }: { readonly airing: string }): string => airing

export const saidSchema = z.object({
  village: z.string(),
  villageName: z.string(),
  name: z.string(),
  word: wordSchema,
  saidAt: z.string(),
  earlier: z.array(z.object({ word: wordSchema, saidAt: z.string() })),
})

/** What each person said of an airing, the newest word of each with those before it, by village. */
export const presentSaid = async (
  { db }: Context,
  { id, localDate }: Airing,
  scope: Scope,
): Promise<z.input<typeof saidSchema>[]> => {
  const said = (await saidAbout(db, [id])).filter(({ village }) => scope.below.has(village))
  const units = await unitsOn(db, localDate, [...new Set(said.map(({ village }) => village))])
  const order = new Map(units.map(({ id: unit, name }, place) => [unit, { name, place }]))
  const presses = [...Map.groupBy(said, ({ link }) => link).values()]
  const rows = presses.flatMap((all) => {
    const last = all.at(-1)
    if (last === undefined) return []
    const earlier = all.slice(0, -1).map(({ word, at }) => ({ word, saidAt: localIso(at) }))
    const { village, name, word, at } = last
    return [{ village, villageName: order.get(village)?.name ?? village, name, word, saidAt: localIso(at), earlier }]
  })
  return rows.sort((a, b) => (order.get(a.village)?.place ?? 0) - (order.get(b.village)?.place ?? 0))
}
