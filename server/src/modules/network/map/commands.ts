import { localDate } from '@loa/protocol'
import type { Actor } from '../../../kernel/actor.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Context } from '../../../platform/context.ts'
import { inTransaction } from '../../../platform/database.ts'
import { record } from '../../audit/index.ts'
import { clustersIn } from '../../devices/index.ts'
import { descendantsOf } from '../../org/index.ts'
import words from '../i18n/map.vi.json' with { type: 'json' }
import { mayImportMap, unitsOfMap } from '../policy.ts'
import { saveOutlines, savePoints } from '../store.ts'
import { readGeometry } from './geometry.ts'

/** Named in the answer; there may be more. */
const UNKNOWN_MAX = 200

export type Imported = {
  readonly outlines: number
  readonly clusters: number
  /** What the file names and the person has not in their care: of another commune, or of nobody. */
  readonly unknown: readonly { readonly kind: 'unit' | 'cluster'; readonly id: string }[]
}

/** Keeps a map file: all that is in the person's care, or nothing where the file itself is wrong. */
export const importGeometry = async (ctx: Context, actor: Actor, file: unknown): Promise<Imported | Refusal> => {
  if (!mayImportMap(actor)) return refuse('access.notAllowed')
  const read = readGeometry(file)
  if ('why' in read) return refuse('geometry.malformed', { at: read.at, why: read.why, words: words[read.why] })
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (db) => {
    const units = await descendantsOf(db, unitsOfMap(actor), localDate(now))
    const ours = new Set(units)
    const clusters = new Set((await clustersIn(db, units)).map(({ id }) => id))
    const outlines = read.outlines.filter(({ unit }) => ours.has(unit))
    const points = read.points.filter(({ cluster }) => clusters.has(cluster))
    await saveOutlines(db, outlines, { now, by: actor.person })
    await savePoints(db, points, { now, by: actor.person })
    const detail = { outlines: outlines.length, clusters: points.length }
    await record(db, { at: now, person: actor.person, action: 'map.imported', subject: 'map', detail })
    const unknown = [
      ...read.outlines.flatMap(({ unit }) => (ours.has(unit) ? [] : [{ kind: 'unit' as const, id: unit }])),
      ...read.points.flatMap(({ cluster }) =>
        clusters.has(cluster) ? [] : [{ kind: 'cluster' as const, id: cluster }],
      ),
    ]
    return { ...detail, unknown: unknown.slice(0, UNKNOWN_MAX) }
  })
}
