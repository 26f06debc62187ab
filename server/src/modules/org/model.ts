import type { LocalDate } from '@loa/protocol'

/** Party committee, Fatherland Front, mass organisations and their bases, schools, offices and service centres. */
export const organisationKinds = ['partyCommittee', 'front', 'union', 'unionBase', 'school', 'agency'] as const
/** An organisation beside the administration: it hangs in the tree and holds people, and is never in an audience. */
export type OrganisationKind = (typeof organisationKinds)[number]

/** Districts ended on 1 July 2025: they are history, and no unit of today is one. */
export const administrativeKinds = ['province', 'district', 'commune', 'village', 'station'] as const
export type UnitKind = (typeof administrativeKinds)[number] | OrganisationKind
export const unitKinds = [...administrativeKinds, ...organisationKinds] as const

export const isOrganisation = (kind: UnitKind): kind is OrganisationKind =>
  (organisationKinds as readonly string[]).includes(kind)

/**
 * Where a unit that people enter by hand may hang: under the administration, or under its own higher body. Provinces and
 * communes are made by law, as mergers; stations come with their devices.
 */
const mayHangUnder = {
  village: ['commune'],
  partyCommittee: ['province', 'commune', 'partyCommittee'],
  front: ['province', 'commune', 'front'],
  union: ['province', 'commune', 'front', 'union'],
  unionBase: ['union', 'front', 'partyCommittee'],
  school: ['province', 'commune'],
  agency: ['province', 'commune', 'agency'],
} as const satisfies Partial<Record<UnitKind, readonly UnitKind[]>>

/** What people enter by hand. */
export type EnteredKind = keyof typeof mayHangUnder
export const enteredKinds = ['village', ...organisationKinds] as const satisfies readonly EnteredKind[]

export const fitsUnder = (kind: EnteredKind, parent: UnitKind): boolean =>
  (mayHangUnder[kind] as readonly UnitKind[]).includes(parent)
export type Technology = 'wireless' | 'wired' | 'ip' | 'mixed'

/** A unit as it is on some day. */
export type UnitRow = {
  readonly id: string
  readonly kind: UnitKind
  readonly name: string
  /** Without the word for what it is: "Bình Chương" of "Xã Bình Chương". */
  readonly shortName: string
  readonly parent: string | null
  /** People; `null` where nobody has told us. */
  readonly population: number | null
  /** Made up for the demonstration; every screen that shows it says so. */
  readonly invented: boolean
}

export type StationRow = { readonly id: string; readonly technology: Technology; readonly invented: boolean }
export type VillageOfStation = { readonly station: string; readonly village: string }

/** A unit and the time of its first version, `[from, to)`. */
export type NewUnit = UnitRow & {
  readonly gsoCode: string | null
  readonly from: LocalDate
  readonly to: LocalDate | null
  /** Where these facts come from, in words. */
  readonly source: string
}
export type NewStation = StationRow & { readonly from: LocalDate; readonly to: LocalDate | null }

/**
 * Who hears it although not chosen. A wired or wireless station cannot speak to one village alone: where some but not all of
 * a station's villages are chosen, the others hear it too. A station of IP clusters reaches just what is chosen.
 */
export const heardThough = (
  stations: readonly { readonly id: string; readonly technology: Technology; readonly villages: readonly string[] }[],
  chosen: ReadonlySet<string>,
): readonly { readonly station: string; readonly villages: readonly string[] }[] =>
  stations
    .filter(({ technology }) => technology !== 'ip')
    .map(({ id, villages }) => ({
      station: id,
      villages: villages.some((village) => chosen.has(village))
        ? villages.filter((village) => !chosen.has(village))
        : [],
    }))
    .filter(({ villages }) => villages.length > 0)
