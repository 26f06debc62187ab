import type { Context, Db } from '../../platform/context.ts'
import { type Composition, lengthsOf, soundsOf, type Voicing } from '../voicing/index.ts'
import type { LoadedNotice, LoadedRevision, LoadedVersion } from './load.ts'

/** A reading as the airing it is to become. */
export const airingOf = (
  unit: string,
  { class: of, plan, repeats }: Pick<LoadedRevision, 'class' | 'plan' | 'repeats'>,
  reading: Voicing,
): Composition => ({ unit, class: of, standing: plan.when === 'standing', repeats, reading })

type Counted = { readonly unit: string; readonly revision: LoadedRevision }
/** Length of one airing in a version, milliseconds: as it is composed, or as it will be; 0 without a sound. */
export type Lengths = (version: LoadedVersion) => number

/** How long the airings of these revisions are, or will be. */
export const airingLengths = async (ctx: Context, db: Db, all: readonly Counted[]): Promise<Lengths> => {
  const versions = all.flatMap(({ revision }) => revision.versions)
  const composed = await soundsOf(db, [...new Set(versions.flatMap(({ sound }) => sound ?? []))])
  const coming = all.flatMap(({ unit, revision }) =>
    revision.versions.flatMap((version) =>
      version.read && !composed.has(version.sound ?? '')
        ? [{ version, airing: airingOf(unit, revision, version.read) }]
        : [],
    ),
  )
  const lengths = await lengthsOf(
    ctx,
    db,
    coming.map(({ airing }) => airing),
  )
  const expected = new Map(coming.map(({ version }, index) => [version, lengths[index] ?? 0]))
  return (version) => composed.get(version.sound ?? '')?.durationMs ?? expected.get(version) ?? 0
}

/** The same for the newest revision of one notice. */
export const lengthsOfNotice = (ctx: Context, db: Db, { unit, current }: LoadedNotice): Promise<Lengths> =>
  airingLengths(ctx, db, [{ unit, revision: current }])

export const sumOf = (versions: readonly LoadedVersion[], lengths: Lengths): number =>
  versions.reduce((sum, version) => sum + lengths(version), 0)
